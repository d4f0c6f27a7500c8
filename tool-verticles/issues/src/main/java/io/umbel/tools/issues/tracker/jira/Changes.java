package io.umbel.tools.issues.tracker.jira;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.tracker.Remote.Page;
import io.umbel.tools.issues.tracker.Remote.Since;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What changed in a project, the longest ago first. The cloud hands out a token for the next page.
 * Data Center counts, which goes wrong when issues change meanwhile, and no further than 10,000: so
 * there the next page begins at the minute in which the last one ended.
 */
final class Changes {

  /** What a search may not know yet of what was changed last. */
  private static final Duration BEHIND = Duration.ofMinutes(5);

  private static final int ISSUES = 50;

  private final JiraWeb web;
  private final Comments comments;
  private final Reading reading;

  Changes(JiraWeb web, Comments comments, Reading reading) {
    this.web = web;
    this.comments = comments;
    this.reading = reading;
  }

  Future<Page> page(String project, Since since) {
    return since.next() == null ? first(project, since) : next(project, Cursor.read(since.next()));
  }

  private Future<Page> first(String project, Since since) {
    var from = since.updated() == null
        ? null
        : time(since.updated()).minus(BEHIND).truncatedTo(ChronoUnit.MINUTES);
    return web.object("/myself")
        .map(me -> Clock.of(JiraWeb.text(me, "timeZone")))
        .compose(clock -> next(project, Cursor.first(clock.name(), from)));
  }

  private Future<Page> next(String project, Cursor cursor) {
    return web.site().isCloud() ? cloud(project, cursor) : counted(project, cursor);
  }

  private Future<Page> cloud(String project, Cursor cursor) {
    var body = question(project, cursor);
    if (cursor.token() != null) {
      body.put("nextPageToken", cursor.token());
    }
    return web.search("/search/jql", body).compose(page -> {
      var token = JiraWeb.text(page, "nextPageToken");
      if (token != null && token.equals(cursor.token())) {
        throw new Refused(ErrorCode.UPSTREAM_ERROR, "Jira gave the same page twice", null);
      }
      var next = token == null || Boolean.TRUE.equals(page.getValue("isLast"))
          ? null
          : cursor.withToken(token).text();
      return read(JiraWeb.objects(page.getValue("issues"))).map(all -> new Page(all, next));
    });
  }

  /** Within a minute it counts: one back, to see that what was there is there still. */
  private Future<Page> counted(String project, Cursor cursor) {
    var from = Math.max(0, cursor.at() - 1);
    var body = question(project, cursor).put("startAt", from);
    return web.search("/search", body).compose(page -> {
      var found = JiraWeb.objects(page.getValue("issues"));
      var moved = cursor.at() > 0
          && (found.isEmpty() || !cursor.last().equals(JiraWeb.text(found.get(0), "id")));
      if (moved) {
        return Future.succeededFuture(new Page(List.of(), cursor.again().text()));
      }
      var isLast = found.isEmpty() || from + found.size() >= Comments.total(page);
      var next = isLast ? null : after(cursor, from, found).text();
      return read(found).map(all -> new Page(all, next));
    });
  }

  private static Cursor after(Cursor cursor, int from, List<JsonObject> found) {
    var last = found.get(found.size() - 1);
    var minute =
        Reading.instant(JiraWeb.object(last, "fields"), "updated").truncatedTo(ChronoUnit.MINUTES);
    return cursor.clock().zone() != null && (cursor.from() == null || minute.isAfter(cursor.from()))
        ? cursor.from(minute)
        : cursor.counted(from + found.size(), JiraWeb.text(last, "id"));
  }

  private static JsonObject question(String project, Cursor cursor) {
    var jql = new StringBuilder("project = ").append(quoted(project));
    if (cursor.from() != null) {
      jql.append(" AND updated >= ").append(quoted(cursor.clock().jql(cursor.from())));
    }
    jql.append(" ORDER BY updated ASC, key ASC");
    return JsonObject.of("jql", jql.toString(), "maxResults", ISSUES)
        .put("fields", new JsonArray(Reading.FIELDS));
  }

  private Future<List<Copied>> read(List<JsonObject> found) {
    Future<List<Copied>> all = Future.succeededFuture(new ArrayList<>());
    for (var issue : found) {
      all = all.compose(read -> comments.of(issue).map(said -> {
        read.add(reading.copied(issue, said));
        return read;
      }));
    }
    return all;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Refused.invalid("A time has to be RFC 3339 in UTC, as in 2026-01-31T12:00:00Z");
    }
  }
}
