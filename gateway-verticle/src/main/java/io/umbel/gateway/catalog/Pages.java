package io.umbel.gateway.catalog;

import io.umbel.contract.Caller;
import io.umbel.contract.Outcome;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.NavigableMap;

/**
 * Lists of any kind, page by page in the order of names. A cursor says after which name the next
 * page begins, so a list may change between two pages without anything told twice; it is sealed
 * with whose list it is and how long its pages are, and good for nothing else.
 */
public final class Pages {

  private final Sealer sealer;
  private final int pageSize;

  public Pages(Sealer sealer, int pageSize) {
    this.sealer = sealer;
    this.pageSize = pageSize;
  }

  /**
   * One page.
   *
   * @param window the caller's
   * @param kind what is listed
   * @param cursor where to go on, or null for the first page
   * @throws McpException if the cursor is not one of this caller's
   */
  public Outcome.Result page(Window window, Kind kind, Caller caller, String cursor) {
    var shelf = window.shelf(kind);
    if (cursor == null && shelf.inOrder().size() <= pageSize) {
      return new Outcome.Result(whole(kind, shelf), null, null);
    }
    var whose = whose(kind, caller);
    var all = shelf.inOrder();
    var rest = cursor == null ? all : all.tailMap(after(cursor, whose), false);
    return new Outcome.Result(render(kind, rest, whose), null, null);
  }

  /** The one page there is, made once: nothing in it is of one caller more than of another. */
  private Buffer whole(Kind kind, Shelf shelf) {
    if (shelf.wholePage() == null) {
      shelf.wholePage(render(kind, shelf.inOrder(), null));
    }
    return shelf.wholePage();
  }

  private Buffer render(Kind kind, NavigableMap<String, Offer> rest, JsonObject whose) {
    var json = Buffer.buffer(4096)
        .appendString("{\"")
        .appendString(kind.listMember())
        .appendString("\":[");
    var count = 0;
    String last = null;
    for (var offer : rest.values()) {
      if (count == pageSize) {
        return finish(json, cursorAfter(last, whose));
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

  private String cursorAfter(String name, JsonObject whose) {
    return sealer.seal(whose.copy().put("after", name));
  }

  private String after(String cursor, JsonObject whose) {
    return sealer
        .open(cursor)
        .filter(facts -> facts.copy().put("after", "").equals(whose.copy().put("after", "")))
        .map(facts -> facts.getString("after"))
        .orElseThrow(() -> McpException.invalidParams("cursor is not one of this list's"));
  }

  private JsonObject whose(Kind kind, Caller caller) {
    return new JsonObject()
        .put("kind", kind.name())
        .put("owner", caller.owner())
        .put("size", pageSize);
  }
}
