package io.umbel.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * What one instance of a provider says it is and offers. MCP definitions are carried as they are,
 * with every field they came with.
 *
 * @param instance who is speaking
 * @param traits how it wants to be treated
 * @param offers the tools, prompts, resources and templates every caller of it may see
 */
public record Announcement(Instance instance, Traits traits, Offers offers) {

  /**
   * One live instance.
   *
   * @param provider the feature's word, as in {@code demo}
   * @param id of this instance, unique in the cluster
   * @param node the cluster member it runs on
   * @param version of the provider; the newest one's definitions are offered
   */
  public record Instance(String provider, String id, String node, String version) {
    public Instance {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(id, "instance");
      Objects.requireNonNull(node, "node");
      Objects.requireNonNull(version, "version");
    }

    /** Where it takes its calls. */
    public String address() {
      return Bus.addressOf(provider, id);
    }
  }

  /**
   * How a provider wants to be treated.
   *
   * @param perCaller what is offered depends on the caller: ask with {@link Bus.Op#PROVIDE}
   * @param singleton only one instance of it may run in the cluster
   * @param servers it fronts servers, each of which a caller may be narrowed to: see
   *     {@link Reach#server}
   */
  public record Traits(boolean perCaller, boolean singleton, boolean servers) {
    /** Offers the same to everyone, and may run any number of times. */
    public static final Traits NONE = new Traits(false, false);

    /** One that fronts no servers. */
    public Traits(boolean perCaller, boolean singleton) {
      this(perCaller, singleton, false);
    }
  }

  /** MCP definitions with what the gateway needs beside them. */
  public record Offers(
      List<OfferedTool> tools,
      List<JsonObject> prompts,
      List<JsonObject> resources,
      List<JsonObject> templates) {

    /** Nothing at all. */
    public static final Offers NONE = new Offers(List.of(), List.of(), List.of(), List.of());

    /** Tools and nothing else. */
    public static Offers ofTools(List<OfferedTool> tools) {
      return new Offers(tools, List.of(), List.of(), List.of());
    }
  }

  /**
   * A tool on offer.
   *
   * @param definition the MCP {@code Tool} object
   * @param tags what visibility rules and scopes go by
   * @param timeoutMillis how long one call of it may take
   * @param cacheMillis how long a result may be kept for the same caller and arguments; 0 for not
   *     at all, which is what stands here for every tool that is not read-only
   */
  public record OfferedTool(
      JsonObject definition, List<String> tags, long timeoutMillis, long cacheMillis) {
    public OfferedTool {
      Objects.requireNonNull(definition.getString("name"), "name of a tool");
      cacheMillis = isReadOnly(definition) ? Math.max(0, cacheMillis) : 0;
    }

    /** One whose results are not kept. */
    public OfferedTool(JsonObject definition, List<String> tags, long timeoutMillis) {
      this(definition, tags, timeoutMillis, 0);
    }

    private static boolean isReadOnly(JsonObject definition) {
      return definition.getValue("annotations") instanceof JsonObject hints
          && Boolean.TRUE.equals(hints.getValue("readOnlyHint"));
    }

    /** The provider's own name of it. */
    public String name() {
      return definition.getString("name");
    }
  }

  /** As it travels. */
  public Buffer toBuffer() {
    var json = new JsonObject()
        .put("contract", Bus.VERSION)
        .put("provider", instance.provider())
        .put("instance", instance.id())
        .put("node", instance.node())
        .put("version", instance.version())
        .put("perCaller", traits.perCaller())
        .put("singleton", traits.singleton())
        .put("servers", traits.servers());
    return OffersJson.write(offers, json).toBuffer();
  }

  /**
   * As it was meant by its sender; unknown fields are ignored.
   *
   * @throws IllegalArgumentException if it is no announcement
   */
  public static Announcement fromBuffer(Buffer body) {
    try {
      return read(body.toJsonObject());
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("Not an announcement: " + e.getMessage(), e);
    }
  }

  private static Announcement read(JsonObject json) {
    return new Announcement(
        new Instance(
            json.getString("provider"),
            json.getString("instance"),
            json.getString("node"),
            json.getString("version")),
        new Traits(
            json.getBoolean("perCaller", false),
            json.getBoolean("singleton", false),
            json.getBoolean("servers", false)),
        OffersJson.read(json));
  }
}
