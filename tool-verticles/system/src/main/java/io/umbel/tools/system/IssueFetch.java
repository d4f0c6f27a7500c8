package io.umbel.tools.system;

import io.umbel.contract.Call;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Opens what the tool {@code search} finds: issues, and with a comment the issue that it is of. The
 * family of issues is asked for it, on behalf of the caller, where the caller may see
 * {@code get_issue} at all.
 */
final class IssueFetch {

  static final String ISSUES = "issues";

  private static final String GET_ISSUE = "get_issue";
  private static final String UUID = "[0-9a-fA-F-]{36}";
  private static final Pattern ID =
      Pattern.compile("(issue|comment):(" + UUID + ")(?:/" + UUID + ")?");

  private final CatalogQuestion catalog;
  private final Source source;

  /** Asks a tool of that provider on behalf of a call's own caller. */
  @FunctionalInterface
  interface Source {
    Future<JsonObject> ask(Call origin, String provider, String tool, JsonObject arguments);
  }

  IssueFetch(CatalogQuestion catalog, Source source) {
    this.catalog = catalog;
    this.source = source;
  }

  /** Nothing where that is no such id, or where there is nothing that the caller may see. */
  Future<Optional<JsonObject>> fetch(ToolCall call, String id) {
    var parts = ID.matcher(id);
    if (!parts.matches()) {
      return Future.succeededFuture(Optional.empty());
    }
    return catalog
        .ask(call.origin(), JsonObject.of("name", GET_ISSUE))
        .compose(found -> found.containsKey("tool")
            ? read(call, id, parts.group(1), parts.group(2))
            : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<JsonObject>> read(ToolCall call, String id, String kind, String issue) {
    var arguments = JsonObject.of("issue", issue, "include", JsonArray.of("comments"));
    return source
        .ask(call.origin(), ISSUES, GET_ISSUE, arguments)
        .map(found -> Optional.of(JsonObject.of("id", id, "kind", kind)
            .put("name", found.getString("key"))
            .put("description", found.getString("title"))
            .put("provider", ISSUES)
            .put("issue", found)))
        .recover(IssueFetch::refused);
  }

  private static Future<Optional<JsonObject>> refused(Throwable why) {
    if (!(why instanceof ToolFailure failure)) {
      return Future.failedFuture(why);
    }
    return switch (failure.code()) {
      case NOT_FOUND -> Future.succeededFuture(Optional.empty());
      case ACCESS_DENIED ->
        Future.failedFuture(new ToolFailure(
            ErrorCode.ACCESS_DENIED,
            "This token cannot fetch that issue: read it with get_issue, and say in which project"
                + " with project_id",
            null));
      default -> Future.failedFuture(why);
    };
  }
}
