package io.umbel.tools.issues.manage;

import io.umbel.tools.issues.tracker.RemoteKind;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What clients say of how a tracker on another server is reached. */
final class RemoteForm {

  /** What stands in the place of a secret. */
  static final String HIDDEN = "***";

  static final Set<String> MEMBERS = Set.of("url", "auth_type", "api_key", "connection_details");

  private static final int LONGEST_URL = 1024;
  private static final int LONGEST_KEY = 16_384;
  private static final String TOKEN = "api_token";
  private static final String APP = "github_app";

  private final RemoteKind kind;
  private final Checks checks;
  private final JsonObject before;

  /**
   * One over those checks.
   *
   * @param before the tracker as it is, or null for a new one
   */
  RemoteForm(RemoteKind kind, Checks checks, JsonObject before) {
    this.kind = kind;
    this.checks = checks;
    this.before = before;
  }

  void check() {
    checkUrl();
    var auth = said("auth_type");
    var hasApps = !kind.form().app().isEmpty();
    if (auth != null && !TOKEN.equals(auth) && !(hasApps && APP.equals(auth))) {
      checks.wrong("/auth_type", "has to be " + (hasApps ? "one of " + TOKEN + ", " + APP : TOKEN));
    }
    checkDetails(APP.equals(auth));
    checkKey();
  }

  /** The same tracker with all that was said of how it is reached; after {@link #check}. */
  Wanted wanted(JsonObject tracker) {
    var after = tracker
        .put("url", url().toString())
        .put("auth_type", auth())
        .put("connection_details", details().copy());
    var isReconnected = before == null
        || secret() != null
        || !Objects.equals(before.getString("url"), after.getString("url"))
        || !Objects.equals(before.getString("auth_type"), after.getString("auth_type"))
        || !details().equals(before.getJsonObject("connection_details"));
    return new Wanted(after, secret(), isReconnected);
  }

  private void checkUrl() {
    var url = said("url");
    if (url == null && kind.form().usualUrl() == null) {
      checks.wrong("/url", "is missing: a tracker of the kind " + kind.type() + " needs one");
    } else if (url != null && uri(url) == null) {
      checks.wrong(
          "/url",
          "has to be an http or https URL such as https://git.example.com/api, without a user, a"
              + " password, ? or #");
    }
  }

  private void checkDetails(boolean isApp) {
    if (!(said("connection_details") instanceof JsonObject details)) {
      if (said("connection_details") != null) {
        checks.wrong("/connection_details", "has to be an object");
      }
      checkApp(new JsonObject(), isApp);
      return;
    }
    var known = kind.form().details();
    checks.members(details, "/connection_details/", known.keySet());
    known.forEach((name, word) -> {
      if (details.getValue(name) != null && !word.fits(details.getValue(name))) {
        checks.wrong("/connection_details/" + name, "has to be " + word.expected());
      }
    });
    checkApp(details, isApp);
  }

  private void checkApp(JsonObject details, boolean isApp) {
    kind.form().app().stream()
        .filter(name -> isApp && details.getValue(name) == null)
        .sorted()
        .forEach(name -> checks.wrong(
            "/connection_details/" + name, "is missing: auth_type " + APP + " needs it"));
  }

  /** What opens one server must not be shown to another because somebody wrote another URL. */
  private void checkKey() {
    var key = checks.body().getValue("api_key");
    if (key != null && !(key instanceof String text && isKey(text))) {
      checks.wrong("/api_key", "has to be a text of 1 to " + LONGEST_KEY + " ASCII characters");
    } else if (secret() == null && before == null) {
      checks.wrong("/api_key", "is missing: a tracker on another server needs one");
    } else if (secret() == null && isElsewhere()) {
      checks.wrong(
          "/api_key",
          "is needed again: the one that is kept is for another server, or another kind"
              + " of key");
    }
  }

  private boolean isElsewhere() {
    var now = uri(said("url") == null ? kind.form().usualUrl() : said("url"));
    var then = uri(before.getString("url"));
    return now == null
        || then == null
        || !place(now).equals(place(then))
        || !auth().equals(before.getString("auth_type"));
  }

  private String secret() {
    var key = checks.body().getValue("api_key");
    return key instanceof String text && !text.equals(HIDDEN) ? text.strip() : null;
  }

  private URI url() {
    return uri(said("url") == null ? kind.form().usualUrl() : said("url"));
  }

  private String auth() {
    return said("auth_type") == null ? TOKEN : String.valueOf(said("auth_type"));
  }

  private JsonObject details() {
    return said("connection_details") instanceof JsonObject said ? said : new JsonObject();
  }

  /** What the body says of it, or what was said before; null where nothing is. */
  private Object said(String member) {
    var now = checks.body().getValue(member);
    return now == null && before != null ? before.getValue(member) : now;
  }

  /** A key is one line, unless it is an app's private key in PEM. */
  private static boolean isKey(String text) {
    var key = text.strip();
    return !key.isEmpty()
        && key.length() <= LONGEST_KEY
        && (key.matches("[\\x21-\\x7e]+")
            || key.matches("(?s)-----BEGIN [A-Z ]+-----[\\x0a\\x0d\\x20-\\x7e]+"));
  }

  private static String place(URI url) {
    var port = url.getPort() < 0 ? ("https".equals(url.getScheme()) ? 443 : 80) : url.getPort();
    return url.getScheme() + " " + url.getHost().toLowerCase(Locale.ROOT) + " " + port;
  }

  /** Without a slash at the end; null where it is none. */
  private static URI uri(Object said) {
    if (!(said instanceof String text) || text.length() > LONGEST_URL) {
      return null;
    }
    try {
      var url = new URI(text.strip().replaceFirst("/+$", ""));
      var fits = String.valueOf(url.getScheme()).matches("https?")
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null;
      return fits ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
