package io.umbel.gateway.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One row of the record: an entry in its place in the chain of its account.
 *
 * @param seq its number there, from 1
 * @param values of the columns in {@link #COLUMNS}
 * @param link how it hangs on the row before
 */
record Row(String account, long seq, List<Object> values, Link link) {

  /** The columns that say what was done, in the order in which the hash takes them. */
  static final List<String> COLUMNS = List.of(
      "id",
      "ts",
      "user_id",
      "agent_id",
      "project_id",
      "action",
      "tool",
      "server",
      "status",
      "duration_ms",
      "correlation_id",
      "arguments_summary",
      "arguments_hash",
      "policy_decision",
      "rule_id",
      "client_ip",
      "error_code",
      "change");

  /** What hangs before the first row. */
  static final String BEFORE_ALL = "0".repeat(64);

  /**
   * How a row hangs on the one before.
   *
   * @param prev the hash of that one
   * @param hash over that and everything this row says
   */
  record Link(String prev, String hash) {}

  /** That entry as the one after that hash. */
  static Row after(String prev, long seq, Entry entry) {
    var values = values(entry);
    return new Row(
        entry.account(), seq, values, new Link(prev, hash(prev, entry.account(), seq, values)));
  }

  /** A row as it was read: account, number, all columns, and the two hashes. */
  static Row of(io.vertx.sqlclient.Row read) {
    var values = new ArrayList<>();
    for (var column : COLUMNS) {
      values.add(read.getValue(column));
    }
    return new Row(
        read.getString("account_id"),
        read.getLong("seq"),
        values,
        new Link(read.getString("prev_hash"), read.getString("hash")));
  }

  /** Whether what it says is what its hash was taken of. */
  boolean isIntact() {
    return hash(link.prev(), account, seq, values).equals(link.hash());
  }

  /** For the statement that inserts it. */
  Tuple toTuple() {
    var tuple = Tuple.of(account, seq);
    values.forEach(tuple::addValue);
    return tuple.addString(link.prev()).addString(link.hash());
  }

  /** As people read it. */
  JsonObject toJson() {
    var json = new JsonObject().put("account_id", account).put("seq", seq);
    for (var i = 0; i < COLUMNS.size(); i++) {
      json.put(COLUMNS.get(i), shown(COLUMNS.get(i), values.get(i)));
    }
    return json.put("prev_hash", link.prev()).put("hash", link.hash());
  }

  private static Object shown(String column, Object value) {
    if (value == null) {
      return null;
    }
    return switch (column) {
      case "arguments_summary", "change" -> new JsonObject((String) value);
      case "duration_ms" -> value;
      default -> text(value);
    };
  }

  private static List<Object> values(Entry entry) {
    var caller = entry.who().caller();
    var what = entry.what();
    var ending = entry.ending();
    var values = Arrays.<Object>asList(
        entry.id(),
        OffsetDateTime.ofInstant(entry.ts().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC),
        caller.subject(),
        caller.agent(),
        caller.project(),
        what.action(),
        what.tool(),
        what.server(),
        ending.status().word(),
        ending.durationMillis(),
        entry.correlationId(),
        what.arguments().summary(),
        what.arguments().hash(),
        ending.status().decision(),
        ending.ruleId(),
        entry.who().clientIp(),
        ending.errorCode(),
        what.change());
    values.replaceAll(value -> value instanceof String text ? storable(text) : value);
    return values;
  }

  /** PostgreSQL keeps neither a zero character nor half of a pair, and clients can send both. */
  private static String storable(String text) {
    var whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return whole.replace('\0', '\uFFFD');
  }

  /** Over a JSON array of texts, so that no two rows that differ read the same. */
  private static String hash(String prev, String account, long seq, List<Object> values) {
    var all = new JsonArray().add(prev).add(account).add(Long.toString(seq));
    values.forEach(value -> all.add(value == null ? null : text(value)));
    var bytes = all.encode().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Arguments.sha256().digest(bytes));
  }

  private static String text(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    return value.toString();
  }
}
