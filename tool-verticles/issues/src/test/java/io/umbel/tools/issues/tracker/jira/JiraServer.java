package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.tracker.PlayedApi;
import io.umbel.tools.issues.tracker.jira.adf.SchemaOfJira;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Jira's REST API as far as a tracker uses it: that of the cloud (v3) or that of Data Center (v2),
 * as developer.atlassian.com says it behaves. Issues are made without a status and go where the
 * workflow lets them; what is wrong with fields is told by field; what one may not see is not
 * there.
 */
final class JiraServer extends PlayedApi {

  static final String TOKEN = "jira-theRightOne";
  static final String READ_ONLY = "jira-mayOnlyRead";
  static final String EMAIL = "bot@example.org";

  static final JsonObject ANN = person("5b10ac8d82e05b22cc7d4ef5", "ann", "Ann Bell");
  static final JsonObject BEN = person("557058:ben", "ben", "Ben Cole");
  static final JsonObject BOT = person("70121:bot", "umbel", "Umbel");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");
  private static final int TEXT = 32_767;
  private static final List<String> PRIORITIES =
      List.of("Highest", "High", "Medium", "Low", "Lowest");
  private static final List<String> TYPES = List.of("Task", "Bug", "Story");

  final boolean isCloud;
  final Map<String, JsonObject> issues = new LinkedHashMap<>();
  final Map<String, String> projects = new LinkedHashMap<>();
  final List<String> links = new ArrayList<>();
  final List<JsonObject> people = new ArrayList<>(List.of(ANN, BEN));
  final JiraFlow flow = new JiraFlow();
  final JiraTalk talk = new JiraTalk(this);

  /** In which its owner's profile says that they live; null where that is nobody's business. */
  ZoneId zone = ZoneId.of("Europe/Lisbon");

  /**
   * Whether it takes whoever shows wrong credentials for a stranger, as the cloud does at times.
   */
  boolean takesStrangers;

  Instant now = Instant.parse("2026-01-05T09:00:30Z");
  private int lastId = 10_000;

  JiraServer(Vertx vertx, boolean isCloud) {
    super(vertx);
    this.isCloud = isCloud;
    projects.put("WEB", "Website");
    projects.put("API", "Interfaces");
    new JiraSearch(this).routes();
    talk.routes();
    routes();
  }

  private static JsonObject person(String id, String name, String displayName) {
    return JsonObject.of("accountId", id, "name", name, "key", name)
        .put("displayName", displayName)
        .put("emailAddress", name + "@example.org")
        .put("active", true);
  }

  void route(String method, String path, java.util.function.Function<Asked, Told> answer) {
    on(method, "/rest/api/" + (isCloud ? 3 : 2) + path, answer);
  }

  private void routes() {
    route("GET", "/myself", asked -> Told.of(200, seen(BOT).put("timeZone", zoneName())));
    route("POST", "/issue", this::create);
    route("GET", "/issue/*", asked -> existing(asked, issue -> Told.of(200, shown(asked, issue))));
    route("PUT", "/issue/*", asked -> existing(asked, issue -> edit(asked, issue)));
    route("POST", "/issue/*/transitions", asked -> existing(asked, issue -> move(asked, issue)));
    route("GET", "/project/*/statuses", this::statuses);
    route("GET", isCloud ? "/priority/search" : "/priority", asked -> priorities());
    route("GET", "/user/assignable/search", this::assignable);
    route("GET", "/issueLinkType", asked -> Told.of(200, linkTypes()));
    route("POST", "/issueLink", this::link);
  }

