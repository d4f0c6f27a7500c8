package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Bus.Header;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RosterTest {

  private static final Announcement A = announcement("a", "node-1", "add");
  private static final Announcement B = announcement("b", "node-2", "add");

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final SignedMessage signed = new SignedMessage(node.node());

  @BeforeEach
  void listen() {
    node.deploy(listener);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void hearsWhoAnnouncesItself() {
    announce(A);
    announce(B);
    assertThat(listener.nextArrival()).isEqualTo(A);
    assertThat(listener.nextArrival()).isEqualTo(B);
    assertThat(listener.present()).containsExactly("a", "b");
  }

  @Test
  void tellsOnlyOfAnnouncementsThatSaySomethingNew() {
    var otherwise = announcement("a", "node-1", "multiply");
    announce(A);
    announce(A);
    announce(otherwise);
    assertThat(listener.nextArrival()).isEqualTo(A);
    assertThat(listener.nextArrival()).isEqualTo(otherwise);
    assertThat(listener.present()).containsExactly("a");
  }

  @Test
  void callsTheRollWhenItBeginsToListen() {
    var called = Promise.<Boolean>promise();
    node.vertx()
        .eventBus()
        .consumer(
            Bus.ROLL_CALL,
            (Message<Buffer> rollCall) -> called.tryComplete(signed.isGenuine(rollCall)))
        .completion()
        .await();
    node.deploy(new Listener());
    assertThat(called.future().await()).isTrue();
  }

  @Test
  void forgetsAnInstanceAtItsGoodbye() {
    announce(A);
    say("goodbye", "a", Buffer.buffer());
    assertThat(listener.nextDeparture()).isEqualTo(new Listener.Departure(A, Roster.Leave.GOODBYE));
    assertThat(listener.present()).isEmpty();
  }

  @Test
  void hearsAnInstanceThatComesBack() {
    announce(A);
    say("goodbye", "a", Buffer.buffer());
    announce(A);
    assertThat(listener.nextArrival()).isEqualTo(A);
    assertThat(listener.nextArrival()).isEqualTo(A);
  }

  @Test
  void forgetsAnInstanceThatStoppedAnnouncing() {
    announce(A);
    listener.nextArrival();
    node.clock().advance(Roster.SILENCE.plusMillis(1));
    assertThat(listener.nextDeparture()).isEqualTo(new Listener.Departure(A, Roster.Leave.SILENT));
  }

  @Test
  void keepsAnInstanceThatGoesOnAnnouncing() {
    announce(A);
    announce(B);
    listener.nextArrivalOf("b");
    node.clock().advance(Roster.SILENCE.minus(Duration.ofSeconds(5)));
    announce(A);
    assertThat(listener.present()).containsExactly("a", "b");
    node.clock().advance(Duration.ofSeconds(6));
    assertThat(listener.nextDeparture()).isEqualTo(new Listener.Departure(B, Roster.Leave.SILENT));
    assertThat(listener.present()).containsExactly("a");
  }

  @Test
  void forgetsEveryInstanceOfANodeThatLeft() {
    var alsoThere = announcement("c", "node-1", "add");
    announce(A);
    announce(B);
    announce(alsoThere);
    node.vertx().eventBus().publish(Bus.NODE_LEFT, "node-1");
    assertThat(List.of(listener.nextDeparture(), listener.nextDeparture()))
        .containsExactlyInAnyOrder(
            new Listener.Departure(A, Roster.Leave.NODE_LEFT),
            new Listener.Departure(alsoThere, Roster.Leave.NODE_LEFT));
    assertThat(listener.present()).containsExactly("b");
  }

  @Test
  void forgetsAnInstanceAtWhoseAddressNobodyAnswers() {
    announce(A);
    listener.nextArrival();
    listener.findsUnreachable("a");
    assertThat(listener.nextDeparture())
        .isEqualTo(new Listener.Departure(A, Roster.Leave.UNREACHABLE));
  }

  @Test
  void forgetsEachInstanceOnce() {
    announce(A);
    announce(B);
    listener.nextArrival();
    listener.findsUnreachable("a");
    listener.findsUnreachable("a");
    say("goodbye", "a", Buffer.buffer());
    say("goodbye", "b", Buffer.buffer());
    assertThat(listener.nextDeparture().announcement()).isEqualTo(A);
    assertThat(listener.nextDeparture().announcement()).isEqualTo(B);
  }

  @Test
  void ignoresAnUnsignedAnnouncement() {
    var options =
        new DeliveryOptions().addHeader(Header.OP, "announce").addHeader(Header.INSTANCE, "a");
    node.vertx().eventBus().publish(Bus.ANNOUNCE, A.toBuffer(), options);
    announce(B);
    assertThat(listener.nextArrival()).isEqualTo(B);
    assertThat(listener.present()).containsExactly("b");
  }

  @Test
  void ignoresAGoodbyeOfAStranger() {
    var stranger = new Node("node-9", ClusterSecret.random(), node.clock(), LoneNode.ABOUT);
    announce(A);
    new SignedMessage(stranger)
        .publish(node.vertx(), Bus.ANNOUNCE, "goodbye", "a", Buffer.buffer());
    announce(B);
    assertThat(listener.nextArrivalOf("b")).isEqualTo(B);
    assertThat(listener.present()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "null", "[]", "{}", "{\"tools\":[null]}", "{\"tools\":5}"})
  void ignoresGarbageAndKeepsWhatItKnew(String garbage) {
    announce(A);
    say("announce", "a", Buffer.buffer(garbage));
    say("announce", "new", Buffer.buffer(garbage));
    announce(B);
    assertThat(listener.nextArrivalOf("b")).isEqualTo(B);
    assertThat(listener.present()).containsExactly("a", "b");
    say("goodbye", "a", Buffer.buffer());
    assertThat(listener.nextDeparture().announcement()).isEqualTo(A);
  }

  @Test
  void ignoresAWordOfALaterVersion() {
    say("weather", "a", A.toBuffer());
    announce(B);
    assertThat(listener.nextArrival()).isEqualTo(B);
    assertThat(listener.present()).containsExactly("b");
  }

  private void announce(Announcement announcement) {
    say("announce", announcement.instance().id(), announcement.toBuffer());
  }

  private void say(String op, String instance, Buffer body) {
    signed.publish(node.vertx(), Bus.ANNOUNCE, op, instance, body);
  }

  private static Announcement announcement(String word, String node, String tool) {
    var offered = new OfferedTool(new JsonObject().put("name", tool), List.of(), 1_000);
    return new Announcement(
        new Instance(word, word, node, "1.0.0"), Traits.NONE, Offers.ofTools(List.of(offered)));
  }
}
