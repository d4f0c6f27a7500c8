package io.umbel.gateway.access;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.gateway.access.Admission.Admitted;
import io.umbel.gateway.access.Admission.Refused;
import io.umbel.gateway.access.Scoping.Need;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;

/**
 * Decides whether a tool may act in a project for a caller, before anything else is done. Identity
 * comes from the token; arguments only narrow it. A project of another account and one that does
 * not exist are refused in the same words.
 */
public final class Access {

  private static final int SHOWN = 64;

  private final AccessSettings settings;

  public Access(AccessSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether that tool may be called so.
   *
   * @param account the caller's, or null where it cannot be read at the moment
   * @param params those of the request
   */
  public Admission admit(
      Account account, Caller caller, String tool, Scoping scoping, Buffer params) {
    if (!scoping.isScoped()) {
      return new Admitted(params);
    }
    var arguments = ScopedArguments.read(params);
    if (arguments.problem() != null) {
      return new Refused(ErrorCode.INVALID_ARGUMENT, arguments.problem());
    }
    var refusal = refusal(account, Acting.of(caller, arguments, scoping), tool, scoping);
    return refusal == null ? new Admitted(filled(arguments, caller, scoping)) : refusal;
  }

  /** Whether that caller may read what is there to know of that project. */
  public static boolean mayRead(Account account, Caller caller, String project) {
    var bound = caller.project();
    return account.projects().containsKey(project)
        && (bound == null || bound.equals(project))
        && caller.reach().hasProject(project)
        && (caller.agent() == null
            || (account.hasActiveAgent(caller.agent())
                && account.role(caller.agent(), project) != null));
  }

  /**
   * Who acts, and where.
   *
   * @param agent of the token, else of the arguments, else null
   * @param project of the token, else of the arguments, else null
   */
  private record Acting(Caller caller, ScopedArguments arguments, String agent, String project) {
    static Acting of(Caller caller, ScopedArguments arguments, Scoping scoping) {
      var agent = caller.agent() == null ? arguments.agent() : caller.agent();
      var project = caller.project() == null ? arguments.project() : caller.project();
      return new Acting(caller, arguments, agent, scoping.byProject() ? project : null);
    }

    boolean isImpersonation() {
      return arguments.agent() != null && !arguments.agent().equals(agent);
    }

    boolean isElsewhere() {
      return project != null
          && arguments.project() != null
          && !arguments.project().equals(project);
    }

    /** One who may not act in all projects of the account has to say in which. */
    boolean isConfined() {
      return agent != null || caller.reach().projects() != null;
    }
  }

  private Refused refusal(Account account, Acting acting, String tool, Scoping scoping) {
    if (acting.isImpersonation()) {
      return denied(
          "This token speaks for another agent than ", acting.arguments().agent());
    }
    if (acting.isElsewhere()) {
      return noProject(acting.arguments().project());
    }
    if (account == null) {
      return new Refused(
          ErrorCode.UPSTREAM_ERROR, "Grants cannot be read at the moment; try again shortly");
    }
    if (acting.agent() != null && !account.hasActiveAgent(acting.agent())) {
      return denied("No agent that may act is called ", acting.agent());
    }
    if (acting.project() == null) {
      return scoping.byProject() && !scoping.needsProject() && acting.isConfined()
          ? denied(
              "This token may not act in all projects: say in which one with ", Scoping.PROJECT)
          : null;
    }
    return inProject(account, acting, tool, scoping.need());
  }

  private Refused inProject(Account account, Acting acting, String tool, Need need) {
    var project = acting.project();
    if (!account.projects().containsKey(project) || !acting.caller().reach().hasProject(project)) {
      return noProject(project);
    }
    if (acting.agent() == null) {
      return null;
    }
    var role = account.role(acting.agent(), project);
    if (role == null) {
      return noProject(project);
    }
    var needed = needed(need);
    return role.isEnoughFor(needed)
        ? null
        : denied(tool + " needs the role " + needed.word() + " in project ", project);
  }

  private Role needed(Need need) {
    return switch (need) {
      case READ -> Role.READER;
      case WRITE -> Role.WRITER;
      case DESTROY -> settings.destructiveRole();
    };
  }

  /** What the token says and the arguments do not. */
  private static Buffer filled(ScopedArguments arguments, Caller caller, Scoping scoping) {
    var missing = new LinkedHashMap<String, String>();
    if (scoping.byProject() && arguments.project() == null && caller.project() != null) {
      missing.put(Scoping.PROJECT, caller.project());
    }
    if (scoping.byAgent() && arguments.agent() == null && caller.agent() != null) {
      missing.put(Scoping.AGENT, caller.agent());
    }
    return arguments.filledWith(missing);
  }

  private static Refused noProject(String project) {
    return denied("No access to project ", project);
  }

  private static Refused denied(String text, String what) {
    var shown = what.length() > SHOWN ? what.substring(0, SHOWN) + "…" : what;
    return new Refused(ErrorCode.ACCESS_DENIED, text + shown);
  }
}
