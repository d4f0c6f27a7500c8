package io.umbel.registry.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Credentials.ClientCredentials;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What servers are shown, and the tokens that are got for them. */
@Timeout(60)
class CredentialsTest {

  private static final String PRM = "/.well-known/oauth-protected-resource";
  private static final String AS = "/.well-known/oauth-authorization-server";

  private final PlayedServer server = PlayedServer.stateless(new JsonObject());
  private final PlayedServer authority = new PlayedServer();
  private final Visitor visitor = new Visitor();
  private final AtomicInteger tokens = new AtomicInteger();
  private JsonObject token = new JsonObject().put("expires_in", 3600);

  @BeforeEach
  void play() {
    server.on("server/discover", turn -> guarded(turn, PlayedServer.discovered(new JsonObject())));
    server.on("ping", turn -> guarded(turn, new JsonObject()));
    server.on(
        "GET " + PRM + "/mcp", turn -> turn.json(200, resource(server.url().toString())));
    authority.on("GET " + AS + "/realm", turn -> turn.json(200, metadata(issuer())));
    authority.on(
        "POST /token",
        turn -> turn.json(
            200,
            token
                .copy()
                .put("token_type", "Bearer")
                .put("access_token", "t-" + tokens.incrementAndGet())));
  }

  @AfterEach
  void close() {
    visitor.close();
    server.close();
    authority.close();
  }

  @Test
  void aTokenOrAKeyIsShownWithEachRequest() {
    try (var open = PlayedServer.stateless(new JsonObject())) {
      visitor.open(open.url(), new Credentials.Bearer("b-1"));
      assertThat(open.last("server/discover").headers().get("Authorization"))
          .isEqualTo("Bearer b-1");
      visitor.open(open.url(), new Credentials.ApiKey("X-API-Key", "k-1"));
      assertThat(open.last("server/discover").headers().get("X-API-Key")).isEqualTo("k-1");
      assertThat(open.last("server/discover").headers().contains("Authorization"))
          .isFalse();
      visitor.open(open.url(), new Credentials.None());
      assertThat(open.last("server/discover").headers().contains("Authorization"))
          .isFalse();
    }
  }

