package io.umbel.contract;

/**
 * The words of the bus: addresses, headers and operations. {@code docs/bus.md} describes every
 * message with an example.
 */
public final class Bus {

  /** The version of this protocol. A reader ignores what it does not know. */
  public static final int VERSION = 1;

  /** The largest message body, in bytes: one connection joins two nodes, with no back-pressure. */
  public static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  /** The largest provision, in bytes: many servers' definitions, rarely asked for. */
  public static final int MAX_PROVISION_BYTES = 8 * MAX_MESSAGE_BYTES;

  /** Published by providers: here I am, or goodbye. */
  public static final String ANNOUNCE = "umbel.announce";

  /** Published by whoever has just begun to listen: say who you are. */
  public static final String ROLL_CALL = "umbel.roll-call";

  /** Published by providers: a list or a resource changed. */
  public static final String CHANGED = "umbel.changed";

  /** Published by the family {@code issues}: an issue, or an account's trackers, changed. */
  public static final String ISSUES = "umbel.issues";

  /** Published on this process's own bus only: a member left the cluster. Body: its node id. */
  public static final String NODE_LEFT = "umbel.node-left";

  /** The word gateways go by: their addresses, and the audience of a caller sealed for one. */
  public static final String GATEWAY = "gateway";

  private Bus() {}

  /** The address of one instance of a provider. */
  public static String addressOf(String provider, String instance) {
    return "umbel." + provider + "@" + instance;
  }

  /** Header names. Facts the house decides on travel here, so that no body is parsed for them. */
  public static final class Header {
    /** Which {@link Op} this message is. */
    public static final String OP = "op";

    /** The sealed caller, see {@link CallerSeal}. */
    public static final String CALLER = "caller";

    /** The MCP method of a call, as in {@code tools/call}. */
    public static final String METHOD = "method";

    /** The provider's own name of what is called: a tool, a prompt or a URI. */
    public static final String NAME = "name";

    /** The id of this call, unique in the cluster; cancel and progress name it. */
    public static final String CALL = "call";

    /** The correlation id of the client's request. */
    public static final String CORRELATION = "correlation";

    /** The token of a parked call, in its reply and in the message that resumes it. */
    public static final String PARKED = "parked";

    /** How long the answer is waited for, in milliseconds from arrival: no clock is compared. */
    public static final String TIMEOUT = "timeout";

    /** The address of the gateway instance that holds the client's request. */
    public static final String GATEWAY = "gateway";

    /** There where one instance of a provider passes a call on to another, which keeps it. */
    public static final String PASSED = "passed";

    /** Which {@link Outcome} a reply is. */
    public static final String OUTCOME = "outcome";

    /** The {@link ErrorCode} of a result that is a failure. */
    public static final String FAILURE = "failure";

    /** The members of a result's {@code _meta}, as a JSON object. */
    public static final String META = "meta";

    /** A provider instance, in announcements. */
    public static final String INSTANCE = "instance";

    /** When a message was made, in milliseconds since 1970. */
    public static final String AT = "at";

    /** The signature of a published message, made with the cluster's secret. */
    public static final String SIGNATURE = "signature";

    private Header() {}
  }

  /** What a message to an address of its own asks for. */
  public enum Op {
    /** Caller to Provision: what this caller may see. Per-caller providers only. */
    PROVIDE,
    /** Call to Outcome. */
    CALL,
    /** The user's answer for a parked call. */
    RESUME,
    /** The client gave the call up; no reply. */
    CANCEL,
    /** Is anyone there? An empty reply. */
    PING,
    /** A request of the REST API for what this provider keeps. */
    MANAGE,
    /** Clients watch these resources, for the time being; no reply. */
    WATCH,
    /** To a gateway: is what you depend on there? */
    DEPENDENCIES,
    /** To a gateway: a call's progress; no reply. */
    PROGRESS,
    /** To a gateway: a call's log line; no reply. */
    LOG,
    /** To a gateway: let the client poll for the rest of a call's answer; no reply. */
    PAUSE,
    /** To a gateway: the tools this caller may see. */
    CATALOG,
    /** Between gateways: a client's answer to a question that the other one asked. */
    ANSWER,
    /** Between gateways: a client has come for a stream that the other one holds. */
    ATTACH,
    /** Between gateways: the client that came for that stream is gone; no reply. */
    DETACH,
    /** Between gateways: an event for a client that has come here. */
    DELIVER,
    /** Between gateways: a message of a client whose stream the other one holds. */
    INBOUND;

    private final String word = name().toLowerCase(java.util.Locale.ROOT);

    /** The header's value. */
    public String word() {
      return word;
    }

    /** The op of that word, or null for one of a later version. */
    public static Op of(String word) {
      for (var op : values()) {
        if (op.word.equals(word)) {
          return op;
        }
      }
      return null;
    }
  }
}
