package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that joined uninvited can send what it likes, and is neither obeyed nor believed. */
class ForgedMessagesTest {

  private static final Node.About ABOUT = new Node.About("evil", "9.9.9", "test");
  private static final Clock NOW = Clock.systemUTC();
  private static final Node FORGER = new Node("evil", ClusterSecret.random(), NOW, ABOUT);

  private final SampleTools tools = new SampleTools();
  private RunningGateway gateway;
  private Message<Buffer> announced;
  private Instance sample;

  /** Learns the tool's address as anyone on the bus can: by listening. */
  @BeforeEach
  void listen() throws Exception {
    gateway = new RunningGateway(GatewaySettings.defaults(), tools);
    var heard = new CompletableFuture<Message<Buffer>>();
    var consumer = gateway.vertx().eventBus().<Buffer>consumer(Bus.ANNOUNCE, heard::complete);
    consumer.completion().await();
    genuine().publish(gateway.vertx(), Bus.ROLL_CALL, "roll-call", "test", Buffer.buffer());
    announced = heard.get(10, TimeUnit.SECONDS);
    consumer.unregister().await();
    sample = Announcement.fromBuffer(announced.body()).instance();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aCallWithoutACallerIsRefused() {
    assertThat(send(null)).isEqualTo("The caller of this call is missing");
  }

  @Test
  void aCallWithAnAlteredCallerIsRefused() {
    var seal = seal(RunningGateway.SECRET, NOW, "sample");
    assertThat(send(seal.substring(1))).isEqualTo("The caller of this call is altered");
    assertThat(send("A" + seal)).isEqualTo("The caller of this call is altered");
    assertThat(send(seal.substring(0, seal.length() - 1)))
        .isEqualTo("The caller of this call is altered");
    assertThat(send(seal.replace(".", ".."))).isEqualTo("The caller of this call is altered");
    assertThat(send("")).isEqualTo("The caller of this call is altered");
    assertThat(send("é.é")).isEqualTo("The caller of this call is altered");
    assertThat(send("x".repeat(100_000))).isEqualTo("The caller of this call is altered");
  }

  @Test
  void aCallWithACallerSealedWithAnotherSecretIsRefused() {
    assertThat(send(seal(ClusterSecret.random(), NOW, "sample")))
        .isEqualTo("The caller of this call is altered");
  }

  @Test
  void aCallWithACallerForAnotherProviderIsRefused() {
    assertThat(send(seal(RunningGateway.SECRET, NOW, "other")))
        .isEqualTo("The caller of this call is meant for another provider");
  }

  @Test
  void aCallWithAnExpiredCallerIsRefused() {
    var earlier = Clock.offset(NOW, CallerSeal.LIFE.negated());
    assertThat(send(seal(RunningGateway.SECRET, earlier, "sample")))
        .isEqualTo("The caller of this call is expired");
  }

  @Test
  void aGenuineCallerIsObeyed() {
    var reply = request("refuse", seal(RunningGateway.SECRET, NOW, "sample"));
    assertThat(reply.headers().get(Header.FAILURE)).isEqualTo("NOT_FOUND");
  }

  @Test
  void aForgedAnnouncementIsNotBelieved() {
    announce(new SignedMessage(FORGER));
    announceUnsigned();
    announceLongAgo();
    assertThat(toolNames()).doesNotContain("stolen").contains("add");
  }

  @Test
  void aGenuineAnnouncementIsBelieved() {
    announce(genuine());
    assertThat(toolNames()).contains("stolen");
  }

  @Test
  void anAlteredAnnouncementIsNotBelieved() {
    var body = Buffer.buffer(announced.body().toString().replace("\"add\"", "\"stolen\""));
    var options = new DeliveryOptions().setHeaders(announced.headers());
    gateway.vertx().eventBus().publish(Bus.ANNOUNCE, body, options);
    options.setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(announced.headers()));
    options.getHeaders().set(Header.OP, "goodbye");
    gateway.vertx().eventBus().publish(Bus.ANNOUNCE, announced.body(), options);
    assertThat(toolNames()).doesNotContain("stolen").contains("add");
  }

  @Test
  void aForgedGoodbyeRemovesNothing() {
    goodbye(new SignedMessage(FORGER));
    assertThat(toolNames()).contains("add");
    goodbye(genuine());
    assertThat(toolNames()).isEmpty();
  }

  /** What a call straight to the tool is answered with; its function must not have run. */
  private String send(String caller) {
    var reply = request("hang", caller);
    assertThat(tools.begun.getCount()).isEqualTo(1);
    assertThat(reply.headers().get(Header.FAILURE)).isEqualTo("UNAUTHENTICATED");
    var structured = reply.body().toJsonObject().getJsonObject("structuredContent");
    return structured.getJsonObject("error").getString("message");
  }

  private Message<Buffer> request(String tool, String caller) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.CALL.word())
        .addHeader(Header.METHOD, "tools/call")
        .addHeader(Header.NAME, tool)
        .addHeader(Header.CALL, "forged/1");
    if (caller != null) {
      options.addHeader(Header.CALLER, caller);
    }
    var bus = gateway.vertx().eventBus();
    return bus.<Buffer>request(sample.address(), Buffer.buffer("{}"), options).await();
  }

  private static String seal(ClusterSecret secret, Clock clock, String provider) {
    return new CallerSeal(secret, clock).seal(Caller.LOCAL, provider);
  }

  private void goodbye(SignedMessage signed) {
    signed.publish(gateway.vertx(), Bus.ANNOUNCE, "goodbye", sample.id(), Buffer.buffer());
  }

  private void announce(SignedMessage signed) {
    signed.publish(gateway.vertx(), Bus.ANNOUNCE, "announce", "i", stolen());
  }

  private void announceUnsigned() {
    var body = stolen();
    var options =
        new DeliveryOptions().addHeader(Header.OP, "announce").addHeader(Header.INSTANCE, "i");
    gateway.vertx().eventBus().publish(Bus.ANNOUNCE, body, options);
    gateway.vertx().eventBus().publish(Bus.ANNOUNCE, body);
    gateway.vertx().eventBus().publish(Bus.ANNOUNCE, "text");
    options.addHeader(Header.AT, "soon").addHeader(Header.SIGNATURE, "é");
    gateway.vertx().eventBus().publish(Bus.ANNOUNCE, body, options);
  }

  private void announceLongAgo() {
    var earlier = Clock.offset(NOW, Duration.ofSeconds(-61));
    var node = new Node("evil", RunningGateway.SECRET, earlier, ABOUT);
    announce(new SignedMessage(node));
  }

  private SignedMessage genuine() {
    return new SignedMessage(Node.of(gateway.vertx()));
  }

  private static Buffer stolen() {
    var instance = new Instance("thief", "i", "evil", "9.9.9");
    var definition = JsonObject.of("name", "stolen", "inputSchema", JsonObject.of());
    var offers = Offers.ofTools(List.of(new OfferedTool(definition, List.of(), 1_000)));
    return new Announcement(instance, Traits.NONE, offers).toBuffer();
  }

  /** Once the gateway has heard all that was published: the first answer comes after it. */
  private List<String> toolNames() {
    gateway.modern("tools/list", new JsonObject());
    var result = gateway.modern("tools/list", new JsonObject()).getJsonObject("result");
    return result.getJsonArray("tools").stream()
        .map(tool -> ((JsonObject) tool).getString("name"))
        .toList();
  }
}
