package io.umbel.registry.scan;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names by which clients know the tools of everybody else, and whether something is made to be
 * taken for one of them. It is, where the name it is listed by looks like such a name, where its
 * own name looks like that of another server's tool with its namespace, or where its title or
 * description speaks of one: a server has no reason to tell a model what to do with another
 * server's tools.
 *
 * <p>Names are compared as they look: without case, separators and accents, with {@code 0} for
 * {@code o} and {@code 1} for {@code l} and {@code i}. Short names are passed over, and so are
 * names without an underscore in texts: they are words of every day. Two servers may well have
 * tools of the same own name; that alone is nothing.
 */
final class Others {

  private static final int SHORTEST = 6;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{6,64}");

  private final Map<String, String> looks = new HashMap<>();
  private final Map<String, String> looksOfServers = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  /** A tool of this house. */
  void addOurs(String name) {
    if (name.length() >= SHORTEST) {
      names.add(name);
      looks.putIfAbsent(look(name), name);
    }
  }

  /** A tool of another server, as it is listed. */
  void addServers(String listedName) {
    addOurs(listedName);
    looksOfServers.putIfAbsent(look(listedName), listedName);
  }

  /** The name that a name in the same lists looks like, or null. */
  String likened(String listedName) {
    return looks.get(look(listedName));
  }

  /**
   * The name of a server's tool, with its namespace, that a tool's own name looks like, or null.
   */
  String copied(String ownName) {
    return ownName.length() < SHORTEST ? null : looksOfServers.get(look(ownName));
  }

  /** The name that this text speaks of, or null; one of ours that is its own too does not count. */
  String mentioned(String text, Set<String> own) {
    var words = WORD.matcher(text == null ? "" : text);
    while (words.find()) {
      var word = words.group().replaceAll("[.-]+$", "");
      if (word.contains("_") && names.contains(word) && !isOwn(word, own)) {
        return word;
      }
    }
    return null;
  }

  private boolean isOwn(String word, Set<String> own) {
    return own.contains(word) && !looksOfServers.containsValue(word);
  }

  private static String look(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replace('0', 'o')
        .replace('1', 'l')
        .replace('i', 'l')
        .replaceAll("[^a-z0-9]", "");
  }
}