  @Test
  void aKeyIsNotShownInHeadersThatMeanSomethingElse() {
    for (var header : new String[] {"Host", "content-length", "Mcp-Method"}) {
      assertRefused(new Credentials.ApiKey(header, "k-1"))
          .hasMessage("The header " + header + " cannot carry a key");
    }
    assertRefused(new Credentials.ApiKey("X-API-Key", "k\r\nHost: elsewhere"))
        .hasMessage("The credentials fit in no HTTP header");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aServerThatDoesNotTakeThemSaysSoWithoutTellingThem() {
    assertRefused(new Credentials.Bearer("hush"))
        .hasMessage("The server does not take Umbel's credentials (HTTP 401)");
    server.on("server/discover", turn -> turn.status(403));
    assertRefused(new Credentials.Bearer("hush"))
        .hasMessage("The server does not let Umbel in with these credentials (HTTP 403)");
    assertThat(server.seen("initialize")).as("that says nothing of its era").isEmpty();
  }

  @Test
  void aTokenIsGotForTheServerAndUsedAgain() {
    var upstream = visitor.open(server.url(), secret());
    visitor.result(upstream, "ping", null);
    visitor.open(server.url(), secret());
    assertThat(tokens.get()).isEqualTo(1);
    var asked = authority.last("POST /token");
    var basic =
        Base64.getEncoder().encodeToString("umb%3Ael:s%26cret".getBytes(StandardCharsets.US_ASCII));
    assertThat(asked.headers().get("Authorization")).isEqualTo("Basic " + basic);
    assertThat(form(asked.body()))
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("resource", server.url().toString())
        .containsEntry("scope", "tools:call")
        .doesNotContainKey("client_secret");
    assertThat(server.last("ping").headers().get("Authorization")).isEqualTo("Bearer t-1");
  }

  @Test
  void whereTheServerSaysWhereItsMetadataAreTheyAreReadThere() {
    server.on("GET /here", turn -> turn.json(200, resource(server.url().toString())));
    var header =
        "Bearer error=\"x\", resource_metadata=\"" + server.url("/here") + "\", scope=\"a b\"";
    server.on("server/discover", turn -> {
      if (turn.seen().headers().contains("Authorization")) {
        turn.result(PlayedServer.discovered(new JsonObject()));
      } else {
        turn.header("WWW-Authenticate", header).status(401);
      }
    });
    visitor.open(server.url(), secret());
    assertThat(server.seen("GET /here")).hasSize(1);
    assertThat(form(authority.last("POST /token").body())).containsEntry("scope", "a b");
  }

  @Test
  void whatWasRegisteredIsAskedForFirst() {
    visitor.open(server.url(), new ClientCredentials("umbel", "s", null, null, "mine"));
    assertThat(form(authority.last("POST /token").body())).containsEntry("scope", "mine");
  }

  @Test
  void theSecretIsPostedWhereItIsWantedThere() {
    authority.on(
        "GET " + AS + "/realm",
        turn -> turn.json(
            200,
            metadata(issuer())
                .put(
                    "token_endpoint_auth_methods_supported",
                    new JsonArray().add("client_secret_post"))));
    visitor.open(server.url(), secret());
    assertThat(form(authority.last("POST /token").body()))
        .containsEntry("client_id", "umb:el")
        .containsEntry("client_secret", "s&cret");
    assertThat(authority.last("POST /token").headers().contains("Authorization"))
        .isFalse();
  }

  @Test
  void aKeyOfOurOwnSignsWhoWeAre() throws GeneralSecurityException {
    for (var algorithm : new String[] {"ES256", "RS256", "EdDSA", "PS384"}) {
      var keys = KeyPairGenerator.getInstance(
              Map.of("ES256", "EC", "RS256", "RSA", "EdDSA", "Ed25519", "PS384", "RSA")
                  .get(algorithm))
          .generateKeyPair();
      var pem = "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
          + "\n-----END PRIVATE KEY-----\n";
      visitor.open(server.url(), new ClientCredentials("umbel", null, pem, algorithm, null));
      var form = form(authority.last("POST /token").body());
      assertThat(form)
          .containsEntry(
              "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      var parts = form.get("client_assertion").split("\\.", -1);
      var claims = new JsonObject(
          new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
      assertThat(claims.getString("aud")).isEqualTo(issuer());
      assertThat(claims.getString("iss")).isEqualTo("umbel").isEqualTo(claims.getString("sub"));
      assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(300);
      if (algorithm.equals("ES256")) {
        var check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(keys.getPublic());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
      }
    }
  }

  @Test
  void aKeyThatDoesNotSuitItsAlgorithmIsSaidNotTo() {
    assertRefused(new ClientCredentials("umbel", null, "no key", "ES256", null))
        .hasMessage("The private key does not suit the algorithm ES256");
    assertRefused(new ClientCredentials("umbel", null, "no key", "none", null))
        .hasMessage("The private key does not suit the algorithm none");
    assertRefused(new ClientCredentials("umbel", null, null, null, null))
        .hasMessage("There is neither a client secret nor a private key");
  }

  @Test
  void aTokenThatIsAboutToExpireIsRenewedBeforeItIsShown() {
    token = new JsonObject().put("expires_in", 0);
    var upstream = visitor.open(server.url(), secret());
    var before = tokens.get();
    visitor.result(upstream, "ping", null);
    assertThat(tokens.get()).isEqualTo(before + 1);
    assertThat(server.last("ping").headers().get("Authorization"))
        .isEqualTo("Bearer t-" + tokens.get());
  }

  @Test
  void aTokenThatIsNoLongerTakenIsRenewedOnce() {
    var upstream = visitor.open(server.url(), secret());
    server.on("ping", turn -> {
      if ("Bearer t-2".equals(turn.seen().headers().get("Authorization"))) {
        turn.result(new JsonObject());
      } else {
        turn.status(401);
      }
    });
    visitor.result(upstream, "ping", null);
    assertThat(tokens.get()).isEqualTo(2);
    server.on("ping", turn -> turn.status(401));
    assertThatThrownBy(() -> visitor.result(upstream, "ping", null))
        .hasMessage("The server does not take Umbel's credentials (HTTP 401)");
    assertThat(tokens.get()).isEqualTo(3);
  }

  @Test
  void manyWhoNeedATokenGetOne() {
    var upstream = visitor.open(server.url(), secret());
    server.on("ping", turn -> {
      if ("Bearer t-1".equals(turn.seen().headers().get("Authorization"))) {
        turn.status(401);
      } else {
        turn.result(new JsonObject());
      }
    });
    var all = java.util.stream.IntStream.range(0, 20)
        .mapToObj(i -> visitor.ask(upstream, "ping", null, new Ear()))
        .toList();
    all.forEach(one -> one.await());
    assertThat(tokens.get()).isEqualTo(2);
  }

  @Test
  void aTokenThatIsNotGivenIsExplainedWithoutTheSecret() {
    authority.on(
        "POST /token",
        turn -> turn.json(
            401,
            new JsonObject().put("error", "invalid_client").put("error_description", "s&cret")));
    assertRefused(secret())
        .hasMessage("The authorization server of the server gives Umbel no token (invalid_client)");
    authority.on("POST /token", turn -> turn.status(500));
    assertRefused(secret())
        .hasMessage("The authorization server of the server gives Umbel no token (HTTP 500)");
  }

  @Test
  void metadataThatDoNotFitAreNotBelieved() {
    server.on("GET " + PRM + "/mcp", turn -> turn.json(200, resource("https://other.example/mcp")));
    assertRefused(secret()).hasMessage("The server's metadata are about another resource than it");
    server.on(
        "GET " + PRM + "/mcp", turn -> turn.json(200, resource(server.url("/mc").toString())));
    assertRefused(secret()).hasMessage("The server's metadata are about another resource than it");
    server.on(
        "GET " + PRM + "/mcp",
        turn -> turn.json(200, new JsonObject().put("resource", server.url().toString())));
    assertRefused(secret()).hasMessage("The server names no authorization server");
    server.on(
        "GET " + PRM + "/mcp", turn -> turn.json(200, resource(server.url().toString())));
    authority.on("GET " + AS + "/realm", turn -> turn.json(200, metadata("https://other.example")));
    assertRefused(secret())
        .hasMessage("The authorization server of the server says that it is another one");
    authority.on("GET " + AS + "/realm", turn -> turn.status(404));
    assertRefused(secret())
        .hasMessage("The authorization server of the server tells nothing of itself");
    assertThat(tokens.get()).isZero();
  }

  @Test
  void anAuthorizationServerWhereNobodyMayGoIsNotAsked() {
    server.on(
        "GET " + PRM + "/mcp",
        turn -> turn.json(
            200,
            resource(server.url().toString())
                .put(
                    "authorization_servers",
                    new JsonArray().add("http://169.254.169.254/latest"))));
    assertRefused(secret())
        .hasMessage(
            "Umbel could not get a token for the server: Umbel does not connect to "
                + "169.254.169.254: it is not on the public internet, and the operator does not allow it");
  }

  @Test
  void aServerThatTellsNothingMayBeItsOwnAuthority() {
    server.on("GET " + PRM + "/mcp", turn -> turn.status(404));
    var origin = "http://localhost:" + server.port();
    server.on(
        "GET " + AS,
        turn -> turn.json(
            200,
            new JsonObject()
                .put("issuer", origin)
                .put("token_endpoint", authority.url("/token").toString())));
    visitor.open(server.url(), secret());
    assertThat(tokens.get()).isEqualTo(1);
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(Credentials with) {
    return assertThatThrownBy(() -> visitor.open(server.url(), with))
        .isInstanceOfSatisfying(UpstreamFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.CREDENTIALS);
          assertThat(why.delivered()).isFalse();
          assertThat(why.getMessage()).doesNotContain("s&cret").doesNotContain("hush");
        });
  }

  private static void guarded(Turn turn, JsonObject result) {
    var shown = turn.seen().headers().get("Authorization");
    if (shown != null && shown.startsWith("Bearer t-")) {
      turn.result(result);
    } else {
      turn.header("WWW-Authenticate", "Bearer").status(401);
    }
  }

  private static ClientCredentials secret() {
    return new ClientCredentials("umb:el", "s&cret", null, null, null);
  }

  private String issuer() {
    return authority.url("/realm").toString();
  }

  private JsonObject resource(String about) {
    return new JsonObject()
        .put("resource", about)
        .put("authorization_servers", new JsonArray().add(issuer()))
        .put("scopes_supported", new JsonArray().add("tools:call"));
  }

  private JsonObject metadata(String issuer) {
    return new JsonObject()
        .put("issuer", issuer)
        .put("token_endpoint", authority.url("/token").toString());
  }

  private static Map<String, String> form(String body) {
    var form = new HashMap<String, String>();
    for (var field : body.split("&", -1)) {
      var pair = field.split("=", 2);
      form.put(pair[0], java.net.URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return form;
  }
}
