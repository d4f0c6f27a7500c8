package io.umbel.conformance;

import io.umbel.contract.Prompt;
import io.umbel.contract.Resource;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolVerticle;
import java.util.List;
import java.util.stream.Stream;

/** The provider {@code conformance}: what the official suite calls, reads and asks for. */
public final class ConformanceTools extends ToolVerticle {

  @Override
  protected List<Tool> tools() {
    return Stream.concat(
            reading().map(Tool::readOnly), changing().map(tool -> tool.destructive(false)))
        .map(tool -> tool.openWorld(false).tagged("conformance"))
        .toList();
  }

  @Override
  protected List<Prompt> prompts() {
    return Prompts.all();
  }

  @Override
  protected List<Resource> resources() {
    return Resources.all();
  }

  private Stream<Tool> reading() {
    return Stream.of(
            Contents.tools(),
            Schemas.tools(),
            new Meanwhile(vertx).tools(),
            Dialogs.tools(),
            InputRounds.tools())
        .flatMap(List::stream);
  }

  private Stream<Tool> changing() {
    return new Changes(this::offer, this::offer).tools().stream();
  }
}
