package io.umbel.launcher.command;

import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.identity.Minting;
import io.umbel.launcher.identity.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a new token for the gateway of the same data directory. */
@Command(
    name = "token",
    description = {
      "Print a new token for the gateways that share this data directory",
      "(or umbel.auth.secret), where no identity provider issues them."
    },
    mixinStandardHelpOptions = true)
public final class Token implements Callable<Integer> {

  private static final Pattern LIFE = Pattern.compile("([1-9]\\d{0,5})([smhd])");
  private static final Duration LONGEST = Duration.ofDays(3_650);

  @Mixin
  private SettingFlags flags;

  @Option(names = "--account", paramLabel = "ID", description = "Its account (default: local).")
  private String account = "local";

  @Option(names = "--subject", paramLabel = "ID", description = "Its user (default: local).")
  private String subject = "local";

  @Option(names = "--project", paramLabel = "ID", description = "The project it is bound to.")
  private String project;

  @Option(names = "--agent", paramLabel = "ID", description = "The agent it is for.")
  private String agent;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE[,SCOPE...]",
      split = "[, ]+",
      description = "What it allows, as in admin (default: nothing beyond ordinary tools).")
  private List<String> scopes = List.of();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "How long it is good, as in 90s, 15m, 12h or 30d (default: 24h).")
  private String ttl = "24h";

  @Override
  public Integer call() {
    var wanted = new Wanted(
        named("--account", account),
        named("--subject", subject),
        project == null ? null : named("--project", project),
        agent == null ? null : named("--agent", agent),
        scopes,
        life());
    var boot = new Boot(flags);
    var minting = new Minting(boot.alone().vertx(), boot.settings(), boot.data());
    System.out.println(minting.token(wanted));
    return Exit.OK.status();
  }

  private static String named(String flag, String value) {
    if (!value.matches("\\P{Cntrl}{1,256}")) {
      throw Refusal.usage(
          flag + " has to be 1 to 256 characters, none of them a control character");
    }
    return value;
  }

  private Duration life() {
    var parts = LIFE.matcher(ttl);
    if (parts.matches()) {
      var life = Duration.parse(
          (parts.group(2).equals("d") ? "P" : "PT") + parts.group(1) + parts.group(2));
      if (life.compareTo(LONGEST) <= 0) {
        return life;
      }
    }
    throw Refusal.usage("--ttl is \"" + ttl + "\"; expected a time such as 90s, 15m, 12h or 30d,"
        + " at most 3650d");
  }
}
