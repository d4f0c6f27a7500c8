package io.umbel.registry.upstream.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.registry.server.Credentials.ClientCredentials;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.oauth.Documents.Document;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks for a token, proving who we are in a way that the authorization server takes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
 */
final class TokenRequest {

  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final long UNSAID_SECONDS = 600;

  private final Vertx vertx;
  private final Documents documents;
  private final ClientCredentials client;

  TokenRequest(Vertx vertx, Documents documents, ClientCredentials client) {
    this.vertx = vertx;
    this.documents = documents;
    this.client = client;
  }

  /**
   * A token.
   *
   * @param text secret
   * @param life how long it is good for
   */
  record Token(String text, Duration life) {
    @Override
    public String toString() {
      return "Token[***, " + life + "]";
    }
  }

  /** A token from there; fails with {@link UpstreamFailure}. */
  Future<Token> send(AuthorizationServer server) {
    var form = new LinkedHashMap<String, String>();
    var headers = MultiMap.caseInsensitiveMultiMap();
    form.put("grant_type", "client_credentials");
    form.put("resource", server.resource());
    var scope = client.scope() == null ? server.scope() : client.scope();
    if (scope != null) {
      form.put("scope", scope);
    }
    return prove(server, form, headers)
        .compose(proved -> documents.post(server.token(), headers, encoded(form)))
        .compose(TokenRequest::token);
  }

  private Future<Void> prove(
      AuthorizationServer server, Map<String, String> form, MultiMap headers) {
    if (client.privateKey() != null) {
      return assertion(server).map(assertion -> {
        form.put("client_assertion_type", ASSERTION);
        form.put("client_assertion", assertion);
        return null;
      });
    }
    if (client.secret() == null) {
      return failed("There is neither a client secret nor a private key");
    }
    var ways = server.authentication();
    if (ways.contains("client_secret_post") && !ways.contains("client_secret_basic")) {
      form.put("client_id", client.clientId());
      form.put("client_secret", client.secret());
    } else {
      var pair = encoded(client.clientId()) + ":" + encoded(client.secret());
      var basic = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
      headers.set("Authorization", "Basic " + basic);
    }
    return Future.succeededFuture();
  }

  private Future<String> assertion(AuthorizationServer server) {
    var algorithm = client.algorithm() == null ? "ES256" : client.algorithm();
    return vertx
        .executeBlocking(
            () -> Assertion.of(client.clientId(), server.issuer(), client.privateKey(), algorithm))
        .recover(why -> failed("The private key does not suit the algorithm " + algorithm));
  }

  private static Future<Token> token(Document answer) {
    var token = answer.json().getValue("access_token");
    if (answer.status() == 200 && token instanceof String text && text.matches("[!-~]+")) {
      return Future.succeededFuture(new Token(text, life(answer.json())));
    }
    var error = answer.json().getValue("error") instanceof String said && said.matches("\\w{1,60}")
        ? said
        : "HTTP " + answer.status();
    return failed("The authorization server of the server gives Umbel no token (" + error + ")");
  }

  private static Duration life(JsonObject answer) {
    var seconds = answer.getValue("expires_in") instanceof Number number
        ? number.longValue()
        : UNSAID_SECONDS;
    return Duration.ofSeconds(Math.max(0, Math.min(seconds, Duration.ofDays(1).toSeconds())));
  }

  private static Buffer encoded(Map<String, String> form) {
    return Buffer.buffer(form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static <T> Future<T> failed(String text) {
    return Future.failedFuture(new UpstreamFailure(Reason.CREDENTIALS, text, false));
  }
}
