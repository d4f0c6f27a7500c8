package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.registry.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each behaviour with {@code setsid}, as on Linux, and without, as on macOS. */
@Timeout(60)
class GuardTest {

  /** What a machine has. */
  enum Machine {
    WITH_SETSID,
    WITHOUT_SETSID
  }

  @TempDir
  Path directory;

  @TempDir
  static Path programs;

  @ParameterizedTest
  @EnumSource
  void carriesInputAndOutput(Machine machine) throws Exception {
    var process = start(machine, "cat");
    process.outputWriter().append("hello\n").flush();
    assertThat(process.inputReader().readLine()).isEqualTo("hello");
    process.getOutputStream().close();
    assertThat(status(process)).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void endsWithTheStatusOfTheCommand(Machine machine) throws Exception {
    assertThat(status(start(machine, "sh", "-c", "exit 3"))).isEqualTo(3);
    assertThat(status(start(machine, "no-such-command"))).isEqualTo(127);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void endsTheWholeGroupWhenInputEnds(Machine machine) throws Exception {
    var process = start(machine, "sh", "-c", "sleep 1000 & echo started; sleep 1000");
    assertThat(process.inputReader().readLine()).isEqualTo("started");
    var all = process.descendants().toList();
    process.getOutputStream().close();
    assertThat(status(process)).isEqualTo(143);
    Gone.awaitEnd(all);
  }

  @ParameterizedTest
  @EnumSource
  void killsWhatIgnoresToBeEnded(Machine machine) throws Exception {
    var process = start(machine, "sh", "-c", "trap '' TERM; echo started; sleep 1000; sleep 1000");
    assertThat(process.inputReader().readLine()).isEqualTo("started");
    var all = process.descendants().toList();
    process.getOutputStream().close();
    assertThat(status(process)).isEqualTo(137);
    Gone.awaitEnd(all);
  }

  @ParameterizedTest
  @EnumSource
  void endsWhatItsCommandLeftBehind(Machine machine) throws Exception {
    var process = start(machine, "sh", "-c", "sleep 1000 & echo $!; exit 4");
    var left = handle(process.inputReader().readLine());
    assertThat(status(process)).isEqualTo(4);
    Gone.awaitEnd(List.of(left));
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void endsTheGroupThoughItsInputIsOpen(Machine machine) throws Exception {
    var process = start(machine, "sh", "-c", "read go; echo $go; sleep 1000");
    process.outputWriter().append("started\n").flush();
    assertThat(process.inputReader().readLine()).isEqualTo("started");
    process.toHandle().destroy();
    assertThat(status(process)).isEqualTo(143);
  }

  @ParameterizedTest
  @EnumSource
  void endsTheGroupThoughItWasKilledItself(Machine machine) throws Exception {
    var process = start(machine, "sh", "-c", "read go; echo $$; sleep 1000");
    process.outputWriter().append("go\n").flush();
    var command = handle(process.inputReader().readLine());
    process.toHandle().destroyForcibly();
    Gone.awaitEnd(List.of(command));
    Gone.awaitEmpty(directory);
  }

  @Test
  @EnabledIf("linux")
  void refusesToRunWhatItCouldNotEnd() throws Exception {
    var process = start("dash", Machine.WITHOUT_SETSID, "sleep", "1000");
    assertThat(process.errorReader().lines())
        .contains("There is no setsid here, and this shell cannot do without");
    assertThat(status(process)).isEqualTo(125);
    assertThat(directory).isEmptyDirectory();
  }

  static boolean linux() {
    return Files.exists(Path.of("/usr/bin/dash"));
  }

  private Process start(Machine machine, String... command) throws IOException {
    return start(machine == Machine.WITH_SETSID ? "/bin/sh" : "bash", machine, command);
  }

  private Process start(String shell, Machine machine, String... command) throws IOException {
    var path = machine == Machine.WITH_SETSID ? System.getenv("PATH") : pathWithout();
    Server server = Workshop.server(List.of(command), Map.of("PATH", path));
    var times = new StdioSettings.Times(
        Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2));
    var settings = Workshop.settings(directory, Allowance.NONE, times);
    return new Launch(settings, shell).start(server);
  }

  private static synchronized String pathWithout() throws IOException {
    for (var program : List.of("sh", "cat", "sleep", "mkfifo", "rm")) {
      var link = programs.resolve(program);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, find(program));
      }
    }
    return programs.toString();
  }

  private static Path find(String program) {
    return List.of(System.getenv("PATH").split(":", -1)).stream()
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static int status(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
