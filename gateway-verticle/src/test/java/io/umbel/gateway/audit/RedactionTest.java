package io.umbel.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password",
        "PASSWORD",
        "secret",
        "client_secret",
        "token",
        "access_token",
        "token_type_hint",
        "api_key",
        "github_api_key",
        "API_KEY",
        "apiKey",
        "X-Api-Key",
        "authorization",
        "Authorization",
        "credential",
        "credentials",
        "private_key",
        "ssh_private_key_pem",
        "cookie",
        "Set-Cookie",
        "accessToken"
      })
  void hides(String name) {
    assertThat(Redaction.of(new JsonObject().put(name, "x")).getString(name)).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "author",
        "authors",
        "monkey",
        "keyboard",
        "key",
        "api",
        "public_key",
        "secretary",
        "tokenizer",
        "passwordless",
        "max_tokens",
        "cookiecutter",
        "authorized"
      })
  void leaves(String name) {
    assertThat(Redaction.of(new JsonObject().put(name, "x")).getString(name)).isEqualTo("x");
  }

  @Test
  void hidesHoweverDeepAndWhateverItIs() {
    var json = new JsonObject()
        .put("list", new JsonArray().add(new JsonObject().put("token", 1).put("author", "Ann")))
        .put("headers", new JsonObject().put("cookie", new JsonObject().put("a", "b")))
        .put("password", (String) null);
    assertThat(Redaction.of(json).encode())
        .isEqualTo("{\"list\":[{\"token\":\"***\",\"author\":\"Ann\"}],"
            + "\"headers\":{\"cookie\":\"***\"},\"password\":null}");
    assertThat(json.encode()).contains("\"b\"");
    assertThat(Redaction.of(null)).isNull();
  }
}
