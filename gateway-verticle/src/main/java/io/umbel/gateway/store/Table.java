package io.umbel.gateway.store;

import java.util.List;

/** What an account has of one kind: rows with an id, a version and these columns. */
public enum Table {
  PROJECTS("projects", "prj", "key name bindings"),
  AGENTS("agents", "agt", "name type status"),
  GRANTS("grants", "grt", "agent_id project_id role"),
  API_KEYS(
      "api_keys", "key", "hash name scopes allowed_tools agent_id project_id is_active expires_at"),
  TOOL_SETTINGS("tool_settings", "tool", "is_enabled");

  private final String table;
  private final String prefix;
  private final String columns;

  Table(String table, String prefix, String columns) {
    this.table = table;
    this.prefix = prefix;
    this.columns = columns;
  }

  /** Its name in SQL. */
  String sql() {
    return table;
  }

  /** What the audit calls it. */
  public String word() {
    return table;
  }

  /** What ids of its rows begin with. */
  public String prefix() {
    return prefix;
  }

  /** The columns whose values are given; the others are its own affair. */
  List<String> columns() {
    return List.of(columns.split(" ", -1));
  }
}
