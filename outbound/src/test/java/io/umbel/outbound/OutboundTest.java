package io.umbel.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.outbound.OutboundFailure.Reason;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboundTest {

  private static final Outbound.Bounds BOUNDS = new Outbound.Bounds(Duration.ofSeconds(10), 1_000);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void sendsJsonAndReadsIt() {
    serve(request -> request
        .body()
        .onSuccess(body -> request
            .response()
            .putHeader("X-Page", "2")
            .end(new JsonObject().put("said", body.toJsonObject()).toBuffer())));

    var request = Request.send(HttpMethod.POST, at("/things?a=1"), JsonObject.of("name", "one"))
        .with("Authorization", "Bearer t");
    var answer = open().send(request).await();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.isGood()).isTrue();
    assertThat(answer.header("x-page")).isEqualTo("2");
    assertThat(answer.object()).isEqualTo(JsonObject.of("said", JsonObject.of("name", "one")));
    assertThat(asked).containsExactly("POST /things?a=1 Bearer t");
  }

  @Test
  void hearsEveryAnswerHoweverSoonItIsThere() {
    serve(request -> request.response().end("{}"));
    var outbound = open();

    var request = Request.get(at("/"));
    for (int i = 0; i < 300; i++) {
      // The first from no context at all, the others from that of the answer before.
      var last = outbound
          .send(request)
          .compose(first -> outbound.send(request))
          .compose(second -> outbound.send(request));
      assertThat(last.await().body().toString()).isEqualTo("{}");
    }
  }

  @Test
  void anAnswerOfAnyStatusIsAnAnswer() {
    serve(request -> request.response().setStatusCode(503).end("[1]"));

    var answer = open().send(Request.get(at("/"))).await();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.isGood()).isFalse();
    assertThat(answer.array()).hasSize(1);
    assertThatThrownBy(answer::object)
        .isInstanceOf(OutboundFailure.class)
        .hasMessage("The server answered with HTTP status 503 and no JSON");
  }

  @Test
  void whatIsNotAllowedIsNotAskedAtAll() {
    serve(request -> request.response().end());

    assertFails(closed().send(Request.get(at("/"))), Reason.FORBIDDEN)
        .hasMessage("Umbel does not connect to 127.0.0.1: it is not on the public internet, and"
            + " the operator does not allow it");
    assertThat(asked).isEmpty();
  }

  @Test
  void whereTheOperatorChoseToGoIsAllowedAndNoOtherPort() {
    serve(request -> request.response().end("{}"));
    var chosen = closed().with(at("/"));

    assertThat(chosen.send(Request.get(at("/"))).await().status()).isEqualTo(200);
    assertFails(chosen.send(Request.get(URI.create("http://127.0.0.1:1/"))), Reason.FORBIDDEN);
  }

  @Test
  void readsFollowAServerWithinItsOrigin() {
    serve(request -> {
      if (request.path().equals("/old")) {
        request.response().setStatusCode(301).putHeader("Location", "/new").end();
      } else {
        request.response().end("{}");
      }
    });

    assertThat(open().send(Request.get(at("/old"))).await().status()).isEqualTo(200);
    var write = Request.send(HttpMethod.POST, at("/old"), new JsonObject());
    assertThat(open().send(write).await().status()).isEqualTo(301);
  }

  @Test
  void nobodyIsSentElsewhere() {
    serve(request -> request
        .response()
        .setStatusCode(302)
        .putHeader("Location", "http://127.0.0.2/")
        .end());

    assertThat(open().send(Request.get(at("/"))).await().status()).isEqualTo(302);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whoRedirectsForEverIsLeft() {
    serve(request ->
        request.response().setStatusCode(302).putHeader("Location", "/").end());

    assertThat(open().send(Request.get(at("/"))).await().status()).isEqualTo(302);
    assertThat(asked).hasSize(4);
  }

  @Test
  void anAnswerThatIsTooLargeIsNotReadToItsEnd() {
    serve(request -> request.response().end(Buffer.buffer(new byte[1_001])));

    assertFails(open().send(Request.get(at("/"))), Reason.TOO_LARGE)
        .hasMessage("127.0.0.1:" + server.actualPort() + " answered with more than the 1000 bytes"
            + " allowed");
  }

  @Test
  void whoSaysNothingIsNotWaitedForForEver() {
    serve(request -> {});
    var impatient = outbound(List.of("127.0.0.1"), Duration.ofSeconds(1));

    assertFails(impatient.send(Request.get(at("/"))), Reason.TIMEOUT)
        .hasMessage("127.0.0.1:" + server.actualPort() + " did not answer within 1 s");
  }

  @Test
  void aConnectionThatBreaksMayHaveCarriedItOut() {
    serve(request -> request.connection().close());

    assertThatThrownBy(() -> open().send(Request.get(at("/"))).await())
        .isInstanceOfSatisfying(OutboundFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.UNREACHABLE);
          assertThat(why.delivered()).isTrue();
        });
  }

  @Test
  void whereNobodyListensNothingWasSent() {
    serve(request -> {});
    var url = at("/");
    server.close().await();

    assertThatThrownBy(() -> open().send(Request.get(url)).await())
        .isInstanceOfSatisfying(
            OutboundFailure.class, why -> assertThat(why.delivered()).isFalse())
        .hasMessageStartingWith("No connection to 127.0.0.1:");
  }

  private void serve(Handler<HttpServerRequest> handler) {
    server = vertx
        .createHttpServer()
        .requestHandler(request -> {
          var who = request.getHeader("Authorization");
          asked.add(request.method() + " " + request.uri() + (who == null ? "" : " " + who));
          handler.handle(request);
        })
        .listen(0, "127.0.0.1")
        .await();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  private Outbound open() {
    return outbound(List.of("127.0.0.1"), BOUNDS.timeout());
  }

  private Outbound closed() {
    return outbound(List.of(), BOUNDS.timeout());
  }

  private Outbound outbound(List<String> allowed, Duration timeout) {
    return new Outbound(
        vertx, new Destinations(vertx, allowed), new Outbound.Bounds(timeout, BOUNDS.maxBytes()));
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertFails(
      io.vertx.core.Future<?> sent, Reason reason) {
    return assertThatThrownBy(sent::await)
        .isInstanceOfSatisfying(
            OutboundFailure.class, why -> assertThat(why.reason()).isEqualTo(reason));
  }
}
