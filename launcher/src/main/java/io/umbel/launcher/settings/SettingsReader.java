package io.umbel.launcher.settings;

import io.umbel.launcher.exit.Refusal;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the settings: a file, over it the environment, over both the command line. */
public final class SettingsReader {

  private final Vertx vertx;
  private final Home home;

  public SettingsReader(Vertx vertx, Home home) {
    this.vertx = vertx;
    this.home = home;
  }

  /**
   * What is in force; fails with {@link Refusal} where that cannot be used.
   *
   * @param file the configuration file, or null for the one beside the start script, if any
   * @param flags what the command line says
   */
  public Future<Settings> read(Path file, Layer flags) {
    var named = file == null ? home.settingsFile().orElse(null) : file;
    var layers = new ArrayList<Layer>();
    return ofFile(named)
        .onSuccess(layers::addAll)
        .compose(done -> retrieve(store("env", new JsonObject().put("raw-data", true))))
        .onSuccess(variables -> layers.add(Layer.ofEnvironment(variables)))
        .map(done -> layers.add(flags))
        .map(done -> Settings.of(layers));
  }

  private Future<List<Layer>> ofFile(Path file) {
    if (file == null) {
      return Future.succeededFuture(List.of());
    }
    if (!Files.isRegularFile(file)) {
      return Future.failedFuture(Refusal.unreadable(file, "there is no such file"));
    }
    var config =
        new JsonObject().put("path", file.toAbsolutePath().toString()).put("raw-data", true);
    return retrieve(store("file", config).setFormat(format(file)))
        .map(content -> List.of(Layer.ofFile(file, content)))
        .recover(e -> Future.failedFuture(Refusal.unreadable(file, Refusal.reason(e))));
  }

  private Future<JsonObject> retrieve(ConfigStoreOptions store) {
    var options = new ConfigRetrieverOptions().setScanPeriod(-1).addStore(store);
    var retriever = ConfigRetriever.create(vertx, options);
    return retriever.getConfig().eventually(retriever::close);
  }

  private static ConfigStoreOptions store(String type, JsonObject config) {
    return new ConfigStoreOptions().setType(type).setConfig(config);
  }

  private static String format(Path file) {
    var name = file.getFileName().toString();
    var ending = name.substring(name.lastIndexOf('.') + 1);
    return ending.equals("yml") ? "yaml" : ending;
  }
}
