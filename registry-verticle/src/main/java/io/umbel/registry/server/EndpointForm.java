package io.umbel.registry.server;

import io.umbel.registry.server.Credentials.ApiKey;
import io.umbel.registry.server.Credentials.Bearer;
import io.umbel.registry.server.Credentials.ClientCredentials;
import io.umbel.registry.server.Credentials.None;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Reads where a server is and how to get in. */
final class EndpointForm {

  private static final int MOST_WORDS = 100;
  private static final int LONGEST_URL = 2_048;
  private static final String USUAL_HEADER = "X-API-Key";

  /** What the connection itself says, or what says who asks whom. */
  private static final Set<String> NOT_KEYS = Set.of(
      "host",
      "content-length",
      "content-type",
      "transfer-encoding",
      "connection",
      "accept",
      "cookie",
      "mcp-session-id",
      "mcp-protocol-version",
      "mcp-method",
      "mcp-name");

  private final Fields fields;

  EndpointForm(Fields fields) {
    this.fields = fields;
  }

  Endpoint read() {
    var word = fields.has("transport") ? fields.text("transport") : Registration.HTTP;
    var transport = word == null ? null : Registration.transport(word);
    if (transport == null) {
      fields.wrong("transport", "has to be one of streamable_http, sse, stdio");
      return null;
    }
    if (transport.equals(Registration.STDIO)) {
      return child();
    }
    forbid("a process", "command", "args", "env");
    var url = url();
    var credentials = credentials();
    return transport.equals(Registration.SSE)
        ? new Endpoint.Sse(url, credentials)
        : new Endpoint.Http(url, credentials);
  }

  private Endpoint child() {
    forbid("a server that has a URL", "url", "auth_type", "auth_config");
    var command = fields.needed("command", "is missing: a stdio server needs one");
    var env = fields.pairs("env", MOST_WORDS);
    if (!env.keySet().stream().allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"))) {
      fields.wrong("env", "has a name that no variable can have");
    }
    var args = fields.texts("args", MOST_WORDS);
    return command == null ? null : new Endpoint.Stdio(command, args, env);
  }

  private void forbid(String whose, String... names) {
    for (var name : names) {
      if (fields.isFilled(name)) {
        fields.wrong(name, "belongs to " + whose + ", which this is not");
      }
    }
  }

  private URI url() {
    var text = fields.needed("url", "is missing: a server that is no process needs one");
    if (text == null) {
      return null;
    }
    try {
      var url = new URI(text.strip());
      var scheme = String.valueOf(url.getScheme());
      if (!scheme.matches("(?i)https?") || url.getHost() == null || text.length() > LONGEST_URL) {
        fields.wrong("url", "has to be an http or https URL such as https://mcp.example.com/mcp");
      } else if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
        fields.wrong("url", "has a user, a password or a #: give credentials in auth_config");
      }
      return url;
    } catch (URISyntaxException e) {
      fields.wrong("url", "has to be an http or https URL such as https://mcp.example.com/mcp");
      return null;
    }
  }

  private Credentials credentials() {
    var type = fields.has("auth_type") ? fields.text("auth_type") : "none";
    var config = fields.object("auth_config");
    return switch (String.valueOf(type)) {
      case "none" -> {
        config.checkNames(Set.of());
        yield new None();
      }
      case "bearer" -> {
        config.checkNames(Set.of("token"));
        yield new Bearer(secret(config, "token", "bearer"));
      }
      case "api_key" -> {
        config.checkNames(Set.of("api_key", "key_name"));
        yield new ApiKey(header(config), secret(config, "api_key", "api_key"));
      }
      case "client_credentials" -> clientCredentials(config);
      default -> {
        fields.wrong("auth_type", "has to be one of none, bearer, api_key, client_credentials");
        yield null;
      }
    };
  }

  private static String header(Fields config) {
    var name = config.has("key_name") ? config.text("key_name") : USUAL_HEADER;
    if (name != null
        && (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
            || NOT_KEYS.contains(name.toLowerCase(Locale.ROOT)))) {
      config.wrong("key_name", "has to be the name of a header that may carry a key");
    }
    return name;
  }

  private static Credentials clientCredentials(Fields config) {
    config.checkNames(Set.of("client_id", "client_secret", "private_key", "algorithm", "scope"));
    var id = config.needed("client_id", "is missing: auth_type client_credentials needs one");
    if (config.has("client_secret") == config.has("private_key")) {
      config.wrong(
          "client_secret",
          "is missing: auth_type client_credentials needs either client_secret or private_key");
    }
    return new ClientCredentials(
        id,
        config.text("client_secret"),
        config.text("private_key"),
        config.text("algorithm"),
        config.text("scope"));
  }

  /** It becomes part of a header, so it is one line. */
  private static String secret(Fields config, String name, String type) {
    var text = config.needed(name, "is missing: auth_type " + type + " needs it");
    if (text != null && !text.matches("[\\x21-\\x7e]+( [\\x21-\\x7e]+)*")) {
      config.wrong(name, "has to be one line of visible ASCII characters");
    }
    return text;
  }
}
