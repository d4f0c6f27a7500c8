package io.umbel.gateway.rest;

import io.umbel.gateway.rest.Problem.Wrong;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists page by page. A cursor says after which id the next page begins, so a list may change
 * between two pages without anything told twice; it is sealed with the account, the list and the
 * filter, and good for nothing else.
 */
final class Cursors {

  private static final int USUAL = 50;

  private final Sealer sealer;

  Cursors(Sealer sealer) {
    this.sealer = sealer;
  }

  /** What of a list is asked for. */
  record Part(String list, String account, Map<String, String> filter, String after, int limit) {

    /** One more than is shown tells whether there is another page. */
    int most() {
      return limit + 1;
    }
  }

  /** The part that a request asks for. */
  Part part(String list, RestRequest request) {
    var filter = new TreeMap<>(request.query());
    var limit = filter.remove("limit");
    var cursor = filter.remove("cursor");
    var from = new Part(
        list, request.account(), filter, "", limit == null ? USUAL : Integer.parseInt(limit));
    return cursor == null ? from : goingOn(from, cursor);
  }

  /**
   * The page of those that were found, at most {@link Part#most()}; each has what it is listed by.
   */
  RestAnswer page(Part part, List<JsonObject> found, String listedBy) {
    var more = found.size() > part.limit();
    var items = new ArrayList<Object>(more ? found.subList(0, part.limit()) : found);
    var page = JsonObject.of("items", new JsonArray(items));
    if (more) {
      var last = ((JsonObject) items.get(items.size() - 1)).getString(listedBy);
      page.put("next_cursor", sealer.seal(facts(part).put("after", last)));
    }
    return RestAnswer.of(page);
  }

  private Part goingOn(Part from, String cursor) {
    var after = sealer
        .open(cursor)
        .filter(facts -> facts.copy().put("after", "").equals(facts(from).put("after", "")))
        .map(facts -> facts.getString("after"))
        .orElseThrow(() -> Problem.invalid(List.of(
            new Wrong("cursor", null, "is not of this list with this filter: begin without one"))));
    return new Part(from.list(), from.account(), from.filter(), after, from.limit());
  }

  private static JsonObject facts(Part part) {
    return JsonObject.of("list", part.list(), "account", part.account())
        .put("filter", new JsonObject(new TreeMap<String, Object>(part.filter())));
  }
}
