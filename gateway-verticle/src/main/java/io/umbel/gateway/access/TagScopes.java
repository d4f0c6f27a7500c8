package io.umbel.gateway.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which scopes a caller needs for tools with certain tags: all that any of a tool's tags asks for.
 * Immutable.
 */
public final class TagScopes {

  /** What an entry has to be, in words. */
  public static final String EXPECTED = "entries such as `admin: admin`: a tag, a colon, then the "
      + "scopes that its tools need, with spaces between them";

  /** Who has this scope has every other one. */
  public static final String ADMIN = "admin";

  private static final Pattern GRAMMAR = Pattern.compile("[^\\s:,]+:( +[^\\s,]+)+");

  /** Tools tagged {@code admin} need the scope {@code admin}. */
  public static final TagScopes USUAL = of(List.of("admin: admin"));

  private final Map<String, Set<String>> byTag;

  private TagScopes(Map<String, Set<String>> byTag) {
    this.byTag = byTag;
  }

  /** Whether that text is an entry. */
  public static boolean isEntry(String text) {
    return GRAMMAR.matcher(text).matches();
  }

  /**
   * These entries; two of one tag ask for the scopes of both.
   *
   * @throws IllegalArgumentException if one of them is none
   */
  public static TagScopes of(List<String> entries) {
    var byTag = new HashMap<String, Set<String>>();
    for (var entry : entries) {
      if (!isEntry(entry)) {
        throw new IllegalArgumentException("\"" + entry + "\": expected " + EXPECTED);
      }
      var colon = entry.indexOf(':');
      var scopes = entry.substring(colon + 1).strip().split(" +");
      byTag
          .computeIfAbsent(entry.substring(0, colon), tag -> new TreeSet<>())
          .addAll(Arrays.asList(scopes));
    }
    return new TagScopes(byTag);
  }

  /** Whether these scopes are enough for a tool with those tags. */
  public boolean allow(Set<String> scopes, Collection<String> tags) {
    return scopes.contains(ADMIN)
        || tags.stream().allMatch(tag -> scopes.containsAll(byTag.getOrDefault(tag, Set.of())));
  }
}
