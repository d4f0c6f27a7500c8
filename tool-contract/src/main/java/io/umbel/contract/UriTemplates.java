package io.umbel.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the variables out of a URI by a template of simple expressions. A variable is one or more
 * characters without a slash, percent-decoded.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6570">RFC 6570, level 1</a>
 */
public final class UriTemplates {

  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_]+)}");

  private UriTemplates() {}

  /** The variables by name, or null where the URI is not of that form. */
  public static Map<String, String> match(String template, String uri) {
    var names = new ArrayList<String>();
    var matcher = pattern(template, names).matcher(uri);
    if (!matcher.matches()) {
      return null;
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), decoded(matcher.group(i + 1)));
    }
    return values;
  }

  private static Pattern pattern(String template, List<String> names) {
    var regex = new StringBuilder();
    var variables = VARIABLE.matcher(template);
    var literal = 0;
    while (variables.find()) {
      regex
          .append(Pattern.quote(template.substring(literal, variables.start())))
          .append("([^/]+)");
      names.add(variables.group(1));
      literal = variables.end();
    }
    return Pattern.compile(
        regex.append(Pattern.quote(template.substring(literal))).toString());
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
