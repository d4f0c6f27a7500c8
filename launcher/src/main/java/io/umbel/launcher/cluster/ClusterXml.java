package io.umbel.launcher.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.XmlConfigBuilder;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.Home;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;

/** Reads {@code cluster.xml}, whose knobs are the {@code umbel.cluster} settings. */
final class ClusterXml {

  private ClusterXml() {}

  /**
   * How Hazelcast is set up.
   *
   * @param host the address that other members reach this one by
   */
  static Config read(Home home, Settings settings, String host) {
    var file = home.clusterXml();
    try (var xml = Files.newInputStream(file)) {
      return new XmlConfigBuilder(xml).setProperties(knobs(settings, host)).build();
    } catch (IOException e) {
      throw Refusal.unreadable(file, "it is needed to join a cluster");
    } catch (InvalidConfigurationException e) {
      throw Refusal.unreadable(file, firstLine(e));
    }
  }

  private static Properties knobs(Settings settings, String host) {
    var knobs = new Properties();
    knobs.setProperty(Key.CLUSTER_NAME.key(), settings.text(Key.CLUSTER_NAME));
    knobs.setProperty(Key.CLUSTER_HOST.key(), host);
    knobs.setProperty(Key.CLUSTER_PORT.key(), Integer.toString(settings.number(Key.CLUSTER_PORT)));
    knobs.setProperty(
        Key.CLUSTER_MEMBERS.key(), String.join(",", settings.texts(Key.CLUSTER_MEMBERS)));
    return knobs;
  }

  private static String firstLine(Exception e) {
    return Refusal.reason(e).lines().findFirst().orElse("");
  }
}
