package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process that runs a server is killed: nothing of the server's is left. */
@Timeout(60)
class NoOrphansTest {

  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"session", "clinging"})
  void leavesNoProcessBehindWhenItIsKilled(String behaviour) throws Exception {
    endsEverything(behaviour, Process::destroyForcibly);
  }

  @Test
  void leavesNoProcessBehindWhenItIsEnded() throws Exception {
    endsEverything("session", Process::destroy);
  }

  private void endsEverything(String behaviour, Consumer<Process> end) throws Exception {
    var command = ScriptedServer.command(behaviour);
    command.set(command.indexOf(ScriptedServer.class.getName()), NodeToKill.class.getName());
    command.add(command.size() - 1, directory.toString());
    var node = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    assertThat(node.inputReader().readLine()).isEqualTo("2025-06-18");
    var children = node.descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(4);
    end.accept(node);
    Gone.awaitEnd(children);
    Gone.awaitEmpty(directory);
  }
}
