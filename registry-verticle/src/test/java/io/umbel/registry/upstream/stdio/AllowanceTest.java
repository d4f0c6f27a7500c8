package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Endpoint.Stdio;
import io.umbel.registry.server.Server;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  private static final String NOT_ALLOWED =
      "The operator does not allow this command with these arguments";

  private final Allowance some =
      Allowance.of(List.of("npx -y @acme/server", "uvx  notes *", "/opt/server"), List.of("NOTES"));

  @Test
  void allowsExactlyWhatIsWritten() {
    assertThat(some.refusal(process("npx", "-y", "@acme/server"))).isEmpty();
    assertThat(some.refusal(process("/opt/server"))).isEmpty();
  }

  @Test
  void refusesOtherArguments() {
    assertThat(some.refusal(process("npx", "-y", "@acme/server", "--root", "/")))
        .contains(NOT_ALLOWED);
    assertThat(some.refusal(process("npx", "-y"))).contains(NOT_ALLOWED);
    assertThat(some.refusal(process("npx", "-y @acme/server"))).contains(NOT_ALLOWED);
    assertThat(some.refusal(process("/opt/server", ""))).contains(NOT_ALLOWED);
  }

  @Test
  void refusesOtherCommands() {
    assertThat(some.refusal(process("sh", "-c", "id"))).contains(NOT_ALLOWED);
    assertThat(some.refusal(process("/usr/bin/npx", "-y", "@acme/server"))).contains(NOT_ALLOWED);
    assertThat(Allowance.NONE.refusal(process("npx"))).contains(NOT_ALLOWED);
  }

  @Test
  void allowsFurtherArgumentsWhereTheOperatorSaysSo() {
    assertThat(some.refusal(process("uvx", "notes"))).isEmpty();
    assertThat(some.refusal(process("uvx", "notes", "--all", "x y"))).isEmpty();
    assertThat(some.refusal(process("uvx", "other"))).contains(NOT_ALLOWED);
    assertThat(some.refusal(process("uvx"))).contains(NOT_ALLOWED);
  }

  @Test
  void refusesVariablesThatTheOperatorDoesNotAllow() {
    var allowed = new Stdio("/opt/server", List.of(), Map.of("NOTES", "n"));
    var refused = new Stdio("/opt/server", List.of(), Map.of("NOTES", "n", "LD_PRELOAD", "x"));
    assertThat(some.refusal(allowed)).isEmpty();
    assertThat(some.refusal(refused))
        .contains("The operator does not allow to set the environment variable LD_PRELOAD");
  }

  @Test
  void allowsTheOperatorsOwnServers() {
    var command = List.of("anything", "at all");
    assertThat(some.refusal(Workshop.server(Server.Key.OPERATOR, command, Map.of())))
        .isEmpty();
    assertThat(some.refusal(Workshop.server("acme", command, Map.of()))).contains(NOT_ALLOWED);
  }

  @Test
  void refusesASettingThatAllowsEverything() {
    assertThatThrownBy(() -> Allowance.of(List.of("*"), List.of()))
        .hasMessage("\"*\" names no command; write it as it is typed, as in: npx -y some-server");
    assertThatThrownBy(() -> Allowance.of(List.of(" "), List.of()))
        .hasMessageStartingWith("\" \" names no command");
  }

  private static Stdio process(String command, String... arguments) {
    return new Stdio(command, List.of(arguments), Map.of());
  }
}
