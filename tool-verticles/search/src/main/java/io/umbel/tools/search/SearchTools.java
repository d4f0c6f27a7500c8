package io.umbel.tools.search;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Bus;
import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Node;
import io.umbel.contract.Provided;
import io.umbel.contract.Provision;
import io.umbel.contract.SignedMessage;
import io.umbel.contract.TailoredToolVerticle;
import io.umbel.contract.ToolFailure;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.RowSecurity;
import io.umbel.tools.search.find.Questions;
import io.umbel.tools.search.find.Search;
import io.umbel.tools.search.index.Index;
import io.umbel.tools.search.vectors.EmbeddingServer;
import io.umbel.tools.search.vectors.Filling;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Finds issues and comments. It keeps an index of its own of what the family of issues tells of an
 * account; who has no issues to read has nothing to search in either.
 */
public final class SearchTools extends TailoredToolVerticle {

  /** Configuration: how large an answer may be, in bytes. */
  public static final String MAX_RESULT_BYTES = "max_result_bytes";

  /** Configuration: {@code {url, model, key}} of an embedding model; none where absent. */
  public static final String EMBEDDINGS = "search_embeddings";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String SEARCH = "search";
  private static final String ISSUES = "issues";
  private static final String GET_ISSUE = "get_issue";
  private static final String TRACKERS_CHANGED = "trackers-changed";
  private static final int USUAL_BYTES = 524_288;
  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(5);

  private Provision provision;
  private Index index;
  private IndexDesk desk;
  private EmbeddingServer model;

  @Override
  protected List<String> asks() {
    return List.of(ISSUES);
  }

  @Override
  protected List<String> follows() {
    return List.of(ISSUES);
  }

  @Override
  public List<String> possibleTools() {
    return List.of(SEARCH);
  }

  @Override
  public boolean needsDatabase() {
    return true;
  }

  @Override
  protected Future<?> prepare() {
    return super.prepare()
        .compose(ready -> DatabaseUrl.find(vertx).isEmpty()
            ? Future.succeededFuture()
            : Database.open(vertx, SEARCH)
                .compose(
                    database -> RowSecurity.of(database).compose(rows -> open(database, rows))));
  }

  @Override
  protected Future<?> finish() {
    var closed = index == null ? Future.succeededFuture() : index.close();
    return closed.compose(done -> model == null ? Future.succeededFuture() : model.close());
  }

  @Override
  protected Future<Provision> provide(Caller caller) {
    if (index == null) {
      return Future.succeededFuture(Provision.nothing());
    }
    return askProvided(caller, ISSUES)
        .compose(theirs -> hasIssues(theirs)
            ? index.meet(caller.account()).map(provision)
            : Future.succeededFuture(Provision.nothing()))
        .recover(SearchTools::unlessNobodyIsThere);
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    return desk == null ? IndexDesk.noDatabase() : desk.manage(caller, request);
  }

  private static boolean hasIssues(Provided theirs) {
    return theirs.offers().tools().stream().map(OfferedTool::name).anyMatch(GET_ISSUE::equals);
  }

  /** Without the family of issues there is nothing to find; when it comes, this is asked again. */
  private static Future<Provision> unlessNobodyIsThere(Throwable failure) {
    return failure instanceof ToolFailure known && known.code() == ErrorCode.UPSTREAM_ERROR
        ? Future.succeededFuture(Provision.nothing().keptFor(UNTIL_ASKED_AGAIN))
        : Future.failedFuture(failure);
  }

  private Future<?> open(Database database, RowSecurity rows) {
    model = model(config().getJsonObject(EMBEDDINGS));
    var clock = Node.of(vertx).clock();
    var filling = model == null ? null : new Filling(database.pool(), rows, model, clock);
    var questions = model == null ? null : new Questions(model, clock);
    index = new Index(vertx, database, rows, this::ask, filling);
    desk = new IndexDesk(rows, index);
    provision = Provision.of(List.of(
        new Search(rows, questions, config().getInteger(MAX_RESULT_BYTES, USUAL_BYTES)).tool()));
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    if (enabled != null && !enabled.contains(SEARCH)) {
      provision = Provision.nothing();
    }
    return listen().onSuccess(listening -> index.open());
  }

  private EmbeddingServer model(JsonObject access) {
    return access == null
        ? null
        : new EmbeddingServer(
            vertx,
            new EmbeddingServer.Access(
                URI.create(access.getString("url")),
                access.getString("model"),
                access.getString("key")));
  }

  /** The account's own affair, on whose behalf nobody in particular asks. */
  private Future<JsonObject> ask(String account, String operation, String after) {
    var caller = new Caller(account, SEARCH, null, null, Set.of());
    var query = after == null ? new JsonObject() : JsonObject.of("after", after);
    return askKept(caller, PATIENCE, ISSUES, JsonObject.of("operation", operation, "query", query))
        .map(answer -> {
          if (answer.getInteger("status", 500) != 200) {
            throw new ToolFailure(
                ErrorCode.UPSTREAM_ERROR, ISSUES + " tells nothing: " + answer.encode(), null);
          }
          return answer.getJsonObject("body");
        });
  }

  private Future<?> listen() {
    var signed = new SignedMessage(Node.of(vertx));
    MessageConsumer<Buffer> events = vertx.eventBus().consumer(Bus.ISSUES);
    events.handler(message -> {
      if (signed.isGenuine(message)) {
        hear(message);
      }
    });
    return events.completion();
  }

  private void hear(Message<Buffer> message) {
    try {
      var account = message.body().toJsonObject().getString("account");
      if (TRACKERS_CHANGED.equals(message.headers().get(Bus.Header.OP))) {
        index.wake(account);
      } else {
        index.changed(account);
      }
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      // Not an event that means anything here.
    }
  }
}
