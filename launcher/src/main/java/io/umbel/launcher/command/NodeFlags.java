package io.umbel.launcher.command;

import io.umbel.launcher.settings.Key;
import picocli.CommandLine.Option;

/** The flags of every command that runs roles. */
class NodeFlags extends SettingFlags {

  @Option(
      names = "--roles",
      paramLabel = "ROLE[,ROLE...]",
      description =
          "Run these (default: gateway,registry,demo,system,issues,compliance,search); full class names with --with.")
  void roles(String words) {
    set("--roles", Key.ROLES, words);
  }

  @Option(
      names = "--with",
      paramLabel = "JAR[,JAR...]",
      description = "Find classes in these jars too.")
  void with(String jars) {
    set("--with", Key.WITH, jars);
  }

  @Option(names = "--cluster", description = "Join the cluster that cluster.xml describes.")
  void cluster(boolean on) {
    if (on) {
      set("--cluster", Key.CLUSTERED, "true");
    }
  }
}
