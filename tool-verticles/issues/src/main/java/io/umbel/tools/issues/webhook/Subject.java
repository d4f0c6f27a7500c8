package io.umbel.tools.issues.webhook;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Which issue a delivery is about. Nothing else of its body is believed.
 *
 * @param project what the tracker calls it
 * @param externalId what the tracker calls the issue
 */
record Subject(String project, String externalId) {

  /** What that body names; nothing where it is about no issue. */
  static Optional<Subject> of(String type, JsonObject body) {
    try {
      return switch (type) {
        case "github" -> ofGitHub(body);
        case "gitlab" -> ofGitLab(body);
        case "jira" -> ofJira(body);
        default -> Optional.empty();
      };
    } catch (ClassCastException e) {
      return Optional.empty();
    }
  }

  /** {@code issues} and {@code issue_comment}; a pull request is no issue. */
  private static Optional<Subject> ofGitHub(JsonObject body) {
    var issue = body.getJsonObject("issue");
    var repository = body.getJsonObject("repository");
    return issue == null || repository == null || issue.containsKey("pull_request")
        ? Optional.empty()
        : named(repository.getString("full_name"), issue.getLong("number"));
  }

  /** An issue's own event has it in {@code object_attributes}, a comment's in {@code issue}. */
  private static Optional<Subject> ofGitLab(JsonObject body) {
    var isIssue = "issue".equals(body.getString("object_kind"));
    var issue = body.getJsonObject(isIssue ? "object_attributes" : "issue");
    var project = body.getJsonObject("project");
    return issue == null || project == null
        ? Optional.empty()
        : named(project.getString("path_with_namespace"), issue.getLong("iid"));
  }

  private static Optional<Subject> ofJira(JsonObject body) {
    var issue = body.getJsonObject("issue");
    var key = issue == null ? null : issue.getString("key");
    return key == null || key.lastIndexOf('-') < 1
        ? Optional.empty()
        : named(key.substring(0, key.lastIndexOf('-')), issue.getValue("id"));
  }

  private static Optional<Subject> named(String project, Object id) {
    var text = String.valueOf(id);
    return project == null || !text.matches("\\d{1,19}")
        ? Optional.empty()
        : Optional.of(new Subject(project, text));
  }
}
