package io.umbel.gateway.rest;

import io.umbel.gateway.rest.Problem.Wrong;
import io.umbel.gateway.rest.Workshop.Made;
import io.umbel.gateway.store.Rows;
import io.umbel.gateway.store.Table;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The five operations on what an account has of one kind: list, make, show, change, remove. What is
 * particular to a kind is in {@link Kind}.
 */
final class Collection implements RestRoutes {

  private static final String ROOT = "/api/v1/";

  /** What nobody but the database needs to see. */
  private static final Set<String> HIDDEN = Set.of("account", "hash");

  private final Workshop workshop;
  private final Kind kind;
  private final Ids ids;
  private final String path;
  private final List<String> members;

  /** What is particular to one kind of thing. */
  interface Kind {

    Table table();

    /** The word for one in the contract's names, as in {@code ApiKey}. */
    String word();

    /** The word for all of them in paths, as in {@code api-keys}. */
    String pathWord();

    /** How many an account may have. */
    int most();

    /** The same with what was left to us. */
    JsonObject completed(JsonObject values);

    /**
     * Fails with {@link Problem} where that may not be.
     *
     * @param before the values there are, or null where it is new
     * @param after the values there will be
     */
    Future<Void> check(RestRequest request, Rows rows, JsonObject before, JsonObject after);

    /** Fails with {@link Problem} where something else needs it. */
    Future<Void> checkGoing(Rows rows, String id);

    /** What else the one who makes it is told, this once. */
    default JsonObject toldOnce(JsonObject values) {
      return new JsonObject();
    }
  }

  Collection(Workshop workshop, Kind kind) {
    this.workshop = workshop;
    this.kind = kind;
    this.ids = new Ids(workshop.clock());
    this.path = ROOT + kind.pathWord();
    this.members = workshop.contract().membersOf("New" + kind.word());
  }

  @Override
  public Map<String, RestHandler> operations() {
    return Map.of(
        "list" + kind.word() + "s", this::list,
        "create" + kind.word(), this::create,
        "get" + kind.word(), this::show,
        "patch" + kind.word(), this::patch,
        "delete" + kind.word(), this::delete);
  }

  private Future<RestAnswer> list(RestRequest request) {
    var rows = workshop.rows(request);
    var part = workshop.cursors().part(kind.pathWord(), request);
    return rows.page(kind.table(), part.filter(), part.after(), part.most())
        .map(found -> found.stream().map(Collection::shown).toList())
        .map(shown -> workshop.cursors().page(part, shown, "id"));
  }

  private Future<RestAnswer> show(RestRequest request) {
    return workshop
        .rows(request)
        .find(kind.table(), request.id())
        .map(found -> RestAnswer.one(shown(found.orElseThrow(() -> notFound(request)))));
  }

  private Future<RestAnswer> create(RestRequest request) {
    var values = kind.completed(request.body());
    var once = kind.toldOnce(values);
    return workshop
        .change(
            request,
            kind.table().word(),
            rows -> rows.count(kind.table())
                .compose(count -> count < kind.most()
                    ? kind.check(request, rows, null, values)
                    : Future.failedFuture(
                        Problem.conflict("This account has " + count + " " + kind.pathWord()
                            + ", which is as many as it may have: remove some first")))
                .compose(fine -> rows.insert(kind.table(), ids.next(kind.table().prefix()), values))
                .map(row -> new Made("create", null, shown(row))))
        .map(made -> RestAnswer.made(
            made.after().copy().mergeIn(once), path + "/" + made.after().getString("id")));
  }

  private Future<RestAnswer> patch(RestRequest request) {
    return workshop
        .change(
            request,
            kind.table().word(),
            rows -> current(rows, request).compose(row -> change(request, rows, row)))
        .map(made -> RestAnswer.one(made.after()));
  }

  private Future<Made> change(RestRequest request, Rows rows, JsonObject row) {
    var before = values(row);
    var merged = MergePatch.apply(before, request.body());
    var wrongs = RequestReader.wrongs(workshop.contract().bodyOf("create" + kind.word()), merged);
    if (!wrongs.isEmpty()) {
      return Future.failedFuture(Problem.invalid(wrongs));
    }
    var after = kind.completed(merged);
    return kind.check(request, rows, before, after)
        .compose(fine -> rows.update(kind.table(), replaced(row, after)))
        .map(changed -> new Made(
            "update",
            shown(row),
            shown(changed.orElseThrow(() -> Problem.stale("*", path + "/" + request.id())))));
  }

  private Future<RestAnswer> delete(RestRequest request) {
    return workshop
        .change(
            request,
            kind.table().word(),
            rows -> current(rows, request)
                .compose(row -> kind.checkGoing(rows, request.id())
                    .compose(fine -> rows.delete(kind.table(), request.id()))
                    .map(gone -> new Made("delete", shown(row), null))))
        .map(made -> RestAnswer.gone());
  }

  /** The row that is to be changed, if it is as the client knows it. */
  private Future<JsonObject> current(Rows rows, RestRequest request) {
    return rows.find(kind.table(), request.id()).map(found -> {
      var row = found.orElseThrow(() -> notFound(request));
      ETags.check(request.ifMatch(), row.getLong("version"), path + "/" + request.id());
      return row;
    });
  }

  private Problem notFound(RestRequest request) {
    return Problem.notFound(request.id(), path);
  }

  /** What clients gave, or would have. */
  private JsonObject values(JsonObject row) {
    var values = new JsonObject();
    members.stream()
        .filter(member -> row.getValue(member) != null)
        .forEach(member -> values.put(member, row.getValue(member)));
    return values;
  }

  private JsonObject replaced(JsonObject row, JsonObject after) {
    var whole = row.copy();
    members.forEach(member -> whole.put(member, after.getValue(member)));
    return whole;
  }

  private static JsonObject shown(JsonObject row) {
    var shown = new JsonObject();
    row.forEach(member -> {
      if (member.getValue() != null && !HIDDEN.contains(member.getKey())) {
        shown.put(member.getKey(), member.getValue());
      }
    });
    return shown;
  }

  /** One thing is wrong with that member. */
  static Problem wrong(String pointer, String message) {
    return Problem.invalid(List.of(Wrong.in(pointer, message)));
  }
}
