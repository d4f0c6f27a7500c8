package io.umbel.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartedTest {

  @TempDir
  private Path logs;

  @Test
  void measuresNobodyElseWhoHasThePort() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var subject = subject((InetSocketAddress) other.getLocalSocketAddress(), "exit 0");

      assertThatIllegalStateException()
          .isThrownBy(() -> Started.start(subject, logs).close())
          .withMessageContaining("Port " + other.getLocalPort() + " is taken");
    }
  }

  @Test
  void saysWhatAProcessPrintedThatEnded() throws IOException {
    var subject = subject(freeAddress(), "echo no such role; exit 3");

    assertThatIllegalStateException()
        .isThrownBy(() -> Started.start(subject, logs).close())
        .withMessageContaining("part ended with status 3")
        .withMessageContaining("no such role");
  }

  private static Subject subject(InetSocketAddress server, String script) {
    var launch = new Launch("part", List.of("sh", "-c", script), Map.of());
    return new Subject("subject", List.of(launch), server, "/mcp", "tools");
  }

  private static InetSocketAddress freeAddress() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }
}
