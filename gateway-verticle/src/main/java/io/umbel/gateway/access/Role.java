package io.umbel.gateway.access;

import java.util.Locale;
import java.util.Optional;

/** How much an agent may do in a project; each may do what those before it may. */
public enum Role {
  READER,
  WRITER,
  ADMIN;

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that word. */
  public static Optional<Role> of(String word) {
    for (var role : values()) {
      if (role.word().equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** Whether this is enough where that one is needed. */
  public boolean isEnoughFor(Role needed) {
    return compareTo(needed) >= 0;
  }
}
