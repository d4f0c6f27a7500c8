package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.launcher.client.ClientFile;
import io.umbel.launcher.client.Imported;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

  @TempDir
  private Path directory;

  @Test
  void readsTheFilesOfClaudeAndCursor() throws IOException {
    var file = file("{\"mcpServers\": {\"a\": {\"command\": \"npx\"}, \"b\": {\"url\": \"u\"}}}");

    assertThat(ClientFile.read(file).servers()).containsOnlyKeys("a", "b");
  }

  @Test
  void readsTheFilesOfVisualStudioCode() throws IOException {
    var servers = "{\"servers\": {\"a\": {\"url\": \"u\"},}} // ours";

    assertThat(ClientFile.read(file(servers)).servers()).containsOnlyKeys("a");
    assertThat(ClientFile.read(file("{\"mcp\": {\"servers\": {\"a\": {}}}}")).servers())
        .containsOnlyKeys("a");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    assertThat(refusedFile("{\"name\": 1}"))
        .hasMessageContaining("it has neither \"mcpServers\" nor \"servers\" in it");
    assertThat(refusedFile("{\"name\"")).hasMessageContaining("it is not JSON (line 1)");
    assertThat(refusedFile("[]")).hasMessageContaining("it is not a JSON object");
  }

  @Test
  void takesAProcessOver() {
    assertThat(
            imported("{\"command\": \"npx\", \"args\": [\"-y\", \"x\"], \"env\": {\"A\": \"b\"}}"))
        .isEqualTo(JsonObject.of("name", "x", "transport", "stdio", "command", "npx")
            .put("args", JsonArray.of("-y", "x"))
            .put("env", JsonObject.of("A", "b")));
  }

  @Test
  void takesAServerOverWithWhatOpensIt() {
    assertThat(imported("{\"type\": \"sse\", \"url\": \"https://e.example/sse\"}"))
        .isEqualTo(
            JsonObject.of("name", "x", "transport", "sse").put("url", "https://e.example/sse"));
    assertThat(imported("{\"url\": \"https://e.example/\", \"disabled\": true,"
            + " \"headers\": {\"Authorization\": \"Bearer s\"}}"))
        .isEqualTo(JsonObject.of("name", "x", "status", "inactive")
            .put("url", "https://e.example/")
            .put("auth_type", "bearer")
            .put("auth_config", JsonObject.of("token", "s")));
    assertThat(imported("{\"url\": \"https://e.example/\", \"headers\": {\"X-Key\": \"s\"}}")
            .getJsonObject("auth_config"))
        .isEqualTo(JsonObject.of("key_name", "X-Key", "api_key", "s"));
  }

  @Test
  void needsNoBridgeToARemoteServer() {
    assertThat(imported("{\"command\": \"npx\", \"args\": [\"-y\", \"mcp-remote@latest\","
            + " \"https://e.example/mcp\", \"--header\", \"Authorization: Bearer s\"]}"))
        .isEqualTo(JsonObject.of("name", "x", "url", "https://e.example/mcp")
            .put("auth_type", "bearer")
            .put("auth_config", JsonObject.of("token", "s")));
  }

  @Test
  void fillsInWhatTheEnvironmentHas() {
    assertThat(imported("{\"url\": \"https://${env:HOST}/\"}").getString("url"))
        .isEqualTo("https://e.example/");
    assertThat(refused("{\"url\": \"https://${env:NOWHERE}/\"}"))
        .hasMessage("it needs ${env:NOWHERE}, which is not set here");
  }

  @Test
  void saysWhatCannotBeTakenOver() {
    assertThat(refused("{\"url\": \"u\", \"headers\": {\"A\": \"${input:key}\"}}"))
        .hasMessage("it needs what its client asks the user for, ${input:key}: write the value into"
            + " a copy of the file, and import that");
    assertThat(refused("{\"url\": \"u\", \"headers\": {\"A\": \"1\", \"B\": \"2\"}}"))
        .hasMessageContaining("it sends the headers A, B, and a server here is sent one");
    assertThat(refused("{\"command\": \"x\", \"cwd\": \"/\"}"))
        .hasMessageContaining("cwd cannot be taken over");
    assertThat(refused("{}")).hasMessage("it has neither a url nor a command");
  }

  private static JsonObject imported(String entry) {
    return new Imported(
            "x", new JsonObject(entry), name -> name.equals("HOST") ? "e.example" : null)
        .server();
  }

  private static Refusal refused(String entry) {
    return catchThrowableOfType(Refusal.class, () -> imported(entry));
  }

  private Refusal refusedFile(String content) throws IOException {
    var file = file(content);
    return catchThrowableOfType(Refusal.class, () -> ClientFile.read(file));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "mcp", ".json"), content);
  }
}
