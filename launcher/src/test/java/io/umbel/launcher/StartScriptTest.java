package io.umbel.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code umbel}, with JDKs that only say what they were started with. */
class StartScriptTest {

  @TempDir
  Path directory;

  private Path installed;
  private Path home;

  private record Run(int status, String output) {}

  @BeforeEach
  void install() throws IOException {
    installed = Files.createDirectories(directory.resolve("in stalled"));
    home = Files.createDirectories(directory.resolve("home"));
    Files.copy(UmbelProcess.home().resolve("umbel"), installed.resolve("umbel"));
    Files.createDirectories(installed.resolve("launcher/target"));
    Files.createFile(installed.resolve("launcher/target/umbel.jar"));
  }

  @Test
  void takesTheNewestJdkThereIs() throws Exception {
    jdk("21.0.9-tem", "98.0.9");
    jdk("25-tem", "98.0.10");
    jdk("9-open", "9.0.4");

    assertThat(run(Map.of(), "up").output()).startsWith("98.0.10 ");
  }

  @Test
  void takesNoOtherThanTheOneThatIsNamed() throws Exception {
    jdk("new", "98.0.9");
    var named = jdk("named", "17.0.1").toString();

    assertThat(run(Map.of("UMBEL_JAVA_HOME", named), "up").output()).startsWith("17.0.1 ");
  }

  @Test
  void saysThatThereIsNoJdk() throws Exception {
    var old = jdk("old", "11.0.2").toString();

    var run = run(Map.of("UMBEL_JAVA_HOME", old), "up");

    assertThat(run.status()).isEqualTo(6);
    assertThat(run.output()).startsWith("umbel: No JDK 17 or newer was found").contains("11.0.2");
  }

  @Test
  void passesArgumentsOnFromAnywhereAndThroughSymlinks() throws Exception {
    jdk("new", "98.0.9");
    var link = Files.createSymbolicLink(directory.resolve("b"), Path.of("in stalled/umbel"));
    Files.createSymbolicLink(home.resolve("a"), link);

    var run = run(home, home.resolve("a"), Map.of(), "call", "two words");

    assertThat(run.status()).isZero();
    assertThat(run.output())
        .contains("[-Dumbel.home=" + installed.toRealPath() + "]")
        .contains("[-jar][" + installed.toRealPath() + "/launcher/target/umbel.jar]")
        .endsWith("[call][two words]\n");
  }

  @Test
  void takesNoMoreMemoryThanANodeNeeds() throws Exception {
    jdk("new", "98.0.9");

    assertThat(run(Map.of(), "up").output()).contains("[-Xmx512m]", "[-XX:+UseSerialGC]");
  }

  @Test
  void leavesMemoryAndCollectorToWhoeverNamesThem() throws Exception {
    jdk("new", "98.0.9");

    assertThat(run(Map.of("UMBEL_JAVA_OPTS", "-XX:MaxRAMPercentage=50"), "up").output())
        .contains("[-XX:+UseSerialGC]", "[-XX:MaxRAMPercentage=50]")
        .doesNotContain("-Xmx");
    assertThat(run(Map.of("UMBEL_JAVA_OPTS", "-Xmx2g -XX:+UseG1GC"), "up").output())
        .contains("[-Xmx2g][-XX:+UseG1GC]")
        .doesNotContain("-Xmx512m", "UseSerialGC");
  }

  @Test
  void saysThatItCannotBuildWithoutMaven() throws Exception {
    jdk("new", "98.0.9");
    Files.createFile(installed.resolve("pom.xml"));
    Files.delete(installed.resolve("launcher/target/umbel.jar"));

    var run = run(Map.of("PATH", toolsWithoutMaven()), "up");

    assertThat(run.status()).isEqualTo(7);
    assertThat(run.output()).contains("Maven is needed");
  }

  /** A JDK that prints its version and its arguments. */
  private Path jdk(String name, String version) throws IOException {
    var jdk = home.resolve(".sdkman/candidates/java").resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    var script = "#!/bin/sh\nprintf '" + version + " '\nprintf '[%s]' \"$@\"\necho\n";
    for (var program : List.of("java", "javac")) {
      executable(Files.writeString(jdk.resolve("bin").resolve(program), script));
    }
    return jdk;
  }

  private String toolsWithoutMaven() throws IOException {
    var tools = Files.createDirectories(directory.resolve("tools"));
    for (var name : List.of("dirname", "readlink", "tr", "find", "head")) {
      var script = "#!/bin/sh\nPATH=/usr/bin:/bin exec " + name + " \"$@\"\n";
      executable(Files.writeString(tools.resolve(name), script));
    }
    return tools.toString();
  }

  private Run run(Map<String, String> environment, String... arguments) throws Exception {
    return run(directory, installed.resolve("umbel"), environment, arguments);
  }

  private Run run(Path from, Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    var command = new ArrayList<>(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(from.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
