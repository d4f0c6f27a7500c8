package io.umbel.gateway.catalog;

import io.umbel.contract.Caller;
import io.umbel.contract.Outcome;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.NavigableMap;

/**
 * {@code tools/list}, page by page in the order of names. A cursor says after which name the next
 * page begins, so a list may change between two pages without anything told twice; it is sealed
 * with whose list it is and how long its pages are, and good for nothing else.
 */
public final class ToolPages {

  private final Catalog catalog;
  private final Sealer sealer;
  private final int pageSize;

  public ToolPages(Catalog catalog, Sealer sealer, int pageSize) {
    this.catalog = catalog;
    this.sealer = sealer;
    this.pageSize = pageSize;
  }

  /**
   * One page.
   *
   * @param cursor where to go on, or null for the first page
   * @throws McpException if the cursor is not one of this caller's
   */
  public Outcome.Result page(Caller caller, String cursor) {
    var visible = catalog.visibleTo(caller);
    var rest = cursor == null ? visible : visible.tailMap(after(cursor, caller), false);
    return new Outcome.Result(render(rest, caller), null, null);
  }

  private Buffer render(NavigableMap<String, Offer> rest, Caller caller) {
    var json = Buffer.buffer(4096).appendString("{\"tools\":[");
    var count = 0;
    String last = null;
    for (var offer : rest.values()) {
      if (count == pageSize) {
        return finish(json, cursorAfter(last, caller));
      }
      if (count++ > 0) {
        json.appendByte((byte) ',');
      }
      json.appendBuffer(offer.json());
      last = offer.name();
    }
    return finish(json, null);
  }

  private static Buffer finish(Buffer json, String next) {
    json.appendString("]");
    if (next != null) {
      json.appendString(",\"nextCursor\":\"").appendString(next).appendString("\"");
    }
    return json.appendString("}");
  }

  private String cursorAfter(String name, Caller caller) {
    return sealer.seal(whose(caller).put("after", name));
  }

  private String after(String cursor, Caller caller) {
    return sealer
        .open(cursor)
        .filter(facts -> facts.copy().put("after", "").equals(whose(caller).put("after", "")))
        .map(facts -> facts.getString("after"))
        .orElseThrow(() -> McpException.invalidParams("cursor is not one of this list's"));
  }

  private JsonObject whose(Caller caller) {
    return new JsonObject()
        .put("account", caller.account())
        .put("subject", caller.subject())
        .put("size", pageSize);
  }
}