  @Override
  protected Optional<Told> guard(Asked request) {
    var shown = String.valueOf(request.headers().get("Authorization"));
    if (shown.equals(opened(TOKEN))) {
      return Optional.empty();
    }
    if (shown.equals(opened(READ_ONLY))) {
      return request.method().equals("GET")
          ? Optional.empty()
          : Optional.of(no(403, "You do not have permission to do that in this project."));
    }
    if (takesStrangers && request.path().contains("/search")) {
      var nothing = JsonObject.of("issues", new JsonArray(), "isLast", true, "total", 0);
      return Optional.of(
          Told.of(200, nothing).with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED"));
    }
    var said = JsonObject.of("status-code", 401)
        .put("message", "Client must be authenticated to access this resource.");
    return Optional.of(Told.of(401, said).with("WWW-Authenticate", "OAuth realm=\"jira\""));
  }

  private String opened(String token) {
    var pair = (EMAIL + ":" + token).getBytes(StandardCharsets.UTF_8);
    return isCloud ? "Basic " + Base64.getEncoder().encodeToString(pair) : "Bearer " + token;
  }

  @Override
  protected Told nothing() {
    return Told.of(404, "<html><title>Oops, you've found a dead link.</title></html>");
  }

  @Override
  protected Map<String, String> always() {
    return Map.of("X-AREQUESTID", "545x1x1");
  }

  static Told no(int status, String... messages) {
    return Told.of(
        status,
        JsonObject.of("errorMessages", new JsonArray(List.of(messages)))
            .put("errors", new JsonObject()));
  }

  static Told wrong(JsonObject errors) {
    return Told.of(400, JsonObject.of("errorMessages", new JsonArray(), "errors", errors));
  }

  /** An issue that somebody else made, in the first status. */
  JsonObject make(String project, String summary) {
    var id = String.valueOf(++lastId);
    var number = issues.values().stream()
        .filter(issue -> issue.getString("key").startsWith(project + "-"))
        .count();
    var fields = JsonObject.of("summary", summary, "labels", new JsonArray())
        .put("project", JsonObject.of("key", project, "name", projects.get(project)))
        .put("issuetype", JsonObject.of("name", "Task"))
        .put("status", flow.status("To Do"))
        .put("priority", JsonObject.of("id", "3", "name", "Medium"))
        .put("reporter", seen(ANN))
        .put("created", time())
        .put("comment", JsonObject.of("comments", new JsonArray()));
    var issue = JsonObject.of("id", id, "key", project + "-" + (number + 1))
        .put("self", uri() + "/rest/api/latest/issue/" + id)
        .put("fields", fields);
    issues.put(id, issue);
    touch(issue);
    return issue;
  }

  /** A second goes by. */
  void touch(JsonObject issue) {
    now = now.plusSeconds(1);
    issue.put("updated_at", now.toString());
    issue.getJsonObject("fields").put("updated", time());
  }

  String time() {
    return TIME.format(now.atZone(zone == null ? ZoneId.of("UTC") : zone));
  }

  private String zoneName() {
    return zone == null ? null : zone.getId();
  }

  /** A person as that dialect tells of them. */
  JsonObject seen(JsonObject person) {
    var seen = person.copy();
    (isCloud ? Stream.of("name", "key", "emailAddress") : Stream.of("accountId"))
        .forEach(seen::remove);
    return seen;
  }

  JsonObject find(String idOrKey) {
    return issues.values().stream()
        .filter(issue -> idOrKey.equals(issue.getString("id"))
            || idOrKey.equalsIgnoreCase(issue.getString("key")))
        .findFirst()
        .orElse(null);
  }

  Told existing(Asked asked, java.util.function.Function<JsonObject, Told> then) {
    var issue = find(asked.group(1));
    return issue == null
        ? no(404, "Issue does not exist or you do not have permission to see it.")
        : then.apply(issue);
  }

  private JsonObject shown(Asked asked, JsonObject issue) {
    var wanted = List.of(String.valueOf(asked.query().get("fields")).split(","));
    var shown = shown(issue, wanted, Integer.MAX_VALUE);
    var expand = String.valueOf(asked.query().get("expand"));
    if (expand.contains("transitions")) {
      shown.put("transitions", flow.from(status(issue)));
    }
    return shown;
  }

  /** An issue with some of its fields, and some of its comments. */
  static JsonObject shown(JsonObject issue, List<String> wanted, int comments) {
    var fields = issue.getJsonObject("fields").copy();
    fields.fieldNames().retainAll(wanted);
    if (fields.containsKey("comment")) {
      var all = fields.getJsonObject("comment").getJsonArray("comments");
      var some = new JsonArray(all.stream().limit(comments).toList());
      fields.put(
          "comment",
          JsonObject.of("comments", some, "total", all.size(), "maxResults", some.size())
              .put("startAt", 0));
    }
    return JsonObject.of("id", issue.getString("id"), "key", issue.getString("key"))
        .put("self", issue.getString("self"))
        .put("fields", fields);
  }

  static String status(JsonObject issue) {
    return issue.getJsonObject("fields").getJsonObject("status").getString("name");
  }

  private Told create(Asked asked) {
    var fields = asked.json().getJsonObject("fields", new JsonObject());
    var errors = errors(fields);
    var project = fields.getJsonObject("project", new JsonObject()).getString("key", "");
    if (!projects.containsKey(project)) {
      errors.put("project", "valid project is required");
    }
    var type = fields.getJsonObject("issuetype", new JsonObject()).getString("name", "");
    if (!TYPES.contains(type)) {
      errors.put("issuetype", "Specify a valid issue type");
    }
    if (fields.getString("summary", "").isBlank()) {
      errors.put("summary", "You must specify a summary of the issue.");
    }
    if (!errors.isEmpty()) {
      return wrong(errors);
    }
    var issue = make(project, fields.getString("summary"));
    issue.getJsonObject("fields").put("issuetype", JsonObject.of("name", type));
    issue.getJsonObject("fields").put("reporter", seen(BOT));
    take(issue, fields);
    return Told.of(
        201,
        JsonObject.of("id", issue.getString("id"), "key", issue.getString("key"))
            .put("self", issue.getString("self")));
  }

  private Told edit(Asked asked, JsonObject issue) {
    var fields = asked.json().getJsonObject("fields", new JsonObject());
    var errors = errors(fields);
    if (status(issue).equals("Closed")) {
      fields
          .fieldNames()
          .forEach(name -> errors.put(
              name,
              "Field '" + name
                  + "' cannot be set. It is not on the appropriate screen, or unknown."));
    }
    if (!errors.isEmpty()) {
      return wrong(errors);
    }
    take(issue, fields);
    touch(issue);
    return Told.of(204, null);
  }

  private void take(JsonObject issue, JsonObject fields) {
    var kept = issue.getJsonObject("fields");
    Stream.of("summary", "description", "labels")
        .filter(fields::containsKey)
        .forEach(name -> kept.put(name, fields.getValue(name)));
    if (fields.containsKey("priority")) {
      var id = fields.getJsonObject("priority").getString("id");
      kept.put(
          "priority", JsonObject.of("id", id, "name", PRIORITIES.get(Integer.parseInt(id) - 1)));
    }
    if (fields.containsKey("assignee")) {
      var person = person(fields.getJsonObject("assignee"));
      kept.put("assignee", person == null ? null : seen(person));
    }
  }

  private JsonObject person(JsonObject named) {
    return named == null
        ? null
        : people.stream()
            .filter(one -> one.getString(id()).equals(named.getString(id())))
            .findFirst()
            .orElse(null);
  }

  private String id() {
    return isCloud ? "accountId" : "name";
  }

  /** What is wrong with fields, by field. */
  private JsonObject errors(JsonObject fields) {
    var errors = new JsonObject();
    if (fields.containsKey("status")) {
      errors.put(
          "status",
          "Field 'status' cannot be set. It is not on the appropriate screen, or unknown.");
    }
    if (fields.getString("summary", "").length() > 255) {
      errors.put("summary", "Summary must be less than 255 characters.");
    }
    for (var label : fields.getJsonArray("labels", new JsonArray())) {
      if (String.valueOf(label).contains(" ")) {
        errors.put("labels", "The label '" + label + "' contains spaces which is invalid.");
      }
    }
    var text = wrongText(fields.getValue("description"));
    if (text != null) {
      errors.put("description", text);
    }
    if (fields.getValue("priority") instanceof JsonObject priority
        && !priority.getString("id", "").matches("[1-5]")) {
      errors.put("priority", "The priority selected is invalid.");
    }
    if (fields.containsKey("priority") && fields.getValue("priority") == null) {
      errors.put("priority", "Priority is required.");
    }
    var assignee = fields.getJsonObject("assignee");
    var isNobody = assignee == null || assignee.getString(id(), "").isEmpty();
    if (!isNobody && person(assignee) == null) {
      errors.put("assignee", "User '" + assignee.getString(id()) + "' does not exist.");
    }
    return errors;
  }

  /** What is wrong with a text, or null. */
  String wrongText(Object text) {
    if (text == null) {
      return null;
    }
    if (isCloud != text instanceof JsonObject) {
      return isCloud
          ? "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
          : "Operation value must be a string";
    }
    if (text instanceof JsonObject document && SchemaOfJira.wrong(document) != null) {
      return "INVALID_INPUT: " + SchemaOfJira.wrong(document);
    }
    var length =
        text instanceof JsonObject document ? document.encode().length() : ((String) text).length();
    return length > TEXT
        ? "The entered text is too long. It exceeds the allowed limit of 32,767 characters."
        : null;
  }

  private Told move(Asked asked, JsonObject issue) {
    var id = asked.json().getJsonObject("transition", new JsonObject()).getString("id", "");
    var transition = flow.from(status(issue)).stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("id").equals(id))
        .findFirst();
    if (transition.isEmpty()) {
      return no(
          400,
          "It seems that you have tried to perform a workflow operation that is not"
              + " valid for the current state of this issue.");
    }
    if (transition.get().getJsonObject("fields").containsKey("resolution")) {
      return wrong(JsonObject.of("resolution", "Resolution is required."));
    }
    issue.getJsonObject("fields").put("status", transition.get().getJsonObject("to"));
    touch(issue);
    return Told.of(204, null);
  }

