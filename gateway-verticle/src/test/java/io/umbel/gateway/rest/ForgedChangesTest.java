package io.umbel.gateway.rest;

import static io.umbel.gateway.TwoGateways.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A message that an account has changed, and that what the database says of it is too old, would
 * shut everybody of that account out: only a member is believed.
 */
class ForgedChangesTest {

  private static final String ADDRESS = "umbel.accounts";
  private static final String OP = "account-changed";
  private static final String WHO = "/api/v1/tools/who";

  private final RestGateways gateways = new RestGateways();

  @AfterEach
  void stop() {
    gateways.close();
  }

  @Test
  void whoeverIsNoMemberIsNotBelieved() {
    var robot = robot();
    say(signer(ClusterSecret.random()), OP);
    say(signer(RestGateways.SECRET), "something-else");
    gateways.bus().eventBus().publish(ADDRESS, message());
    // What is told after them has been heard: so have they.
    var off = JsonObject.of("is_enabled", false);
    assertThat(gateways.admin("acme").put(WHO, "*", off).status()).isEqualTo(200);
    until(() -> !robot.tools().contains("who"));
    assertThat(robot.tools()).contains("add").doesNotContain("who");
  }

  @Test
  void aMemberIsBelieved() {
    var robot = robot();
    say(signer(RestGateways.SECRET), OP);
    until(() -> status(robot) == 503);
    assertThat(status(robot)).isEqualTo(503);
  }

  private static int status(RestClient client) {
    return client.mcp("tools/list", new JsonObject()).status();
  }

  /** A client of B with a key of the account, who may do everything. */
  private RestClient robot() {
    var body = JsonObject.of("name", "ci", "scopes", JsonArray.of("tools"));
    var made = gateways.admin("acme").post("/api/v1/api-keys", body);
    var robot = gateways.client(gateways.b, made.json().getString("secret"));
    assertThat(robot.tools()).contains("who", "add");
    return robot;
  }

  private static SignedMessage signer(ClusterSecret secret) {
    var about = new Node.About("evil", "9.9.9", "test");
    return new SignedMessage(new Node("evil", secret, Clock.systemUTC(), about));
  }

  private void say(SignedMessage signed, String op) {
    signed.publish(gateways.bus(), ADDRESS, op, "evil", message());
  }

  private static Buffer message() {
    return JsonObject.of("account", "acme", "version", 1_000_000).toBuffer();
  }
}
