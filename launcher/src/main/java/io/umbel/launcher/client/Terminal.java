package io.umbel.launcher.client;

import java.io.Console;
import java.util.Optional;

/** Whether somebody watches what is written: then it may be written over. */
public final class Terminal {

  private Terminal() {}

  /** Whether standard input and output are one. */
  public static boolean isHere() {
    return Optional.ofNullable(System.console()).map(Terminal::isOne).orElse(false);
  }

  /** From Java 22 on there is a console without a terminal too, and it can tell. */
  private static boolean isOne(Console console) {
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