  private Told statuses(Asked asked) {
    if (!projects.containsKey(asked.group(1).toUpperCase(Locale.ROOT))) {
      return no(404, "No project could be found with key '" + asked.group(1) + "'.");
    }
    return Told.of(
        200,
        new JsonArray(TYPES.stream()
            .map(type -> JsonObject.of("name", type, "statuses", flow.statuses()))
            .toList()));
  }

  private Told priorities() {
    var all = new JsonArray();
    for (int i = 0; i < PRIORITIES.size(); i++) {
      all.add(JsonObject.of("id", String.valueOf(i + 1), "name", PRIORITIES.get(i)));
    }
    return isCloud
        ? Told.of(200, JsonObject.of("values", all, "isLast", true, "total", all.size()))
        : Told.of(200, all);
  }

  /** Whose name or address begins with what is asked for. */
  private Told assignable(Asked asked) {
    var account = asked.query().get("accountId");
    var said = asked.query().get(isCloud ? "query" : "username");
    if (said == null && account == null) {
      return no(400, "A query or an account id has to be given.");
    }
    return Told.of(
        200,
        new JsonArray(people.stream()
            .filter(one -> account != null
                ? account.equals(one.getString("accountId"))
                : isLike(one, said.toLowerCase(Locale.ROOT)))
            .map(this::seen)
            .toList()));
  }

