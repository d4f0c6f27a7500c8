package io.umbel.launcher.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file in which a desktop client keeps its MCP servers: {@code mcpServers} of Claude and
 * Cursor, {@code servers} of VS Code, there also inside {@code mcp}. Comments and trailing commas
 * are fine.
 */
public record ClientFile(Map<String, JsonObject> servers) {

  private static final JsonMapper LENIENT = JsonMapper.builder()
      .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
      .build();

  private static final List<String> WHERE = List.of("mcpServers", "servers");

  /**
   * The servers in that file, by the names they have there.
   *
   * @throws Refusal if it is no such file
   */
  public static ClientFile read(Path file) {
    try {
      return of(file, new JsonObject(LENIENT.readTree(Files.readString(file)).toString()));
    } catch (JsonProcessingException e) {
      throw Refusal.unreadable(file, "it is not JSON (line " + e.getLocation().getLineNr() + ")");
    } catch (IOException e) {
      throw Refusal.unreadable(file, e.toString());
    } catch (DecodeException e) {
      throw Refusal.unreadable(file, "it is not a JSON object");
    }
  }

  private static ClientFile of(Path file, JsonObject content) {
    var inner = content.getValue("mcp") instanceof JsonObject mcp ? mcp : content;
    for (var where : WHERE) {
      if (inner.getValue(where) instanceof JsonObject all) {
        var servers = new LinkedHashMap<String, JsonObject>();
        all.forEach(each -> servers.put(
            each.getKey(),
            each.getValue() instanceof JsonObject server ? server : new JsonObject()));
        return new ClientFile(servers);
      }
    }
    throw Refusal.unreadable(file, "it has neither \"mcpServers\" nor \"servers\" in it");
  }
}
