package io.umbel.registry.server;

import static io.umbel.registry.server.StoredNode.DOCS;
import static io.umbel.registry.server.StoredNode.OLD;
import static io.umbel.registry.server.StoredNode.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials.Bearer;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another node changes a credential while this one cannot ask the database. */
@Timeout(60)
class CutOffTest {

  private static final JsonObject SECOND =
      DOCS.copy().put("auth_config", JsonObject.of("token", "second"));

  private final DatabaseUrl database = TestDatabase.fresh();
  private final FreezableLine line = new FreezableLine(database);
  private final StoredNode there = new StoredNode(database, OLD);
  private final StoredNode here = new StoredNode(line.url(), OLD);
  private StoredServer docs;

  @BeforeEach
  void register() {
    docs = there.insert("acme", DOCS);
    awaitThat(() -> token().equals("s3cret"));
    line.freeze();
  }

  @AfterEach
  void close() {
    line.thaw();
    here.close();
    there.close();
    line.close();
  }

  @Test
  void whoHearsOfAChangeAndCannotReadItUsesNothingOlder() {
    there.book().update(docs.key(), SECOND, 1).await();
    assertThatThrownBy(() -> here.store().servers().refresh("acme").await()).isNotNull();
    assertThatThrownBy(this::token).isInstanceOf(StoreAway.class);
    assertThat(here.names("other")).as("nobody else is concerned").isEmpty();

    line.thaw();
    awaitThat(() -> isKnown() && token().equals("second"));
  }

  @Test
  void whoHearsNobodyElseEitherSoonBelievesNothing() {
    here.isCutOff();
    there.book().update(docs.key(), SECOND, 1).await();
    awaitThat(() -> !isKnown());

    line.thaw();
    awaitThat(this::isKnown);
    assertThat(token()).isEqualTo("second");
  }

  @Test
  void whoHearsAllOthersGoesOnForAWhile() {
    awaitThat(() -> here.timesAskedForOthers() >= 2);
    assertThat(token()).isEqualTo("s3cret");
  }

  private boolean isKnown() {
    var asked = here.store().servers().of("acme");
    awaitThat(asked::isComplete);
    return asked.succeeded();
  }

  /** What this node would show the server. */
  private String token() {
    return here.store().servers().of("acme").await().stream()
        .map(server -> (Endpoint.Http) server.endpoint())
        .map(http -> ((Bearer) http.credentials()).token())
        .findFirst()
        .orElse("");
  }
}
