package io.umbel.tools.system;

import static io.umbel.contract.ErrorCode.ACCESS_DENIED;
import static io.umbel.contract.ErrorCode.NOT_FOUND;
import static io.umbel.contract.ErrorCode.UPSTREAM_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ToolVerticle;
import io.umbel.contract.ToolVerticleContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code fetch} opens whatever {@code search} finds, for whom may see {@code get_issue}. */
class FetchedIssuesTest extends ToolVerticleContract {

  private ShowingGateway shown;

  @Override
  protected ToolVerticle family() {
    return new SystemTools();
  }

  @BeforeEach
  void showIssues() {
    shown = new ShowingGateway(node(), 1);
    shown.showAlso("get_issue");
  }

  @Test
  void opensAnIssueAndTheOneOfAComment() {
    node().deploy(new IssuesTools());
    for (var kind : new String[] {"issue", "comment"}) {
      var id =
          kind + ":" + IssuesTools.THERE + (kind.equals("issue") ? "" : "/" + IssuesTools.DENIED);
      var found = result("fetch", JsonObject.of("id", id));
      assertThat(found.getString("id")).isEqualTo(id);
      assertThat(found.getString("kind")).isEqualTo(kind);
      assertThat(found.getString("name")).isEqualTo("WEB-1");
      assertThat(found.getString("description")).isEqualTo("A boat");
      assertThat(found.getJsonObject("issue").getJsonArray("comments"))
          .isEqualTo(JsonArray.of("comments"));
    }
  }

  @Test
  void opensNothingThatIsNotThereOrThatTheCallerMayNotSee() {
    node().deploy(new IssuesTools());
    var unknown = "issue:00000000-0000-0000-0000-000000000003";
    var sentence = "Nothing has that id; search_catalog and search find ids";
    for (var id : new String[] {unknown, "issue:WEB-1", "issues:" + IssuesTools.THERE, "issue:"}) {
      assertThat(failure(NOT_FOUND, "fetch", JsonObject.of("id", id)).getString("message"))
          .isEqualTo(sentence);
    }
    var denied =
        failure(ACCESS_DENIED, "fetch", JsonObject.of("id", "issue:" + IssuesTools.DENIED));
    assertThat(denied.getString("message"))
        .isEqualTo("This token cannot fetch that issue: read it with get_issue, and say in which"
            + " project with project_id");
    shown.showAlso(null);
    var hidden = JsonObject.of("id", "issue:" + IssuesTools.THERE);
    assertThat(failure(NOT_FOUND, "fetch", hidden).getString("message")).isEqualTo(sentence);
  }

  @Test
  void saysThatNobodyHasTheIssues() {
    var error = failure(UPSTREAM_ERROR, "fetch", JsonObject.of("id", "issue:" + IssuesTools.THERE));
    assertThat(error.getString("message"))
        .isEqualTo("No node runs issues at the moment; try again shortly");
  }
}
