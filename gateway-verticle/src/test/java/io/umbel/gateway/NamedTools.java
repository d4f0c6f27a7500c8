package io.umbel.gateway;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;

/** Tools of the names a test gives, each of which answers with its name. */
public final class NamedTools extends ToolVerticle {

  private final String[] names;

  public NamedTools(String... names) {
    this.names = names;
  }

  @Override
  protected List<Tool> tools() {
    return Arrays.stream(names).map(NamedTools::named).toList();
  }

  private static Tool named(String name) {
    return Tool.named(
        name,
        "Says its name.",
        Schema.object(),
        call -> Future.succeededFuture(ToolResult.text(name)));
  }
}
