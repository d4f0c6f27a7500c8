package io.umbel.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.umbel.gateway.Guards;
import io.umbel.gateway.identity.IdentitySettings.Accounts;
import io.umbel.gateway.identity.IdentitySettings.Keys;
import io.umbel.gateway.identity.IdentitySettings.Resource;
import io.umbel.gateway.identity.IdentitySettings.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider on a port of its own: it publishes keys, changes them, goes away. */
public final class TestIssuer implements AutoCloseable {

  public static final String ISSUER = "https://issuer.example";
  public static final String AUDIENCE = "https://gateway.example/mcp";

  private final HttpServer http;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String answer;
  private volatile int status = 200;
  private volatile CountDownLatch held = new CountDownLatch(0);

  public TestIssuer(IssuerKey... keys) {
    publish(keys);
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/keys", this::answer);
    http.createContext("/moved", exchange -> {
      exchange.getResponseHeaders().set("Location", "/keys");
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    });
    http.setExecutor(Executors.newCachedThreadPool(task -> {
      var thread = new Thread(task, "issuer");
      thread.setDaemon(true);
      return thread;
    }));
    http.start();
  }

  public void publish(IssuerKey... keys) {
    var set = new JsonArray();
    for (var key : keys) {
      set.add(key.jwk());
    }
    say(200, JsonObject.of("keys", set).encode());
  }

  /** Says something else from now on. */
  public void say(int newStatus, String newAnswer) {
    status = newStatus;
    answer = newAnswer;
  }

  /** Answers nobody until the latch is open. */
  public void hold(CountDownLatch until) {
    held = until;
  }

  /** How often it was asked for its keys. */
  public int asked() {
    return asked.get();
  }

  public URI url() {
    return url("/keys");
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + path);
  }

  /** Gateways trust this provider so. */
  public Guards guards() {
    return guards(new Keys(url(), List.of(), Duration.ofMinutes(5), Duration.ofMillis(1)));
  }

  public static Guards guards(Keys keys) {
    return Guards.defaults()
        .identifying(new IdentitySettings(
            true,
            new Tokens(ISSUER, Set.of(AUDIENCE), EnumSet.allOf(Algorithm.class)),
            Accounts.NAMED,
            keys,
            new Resource(
                URI.create("https://gateway.example"), List.of(ISSUER), List.of("tools", "admin")),
            null));
  }

  /** Claims that are good, of that user. */
  public static JsonObject claims(String account, String subject) {
    var now = Instant.now().getEpochSecond();
    return JsonObject.of("iss", ISSUER, "aud", AUDIENCE, "sub", subject, "account_id", account)
        .put("iat", now)
        .put("exp", now + 600)
        .put("scope", "tools");
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var bytes = answer.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
