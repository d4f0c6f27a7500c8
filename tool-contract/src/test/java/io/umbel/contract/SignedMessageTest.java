package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Bus.Header;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SignedMessageTest {

  private static final String ADDRESS = "umbel.test";
  private static final Buffer BODY = Buffer.buffer("{\"hello\":1}");

  private final LoneNode node = new LoneNode();
  private final SignedMessage signed = new SignedMessage(node.node());
  private final BlockingQueue<Message<Buffer>> heard = new LinkedBlockingQueue<>();

  @BeforeEach
  void listen() {
    listenAt(ADDRESS);
    listenAt("umbel.elsewhere");
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void believesWhatItPublished() throws InterruptedException {
    assertThat(signed.isGenuine(published())).isTrue();
  }

  @Test
  void believesAnotherNodeOfTheClusterAndAnEmptyBody() throws InterruptedException {
    var other = new Node("node-2", node.node().secret(), node.clock(), LoneNode.ABOUT);
    new SignedMessage(other).publish(node.vertx(), ADDRESS, "goodbye", "i-2", Buffer.buffer());
    assertThat(signed.isGenuine(heard.take())).isTrue();
  }

  @Test
  void doesNotBelieveAnotherSecret() throws InterruptedException {
    var stranger = new Node("node-2", ClusterSecret.random(), node.clock(), LoneNode.ABOUT);
    new SignedMessage(stranger).publish(node.vertx(), ADDRESS, "announce", "i-1", BODY);
    assertThat(signed.isGenuine(heard.take())).isFalse();
  }

  @Test
  void doesNotBelieveAnotherBody() throws InterruptedException {
    assertThat(signed.isGenuine(again(headers(published()), Buffer.buffer("{}"))))
        .isFalse();
  }

  @Test
  void doesNotBelieveAMessageReplayedUnderAnotherOp() throws InterruptedException {
    var headers = headers(published());
    assertThat(signed.isGenuine(again(with(headers, Header.OP, "goodbye"), BODY)))
        .isFalse();
  }

  @Test
  void doesNotBelieveAMessageReplayedAtAnotherAddress() throws InterruptedException {
    var headers = headers(published());
    node.vertx().eventBus().publish("umbel.elsewhere", BODY, headers);
    assertThat(signed.isGenuine(heard.take())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {Header.OP, Header.INSTANCE, Header.AT, Header.SIGNATURE})
  void doesNotBelieveAMessageThatLacksAHeader(String header) throws InterruptedException {
    var headers = headers(published());
    headers.getHeaders().remove(header);
    assertThat(signed.isGenuine(again(headers, BODY))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "0", "-1", "9223372036854775807", "9223372036854775808"})
  void doesNotBelieveAnotherTime(String at) throws InterruptedException {
    var headers = headers(published());
    assertThat(signed.isGenuine(again(with(headers, Header.AT, at), BODY))).isFalse();
  }

  @Test
  void doesNotBelieveAStaleMessage() throws InterruptedException {
    var message = published();
    node.clock().advance(SignedMessage.MAX_SKEW);
    assertThat(signed.isGenuine(message)).isTrue();
    node.clock().advance(Duration.ofMillis(1));
    assertThat(signed.isGenuine(message)).isFalse();
  }

  @Test
  void doesNotBelieveAMessageOfTheFuture() throws InterruptedException {
    var message = published();
    node.clock().advance(SignedMessage.MAX_SKEW.negated());
    assertThat(signed.isGenuine(message)).isTrue();
    node.clock().advance(Duration.ofMillis(-1));
    assertThat(signed.isGenuine(message)).isFalse();
  }

  @Test
  void doesNotBelieveABodyThatIsNoBuffer() throws InterruptedException {
    var headers = headers(published());
    node.vertx().eventBus().publish(ADDRESS, "a text", headers);
    assertThat(signed.isGenuine(heard.take())).isFalse();
    node.vertx().eventBus().publish(ADDRESS, null, headers);
    assertThat(signed.isGenuine(heard.take())).isFalse();
  }

  private Message<Buffer> published() throws InterruptedException {
    signed.publish(node.vertx(), ADDRESS, "announce", "i-1", BODY);
    return heard.take();
  }

  private Message<Buffer> again(DeliveryOptions headers, Buffer body) throws InterruptedException {
    node.vertx().eventBus().publish(ADDRESS, body, headers);
    return heard.take();
  }

  private void listenAt(String address) {
    MessageConsumer<Buffer> consumer = node.vertx().eventBus().consumer(address, heard::add);
    consumer.completion().await();
  }

  private static DeliveryOptions headers(Message<Buffer> message) {
    var options = new DeliveryOptions();
    message.headers().forEach(header -> options.addHeader(header.getKey(), header.getValue()));
    return options;
  }

  private static DeliveryOptions with(DeliveryOptions options, String header, String value) {
    options.getHeaders().set(header, value);
    return options;
  }
}