  private boolean isLike(JsonObject person, String said) {
    var names = Stream.concat(
        Stream.of(person.getString("displayName").split(" ")),
        Stream.of(person.getString("displayName"), person.getString("emailAddress")));
    return (isCloud ? names : Stream.concat(names, Stream.of(person.getString("name"))))
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(said));
  }

  private static JsonObject linkTypes() {
    return JsonObject.of(
        "issueLinkTypes",
        new JsonArray()
            .add(linkType("10000", "Blocks", "is blocked by", "blocks"))
            .add(linkType("10001", "Duplicate", "is duplicated by", "duplicates"))
            .add(linkType("10002", "Relates", "relates to", "relates to")));
  }

  private static JsonObject linkType(String id, String name, String inward, String outward) {
    return JsonObject.of("id", id, "name", name, "inward", inward, "outward", outward);
  }

  /** The inward issue is the one of which the outward words are said. */
  private Told link(Asked asked) {
    var body = asked.json();
    var first = find(body.getJsonObject("inwardIssue").getString("key"));
    var second = find(body.getJsonObject("outwardIssue").getString("key"));
    var type = linkTypes().getJsonArray("issueLinkTypes").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("name").equals(body.getJsonObject("type").getString("name")))
        .findFirst();
    if (first == null || second == null || type.isEmpty()) {
      return no(404, "Issue or link type does not exist.");
    }
    links.add(first.getString("key") + " " + type.get().getString("outward") + " "
        + second.getString("key"));
    return Told.of(201, null);
  }
}
