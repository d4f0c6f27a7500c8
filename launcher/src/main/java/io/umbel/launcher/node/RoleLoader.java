package io.umbel.launcher.node;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.Deployable;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the class behind a role: {@code issues} is {@code io.umbel.tools.issues.IssuesTools}, and a
 * word with a dot in it is a class name already.
 */
public final class RoleLoader {

  /** The families of tools that come with Umbel. */
  static final List<String> FAMILIES =
      List.of("demo", "system", "issues", "compliance", "search", "entities");

  private final ClassLoader classes;

  public RoleLoader(ClassLoader classes) {
    this.classes = classes;
  }

  /**
   * A new verticle of that role.
   *
   * @throws Refusal if there is no such class, or it is no verticle
   */
  public Role load(String word) {
    var name = className(word);
    try {
      var type = Class.forName(name, true, classes);
      if (!Deployable.class.isAssignableFrom(type)) {
        throw Refusal.notAVerticle(name, "it neither extends ToolVerticle nor another verticle");
      }
      return new Role(word, (Deployable) type.getConstructor().newInstance());
    } catch (ClassNotFoundException e) {
      throw Refusal.unknownRole(word, name, builtIn());
    } catch (InvocationTargetException e) {
      throw Refusal.notAVerticle(name, "its constructor failed: " + Refusal.reason(e.getCause()));
    } catch (ReflectiveOperationException e) {
      throw Refusal.notAVerticle(name, "it needs a public constructor without parameters");
    } catch (LinkageError e) {
      throw Refusal.notAVerticle(name, "it does not fit this version of Umbel: " + e.getMessage());
    }
  }

  static String className(String word) {
    return word.indexOf('.') >= 0
        ? word
        : "io.umbel.tools." + word.replace("-", "") + "." + camelCase(word) + "Tools";
  }

  private static List<String> builtIn() {
    return Stream.concat(Stream.of(Role.GATEWAY, Role.REGISTRY), FAMILIES.stream())
        .toList();
  }

  private static String camelCase(String word) {
    return Arrays.stream(word.split("-"))
        .filter(part -> !part.isEmpty())
        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
        .collect(Collectors.joining());
  }
}
