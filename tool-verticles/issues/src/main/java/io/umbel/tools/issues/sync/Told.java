package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;

/**
 * An issue that a tracker told of, beside the one that is here.
 *
 * @param here as a row of {@code known_issues}, or null where there is none
 */
record Told(Copied copied, Fields fields, JsonObject here) {

  private static final String ORIGINAL_STATUS = "original_status";

  static Told of(Copied copied, JsonObject here) {
    return new Told(copied, fields(copied.placed().taken(), here), here);
  }

  String externalId() {
    return copied.placed().externalId();
  }

  boolean isNew() {
    return here == null;
  }

  /** Whether the copy was changed since the tracker was asked: what it told may be older. */
  boolean isOvertaken() {
    return here != null && !here.getBoolean("was_there");
  }

  /** Whether anything that people see is other than here. */
  boolean isOther() {
    return here == null
        || !new Issue(here).fields().differences(fields).isEmpty()
        || !here.getString("category").equals(fields.status().category())
        || !here.getString("key").equals(copied.placed().key())
        || !here.getString("url").equals(copied.placed().url())
        || !here.getJsonObject("meta_data").equals(more());
  }

  /** Whether the tracker tells another time of its last change. */
  boolean isTouched() {
    var known = OffsetDateTime.parse(here.getString("updated_at")).toInstant();
    var told = Instant.parse(copied.origin().updatedAt());
    return known.toEpochMilli() != told.toEpochMilli();
  }

  JsonObject row() {
    var placed = copied.placed();
    return JsonObject.of("external_id", placed.externalId(), "key", placed.key())
        .put("url", placed.url())
        .put("title", fields.title())
        .put("description", fields.description())
        .put("status", fields.status().word())
        .put("category", fields.status().category())
        .put("priority", fields.priority())
        .put("labels", new JsonArray(fields.labels()))
        .put("assignee", fields.assignee())
        .put("author", author(copied.origin().author()))
        .put("revision", fields.revision())
        .put("meta_data", more())
        .put("created_at", copied.origin().createdAt())
        .put("updated_at", copied.origin().updatedAt());
  }

  static String author(String author) {
    return author == null || author.isBlank() ? "unknown" : Fit.clean(author);
  }

  /** What was asked for in other words stays on record for as long as the status does. */
  private JsonObject more() {
    var said = copied.origin().more();
    var more = new JsonObject();
    if (said != null) {
      new JsonObject(said.encode()).forEach(each -> {
        if (each.getValue() != null) {
          more.put(each.getKey(), each.getValue());
        }
      });
    }
    var original = fields.status().original();
    var kept = here == null ? null : here.getJsonObject("meta_data").getString(ORIGINAL_STATUS);
    if (original == null
        && here != null
        && here.getString("status").equals(fields.status().word())) {
      original = kept;
    }
    return original == null ? more : more.put(ORIGINAL_STATUS, original);
  }

  /** In the same order as here, labels are the same labels. */
  private static Fields fields(Fields said, JsonObject here) {
    var labels = said.labels().stream().map(Fit::clean).toList();
    if (here != null) {
      var known = new Issue(here).fields().labels();
      labels = new HashSet<>(known).equals(new HashSet<>(labels)) ? known : labels;
    }
    var status = said.status();
    return new Fields(
        Fit.clean(said.title()).strip(),
        said.description() == null ? "" : Fit.clean(said.description()),
        new Status(Fit.clean(status.word()), status.category(), Fit.clean(status.original())),
        Fit.clean(said.priority()),
        labels,
        Fit.clean(said.assignee()));
  }
}
