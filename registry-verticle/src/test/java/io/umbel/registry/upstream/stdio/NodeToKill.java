package io.umbel.registry.upstream.stdio;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that runs a server, with a grandchild, and says so; it never ends by itself. */
final class NodeToKill {

  private NodeToKill() {}

  public static void main(String[] arguments) throws Exception {
    var settings = Workshop.settings(Path.of(arguments[0]), Allowance.NONE, Workshop.QUICK);
    var workshop = new Workshop(Vertx.vertx(), settings);
    var command = new ArrayList<>(List.of("sh", "-c", "sleep 1000 & \"$@\"", "sh"));
    command.addAll(ScriptedServer.command(arguments[1]));
    var way = workshop.open(Workshop.server(command, Map.of())).await();
    System.out.println(way.facts().revision());
    Thread.sleep(1_000_000);
  }
}
