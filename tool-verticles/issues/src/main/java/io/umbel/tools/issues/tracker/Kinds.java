package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.tracker.RemoteKind.Form;
import io.umbel.tools.issues.tracker.RemoteKind.Word;
import io.umbel.tools.issues.tracker.github.GitHubTracker;
import io.umbel.tools.issues.tracker.gitlab.GitLabTracker;
import io.umbel.tools.issues.tracker.jira.JiraTracker;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kinds of trackers on other servers that there are, and what has to be said of each. */
final class Kinds {

  private static final Word NUMBER = new Word("[1-9][0-9]{0,17}", "a number such as 12345");
  private static final Word NAME =
      new Word("[A-Za-z0-9._-]{1,40}", "letters, digits, dots, underscores and hyphens");

  static final Form GITHUB = new Form(
      GitHubTracker.URL,
      new Word("[A-Za-z0-9_-]{1,100}/[A-Za-z0-9._-]{1,100}", "owner/repository, as in acme/web"),
      Map.of("app_id", NAME, "installation_id", NUMBER),
      Set.of("app_id", "installation_id"));
  static final Form GITLAB = new Form(
      GitLabTracker.URL,
      new Word(
          "[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}){1,20}",
          "a group, perhaps more, and a project, as in acme/shop/web"),
      Map.of(),
      Set.of());
  static final Form JIRA = new Form(
      null,
      new Word("[A-Z][A-Z0-9_]{1,31}", "a project key of capital letters, as in PROJ"),
      Map.of(
          "api_version", new Word("[23]", "2 or 3"),
          "email", new Word("[^\\s@:]{1,128}@[^\\s@:]{1,128}", "an e-mail address"),
          "site_url",
              new Word("https?://[^\\s@?#]{1,1000}", "a URL such as https://acme.atlassian.net"),
          "issue_type", new Word("\\S(.{0,58}\\S)?", "the name of an issue type, as in Task")),
      Set.of());

  /** Those that this version has. */
  static final List<RemoteKind> ALL = List.of(
      new RemoteKind(GitHubTracker.TYPE, GITHUB, GitHubTracker::new),
      new RemoteKind(GitLabTracker.TYPE, GITLAB, GitLabTracker::new),
      new RemoteKind(JiraTracker.TYPE, JIRA, JiraTracker::new));

  private Kinds() {}
}
