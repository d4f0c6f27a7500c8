package io.umbel.tools.system;

import io.umbel.contract.Node;
import io.umbel.contract.Prompt;
import io.umbel.contract.Resource;
import io.umbel.contract.RunningWith;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tools, prompts and resources that tell how the system is and what it offers. What a caller sees
 * here is what the gateway shows it: these tools ask the gateway that holds the call.
 */
public final class SystemTools extends ToolVerticle {

  private final HealthCheck health = new HealthCheck(this::node);
  private final ReadinessCheck readiness = new ReadinessCheck();
  private final VisibleTools visible = new VisibleTools(this::askCatalog);

  @Override
  protected List<String> asks() {
    return List.of(IssueFetch.ISSUES);
  }

  @Override
  protected Future<?> prepare() {
    return super.prepare().compose(ready -> readiness.open(vertx));
  }

  @Override
  protected List<Tool> tools() {
    return Stream.of(
            health.tool(),
            readiness.tool(),
            new ServerMetadata(visible, this::node).tool(),
            new CatalogSearch(this::askCatalog).tool(),
            new CatalogFetch(this::askCatalog, new IssueFetch(this::askCatalog, this::askTool))
                .tool(),
            UpstreamList.tool())
        .map(SystemTools::harmless)
        .toList();
  }

  @Override
  protected List<Prompt> prompts() {
    return new SystemPrompts(visible).all();
  }

  @Override
  protected List<Resource> resources() {
    return new SystemResources(health, readiness, visible, () -> RunningWith.of(vertx)).all();
  }

  private Node node() {
    return Node.of(vertx);
  }

  private static Tool harmless(Tool tool) {
    return tool.readOnly().destructive(false).openWorld(false).tagged("system");
  }
}
