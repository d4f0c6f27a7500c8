package io.umbel.registry.manage;

import io.umbel.outbound.OutboundFailure;
import io.umbel.registry.RegistrySettings;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.ServerBook;
import io.umbel.registry.server.StoredServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;

/** Servers are registered, changed and removed. */
final class Registering {

  private static final String PATH = "/api/v1/mcp-servers/";

  private final RegistrySettings settings;
  private final Found found;
  private final Said said;
  private final Shown shown;
  private final Admission admission;
  private final Operations operations;
  private final Trial trial;

  Registering(
      RegistrySettings settings,
      Found found,
      Shown shown,
      Admission admission,
      Operations operations,
      Trial trial) {
    this.settings = settings;
    this.found = found;
    this.said = new Said(settings.children(), settings.pinned());
    this.shown = shown;
    this.admission = admission;
    this.operations = operations;
    this.trial = trial;
  }

  /** Registers one, whether it answers or not. */
  Future<JsonObject> create(Asked asked) {
    var book = found.book();
    var whole = said.whole(asked.body());
    var key = new Server.Key(asked.account(), UUID.randomUUID());
    var server = said.server(key, whole, 1);
    return checkUnique(book, server)
        .compose(unique -> admit(server.endpoint()))
        .compose(admitted -> trial.of(server))
        .compose(standing -> book.insert(key, whole, settings.bounds().servers())
            .recover(why -> refused(why, whole))
            .compose(this::known)
            .compose(made -> begin(made, standing)))
        .compose(made -> shown
            .of(made)
            .map(json -> Answer.one(201, json, made)
                .put("location", PATH + key.id())
                .put("audit", Answer.audit("create", null, shown.recorded(made)))));
  }

  private Future<StoredServer> begin(StoredServer made, Standing standing) {
    var server = made.server().orElseThrow();
    if (!server.policy().active()) {
      return Future.succeededFuture(made);
    }
    return trial
        .note(server, standing)
        .compose(noted -> standing.healthy() && !standing.isStarting()
            ? trial.scan(server)
            : Future.succeededFuture())
        .map(made);
  }

  /** Changes what is said of one; where it is spoken to otherwise now it is looked at anew. */
  Future<JsonObject> update(Asked asked) {
    return found.own(asked).compose(before -> {
      var known = asked.known(before.version());
      var whole = said.whole(before, asked.body());
      var server = said.server(before.key(), whole, before.version() + 1);
      var was = before.server().orElse(null);
      var reached = was == null || !was.endpoint().equals(server.endpoint());
      var admitted = reached ? admit(server.endpoint()) : Future.<Void>succeededFuture();
      return checkUnique(found.book(), server)
          .compose(unique -> admitted)
          .compose(fine ->
              found.book().update(before.key(), whole, known).recover(why -> refused(why, whole)))
          .compose(this::known)
          .onSuccess(after -> lookAnew(was, server))
          .compose(after -> changed(before, after));
    });
  }

  private Future<JsonObject> changed(StoredServer before, StoredServer after) {
    return shown
        .of(after)
        .map(json -> Answer.one(200, json, after)
            .put("audit", Answer.audit("update", shown.recorded(before), shown.recorded(after))));
  }

  /** Nobody waits for it. */
  private void lookAnew(Server before, Server after) {
    var same =
        before != null && before.policy().active() && before.endpoint().equals(after.endpoint());
    if (after.policy().active() && !same) {
      trial.scan(after);
    }
  }

  /** Removes one, with all that it offered. */
  Future<JsonObject> delete(Asked asked) {
    return found
        .own(asked)
        .compose(before -> found.book().delete(before.key(), asked.known(before.version())))
        .recover(why -> refused(why, new JsonObject()))
        .compose(this::known)
        .map(gone -> Answer.ok(JsonObject.of("message", "MCP server deleted successfully"))
            .put("audit", Answer.audit("delete", shown.recorded(gone), null)));
  }

  /** Whoever hears our answer may call any node next: none is to use what was there before. */
  private Future<StoredServer> known(StoredServer changed) {
    return operations.everyoneKnows(changed.key().account()).map(changed);
  }

  private Future<Void> checkUnique(ServerBook book, Server server) {
    for (var operators : settings.operators()) {
      if (operators.namespace().equals(server.namespace())) {
        return Future.failedFuture(Refused.operators("namespace", server.namespace()));
      }
    }
    return book.of(server.key().account()).compose(all -> {
      for (var other : all) {
        if (!other.key().equals(server.key())) {
          if (other.name().equals(server.name())) {
            return Future.failedFuture(Refused.taken("name", server.name()));
          }
          if (server.namespace().equals(other.said().getString("namespace"))) {
            return Future.failedFuture(Refused.taken("namespace", server.namespace()));
          }
        }
      }
      return Future.succeededFuture();
    });
  }

  /** What cannot be found out now is found out when it is connected to. */
  private Future<Void> admit(Endpoint endpoint) {
    var url = url(endpoint);
    if (url == null) {
      return Future.succeededFuture();
    }
    return admission
        .check(url)
        .recover(why -> why instanceof OutboundFailure failure
                && failure.reason() == OutboundFailure.Reason.FORBIDDEN
            ? Future.failedFuture(Refused.invalid("/url", "is refused: " + why.getMessage()))
            : Future.succeededFuture());
  }

  private static URI url(Endpoint endpoint) {
    if (endpoint instanceof Endpoint.Http http) {
      return http.url();
    }
    return endpoint instanceof Endpoint.Sse sse ? sse.url() : null;
  }

  /** Whoever else was faster, or what the book says. */
  private static <T> Future<T> refused(Throwable why, JsonObject whole) {
    if (why instanceof ServerBook.Taken taken) {
      var what = taken.getMessage();
      return Future.failedFuture(Refused.taken(what, whole.getString(what)));
    }
    if (why instanceof ServerBook.Stale stale) {
      return Future.failedFuture(Refused.stale(stale.version()));
    }
    if (why instanceof ServerBook.Gone) {
      return Future.failedFuture(Refused.notFound());
    }
    return why instanceof ServerBook.Full full
        ? Future.failedFuture(Refused.conflict("This account has " + full.getMessage()
            + " MCP servers, which is as many as it may have: remove some first"))
        : Future.failedFuture(why);
  }
}
