package io.umbel.tools.entities.builtin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.umbel.contract.Json;
import io.umbel.tools.entities.settings.EntitiesRefusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reads entities from a file: a JSON array of objects, or CSV with a line of names first. Blocks.
 */
final class EntityFile {

  private static final long MOST_BYTES = 256L * 1024 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final ObjectReader CSV = new CsvMapper()
      .readerFor(String[].class)
      .with(CsvParser.Feature.WRAP_AS_ARRAY)
      .with(CsvParser.Feature.SKIP_EMPTY_LINES);

  private final Path path;
  private final EntityLines lines;

  private EntityFile(Path path) {
    this.path = path;
    this.lines = new EntityLines(path.toString());
  }

  /**
   * What is in it.
   *
   * @throws EntitiesRefusal if it cannot be used as a whole; it names the line
   */
  static EntityLines read(Path path) {
    return new EntityFile(path).read();
  }

  private EntityLines read() {
    try (var reader = Files.newBufferedReader(path)) {
      if (Files.size(path) > MOST_BYTES) {
        throw new EntitiesRefusal(
            path.toString(), "larger than the " + MOST_BYTES + " bytes allowed");
      }
      skipByteOrderMark(reader);
      if (path.toString().endsWith(".csv")) {
        readCsv(reader);
      } else {
        readJson(reader);
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw new EntitiesRefusal(path.toString(), "is not UTF-8");
    } catch (JsonProcessingException e) {
      throw new EntitiesRefusal(path.toString(), line(e), e.getOriginalMessage());
    } catch (IOException e) {
      throw new EntitiesRefusal(path.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private void readJson(Reader reader) throws IOException {
    try (var parser = Json.MAPPER.createParser(reader)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw refused(parser, "expected an array of objects");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        var line = parser.currentTokenLocation().getLineNr();
        lines.take(line, parser.readValueAsTree());
      }
      if (parser.nextToken() != null) {
        throw refused(parser, "expected nothing after the array");
      }
    }
  }

  private void readCsv(Reader reader) throws IOException {
    try (MappingIterator<String[]> rows = CSV.readValues(reader)) {
      if (!rows.hasNextValue()) {
        throw new EntitiesRefusal(
            path.toString(), 1, "expected a line with the names of the columns");
      }
      var columns = columns(rows.nextValue());
      while (rows.hasNextValue()) {
        take(columns, rows.getCurrentLocation().getLineNr(), rows.nextValue());
      }
    } catch (RuntimeJsonMappingException e) {
      throw new EntitiesRefusal(path.toString(), e.getMessage());
    }
  }

  private List<String> columns(String[] row) {
    var columns = java.util.Arrays.stream(row).map(String::strip).toList();
    if (!columns.contains("id") || Set.copyOf(columns).size() != columns.size()) {
      throw new EntitiesRefusal(
          path.toString(), 1, "expected names of columns, each once, and one of them id");
    }
    return columns;
  }

  /** An empty cell says nothing. */
  private void take(List<String> columns, int line, String[] row) {
    if (row.length != columns.size()) {
      lines.leaveOut(line, "expected %d cells, not %d".formatted(columns.size(), row.length));
      return;
    }
    var data = JsonNodeFactory.instance.objectNode();
    for (var i = 0; i < row.length; i++) {
      if (!row[i].isBlank()) {
        data.put(columns.get(i), row[i]);
      }
    }
    lines.take(line, data);
  }

  private EntitiesRefusal refused(JsonParser parser, String why) {
    return new EntitiesRefusal(path.toString(), parser.currentLocation().getLineNr(), why);
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }
}
