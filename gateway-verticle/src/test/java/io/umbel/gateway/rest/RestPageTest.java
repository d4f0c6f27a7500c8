package io.umbel.gateway.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/rest.md} do what the page says. */
class RestPageTest {

  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @Test
  void itsExamplesRun() throws IOException, InterruptedException {
    var script = SHELL
        .matcher(page())
        .results()
        .map(MatchResult::group)
        .map(block -> block.replace("```sh", "").replace("```", ""))
        .collect(Collectors.joining("\n", "set -e\n", "\necho; echo \"key=$KEY next=$NEXT\"\n"));
    try (var gateways = new RestGateways()) {
      var ann = gateways.admin("page");
      var shell = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
      shell.environment().put("UMBEL", "http://127.0.0.1:" + ann.port());
      shell.environment().put("TOKEN", ann.token());
      var process = shell.start();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(said).containsPattern("key=umk_[A-Za-z0-9_-]{43} next=[A-Za-z0-9_-]+");
      var key = said.replaceFirst("(?s).*key=(\\S+) .*", "$1").strip();
      assertThat(gateways.client(gateways.a, key).tools()).isNotEmpty();
    }
  }

  @Test
  void namesEachScope() throws IOException {
    var page = page();
    for (var operation : Contract.read().operations()) {
      assertThat(page).contains(operation.scope() == null ? "openapi.json" : operation.scope());
    }
  }

  private static String page() throws IOException {
    var place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("docs"))) {
      place = place.getParent();
    }
    return Files.readString(place.resolve("docs/rest.md"));
  }
}
