package io.umbel.storage;

import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings a schema to the version this code knows: the files {@code V1__what.sql}, {@code V2__…} of
 * {@code classpath:db/<schema>}, each in a transaction, once for all nodes. Blocks.
 */
final class Migrations {

  private static final int CONNECT_SECONDS = 5;

  /** A migration may rewrite a large table; a server that went silent must still end the wait. */
  private static final int SILENCE_SECONDS = 300;

  /** The driver prints what it also throws. Kept here, since loggers are forgotten otherwise. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  private final DatabaseUrl url;
  private final String schema;

  Migrations(DatabaseUrl url, String schema) {
    this.url = url;
    this.schema = schema;
  }

  /**
   * Migrates.
   *
   * @throws StorageRefusal if that cannot be done
   */
  void run() {
    var flyway = Flyway.configure(getClass().getClassLoader())
        .dataSource(source(url))
        .schemas(schema)
        .locations("classpath:db/" + schema)
        .failOnMissingLocations(true)
        .ignoreMigrationPatterns(new String[0]) // by default, a newer schema would do
        .load();
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      throw invalid(flyway, e);
    } catch (FlywayException e) {
      var known = new Diagnosis(url).of(e);
      throw known != null ? known : StorageRefusal.notMigrated(url, schema, Diagnosis.firstLine(e));
    }
  }

  private StorageRefusal invalid(Flyway flyway, FlywayValidateException why) {
    var here = "0";
    String newer = null;
    for (var migration : flyway.info().all()) {
      var version =
          migration.getVersion() == null ? "?" : migration.getVersion().getVersion();
      if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
        newer = version;
      } else {
        here = version;
      }
    }
    return newer == null
        ? StorageRefusal.otherSchema(
            url, schema, why.getMessage().lines().skip(1).findFirst().orElse("?"))
        : StorageRefusal.newerSchema(url, schema, newer, here);
  }

  static DataSource source(DatabaseUrl url) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {url.host()});
    source.setPortNumbers(new int[] {url.port()});
    source.setDatabaseName(url.database());
    source.setUser(url.user());
    source.setPassword(url.password());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SILENCE_SECONDS);
    source.setLoginTimeout(2 * CONNECT_SECONDS);
    url.tls().configure(source);
    return source;
  }
}
