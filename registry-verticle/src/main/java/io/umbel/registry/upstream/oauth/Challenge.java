package io.umbel.registry.upstream.oauth;

import java.util.regex.Pattern;

/**
 * What a server wants, as its {@code WWW-Authenticate} says.
 *
 * @param metadata where it tells of its authorization servers, or null
 * @param scope what it wants a token to be good for, or null
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5.1">RFC 9728, section 5.1</a>
 */
record Challenge(String metadata, String scope) {

  private static final Pattern METADATA = parameter("resource_metadata");
  private static final Pattern SCOPE = parameter("scope");

  static Challenge of(String header) {
    return header == null
        ? new Challenge(null, null)
        : new Challenge(first(METADATA, header), first(SCOPE, header));
  }

  private static Pattern parameter(String name) {
    return Pattern.compile(
        "(?:^|[\\s,])" + name + "\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))", Pattern.CASE_INSENSITIVE);
  }

  private static String first(Pattern pattern, String header) {
    var found = pattern.matcher(header);
    if (!found.find()) {
      return null;
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }
}
