package io.umbel.gateway.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Leaves out what is secret, by the names of members: those that are, or have between underscores,
 * one of the words here. {@code author}, {@code monkey} and {@code keyboard} are none.
 */
public final class Redaction {

  /** What stands in place of a secret. */
  public static final String HIDDEN = "***";

  private static final Pattern SECRET =
      Pattern.compile("(?:^|_)(?:passwords?|secrets?|token|api_keys?"
          + "|authorization|credentials?|private_keys?|cookies?)(?:_|$)|^tokens$");

  /** Where a name in camel case has its next word. */
  private static final Pattern NEXT_WORD =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private Redaction() {}

  /** A copy without what is secret, however deep; null of null. */
  public static JsonObject of(JsonObject json) {
    if (json == null) {
      return null;
    }
    var redacted = new JsonObject();
    json.forEach(member -> redacted.put(
        member.getKey(),
        isSecret(member.getKey()) && member.getValue() != null
            ? HIDDEN
            : redacted(member.getValue())));
    return redacted;
  }

  static boolean isSecret(String name) {
    var words = NEXT_WORD.matcher(name.replace('-', '_')).replaceAll("_").toLowerCase(Locale.ROOT);
    return SECRET.matcher(words).find();
  }

  private static Object redacted(Object value) {
    if (value instanceof JsonObject object) {
      return of(object);
    } else if (value instanceof JsonArray array) {
      var redacted = new JsonArray();
      array.forEach(element -> redacted.add(redacted(element)));
      return redacted;
    }
    return value;
  }
}
