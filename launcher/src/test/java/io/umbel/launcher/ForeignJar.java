package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * What somebody outside this repository makes by the recipe: one source file, compiled, in a jar.
 */
final class ForeignJar {

  static final String CLASS = "com.acme.GreetingTools";

  private static final Pattern RECIPE =
      Pattern.compile("```java\\n(package com\\.acme;.*?)```", Pattern.DOTALL);
  private static final String COMPILED = "com/acme/GreetingTools.class";

  private ForeignJar() {}

  /** Compiles the recipe there and packs it. */
  static Path compiledIn(Path directory) throws IOException {
    var source = directory.resolve("GreetingTools.java");
    Files.writeString(source, recipe());
    var classes = directory.resolve("classes").toString();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var path = System.getProperty("java.class.path");
    var status =
        compiler.run(null, null, null, "-proc:none", "-cp", path, "-d", classes, source.toString());
    assertThat(status).as("status of the compiler").isZero();
    return packed(directory, directory.resolve("classes").resolve(COMPILED));
  }

  private static String recipe() throws IOException {
    var readme = RECIPE.matcher(Files.readString(UmbelProcess.home().resolve("README.md")));
    assertThat(readme.find()).as("the recipe in README.md").isTrue();
    return readme.group(1);
  }

  private static Path packed(Path directory, Path compiled) throws IOException {
    var jar = directory.resolve("greeting.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(COMPILED));
      Files.copy(compiled, out);
    }
    return jar;
  }
}
