package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.tracker.Remote.CopiedComment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Keeps what a tracker told of issues' comments. One that is not told of any more goes, unless it
 * is newer than all that are told of: kinds read the oldest so many.
 */
final class CommentMirror {

  /** Whoever tells fewer has told all there are. */
  private static final int WHOLE = 100;

  private final MirrorRows rows;
  private final String account;
  private final List<JsonObject> puts = new ArrayList<>();
  private final List<UUID> drops = new ArrayList<>();
  private final Set<UUID> changed = new HashSet<>();

  CommentMirror(MirrorRows rows, String account) {
    this.rows = rows;
    this.account = account;
  }

  /** Those issues whose comments are others now. */
  record Kept(Set<UUID> issues) {}

  /** Keeps the comments of those issues, by our ids. */
  Future<Kept> keep(Map<UUID, Told> issues, List<Failure> failures) {
    return rows.comments(account, issues.keySet())
        .map(all -> byIssue(all))
        .compose(here -> {
          issues.forEach(
              (id, told) -> compare(id, told, here.getOrDefault(id, Map.of()), failures));
          return rows.putComments(account, puts);
        })
        .compose(put -> rows.dropComments(account, drops))
        .compose(dropped -> rows.mark(account, changed))
        .map(marked -> new Kept(changed));
  }

  private static Map<UUID, Map<String, JsonObject>> byIssue(List<JsonObject> all) {
    var sorted = new HashMap<UUID, Map<String, JsonObject>>();
    all.forEach(comment -> sorted
        .computeIfAbsent(UUID.fromString(comment.getString("issue")), id -> new HashMap<>())
        .put(comment.getString("external_id"), comment));
    return sorted;
  }

  private void compare(
      UUID issue, Told told, Map<String, JsonObject> here, List<Failure> failures) {
    var fitting = new LinkedHashMap<String, CopiedComment>();
    for (var comment : told.copied().comments()) {
      var wrong = Fit.wrong(comment);
      if (wrong == null) {
        fitting.put(comment.placed().externalId(), comment);
      } else {
        failures.add(new Failure(told.copied().placed().key(), wrong));
      }
    }
    var ids = new HashMap<String, String>();
    fitting.values().forEach(comment -> put(issue, comment, here, ids));
    var known = told.copied().comments().stream()
        .map(comment -> comment.placed().externalId())
        .collect(Collectors.toSet());
    here.values().stream()
        .filter(each -> !known.contains(each.getString("external_id")))
        .filter(each -> isGone(each, told.copied().comments()))
        .forEach(each -> {
          drops.add(UUID.fromString(each.getString("id")));
          changed.add(issue);
        });
  }

  private void put(
      UUID issue, CopiedComment comment, Map<String, JsonObject> here, Map<String, String> ids) {
    var external = comment.placed().externalId();
    var body = Fit.clean(comment.body());
    var known = here.get(external);
    var id = known == null ? UUID.randomUUID().toString() : known.getString("id");
    ids.put(external, id);
    if (known != null
        && known.getString("body").equals(body)
        && known.getString("url").equals(comment.placed().url())) {
      return;
    }
    changed.add(issue);
    puts.add(JsonObject.of("id", id, "issue", issue.toString(), "external_id", external)
        .put("author", Told.author(comment.author()))
        .put("body", body)
        .put("in_reply_to", ids.get(comment.inReplyTo()))
        .put("url", comment.placed().url())
        .put("created_at", comment.createdAt())
        .put("updated_at", comment.updatedAt()));
  }

  private static boolean isGone(JsonObject here, List<CopiedComment> told) {
    if (told.size() < WHOLE) {
      return true;
    }
    var last = told.get(told.size() - 1).createdAt();
    return here.getDouble("made") * 1000 <= Instant.parse(last).toEpochMilli();
  }
}
