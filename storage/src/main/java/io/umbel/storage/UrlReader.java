package io.umbel.storage;

import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a database URL. By hand, since {@link java.net.URI} knows no host with an underscore, and
 * its complaints show the password.
 */
final class UrlReader {

  private static final Pattern FORM = Pattern.compile("(?:postgresql|postgres)://"
      + "(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@"
      + "(?<host>\\[[0-9A-Fa-f:.%]+]|[^:@/?#\\[\\]]+)(?::(?<port>[0-9]{1,5}))?"
      + "(?:/(?<database>[^/?#]*))?(?:\\?(?<query>[^#]*))?");

  private static final String MODE = "sslmode";
  private static final String ROOT = "sslrootcert";

  private final String text;

  UrlReader(String text) {
    this.text = text;
  }

  DatabaseUrl read() {
    var matcher = FORM.matcher(text);
    if (!matcher.matches() || matcher.group("user").isEmpty()) {
      throw StorageRefusal.unusableUrl(
          "it is not of the form postgresql://user:password@host:5432/database"
              + " (write the characters : / ? # @ % of a password as %3A %2F %3F %23 %40 %25)");
    }
    var user = part(matcher, "user");
    var database = part(matcher, "database");
    return new DatabaseUrl(
        matcher.group("host").replaceAll("[\\[\\]]", ""),
        port(matcher.group("port")),
        database.isEmpty() ? user : database,
        user,
        part(matcher, "password"),
        tls(parameters(matcher.group("query"))));
  }

  private static int port(String digits) {
    var port = digits == null ? DatabaseUrl.USUAL_PORT : Integer.parseInt(digits);
    if (port < 1 || port > 65535) {
      throw StorageRefusal.unusableUrl("there is no port " + port);
    }
    return port;
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new TreeMap<String, String>();
    if (query != null && !query.isEmpty()) {
      for (var pair : query.split("&", -1)) {
        var cut = pair.indexOf('=');
        parameters.put(cut < 0 ? pair : pair.substring(0, cut), decoded(pair.substring(cut + 1)));
      }
    }
    return parameters;
  }

  /** A parameter that is not understood may be one that was meant to protect something. */
  private static Tls tls(Map<String, String> parameters) {
    var mode = parameters.getOrDefault(MODE, Tls.word(SslMode.PREFER));
    var root = parameters.getOrDefault(ROOT, "");
    parameters.keySet().stream()
        .filter(name -> !name.equals(MODE) && !name.equals(ROOT))
        .findFirst()
        .ifPresent(name -> {
          throw StorageRefusal.unusableUrl(
              "its parameter \"" + name + "\" is not known here: use sslmode and sslrootcert");
        });
    return new Tls(mode(mode), root);
  }

  private static SslMode mode(String word) {
    return Arrays.stream(SslMode.values())
        .filter(mode -> Tls.word(mode).equals(word))
        .findFirst()
        .orElseThrow(() -> StorageRefusal.unusableUrl("sslmode is \"" + word
            + "\": expected disable, allow, prefer, require, verify-ca or verify-full"));
  }

  private static String part(Matcher matcher, String name) {
    var raw = matcher.group(name);
    return raw == null ? "" : decoded(raw);
  }

  /** A plus sign is a plus sign here. */
  private static String decoded(String raw) {
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw StorageRefusal.unusableUrl("a % in it is not followed by two hexadecimal digits");
    }
  }
}
