package io.umbel.storage;

import java.net.ConnectException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Finds out of a driver's failure what a person has to know. */
final class Diagnosis {

  private static final String NO_DATABASE = "3D000";
  private static final String NOT_ALLOWED = "42501";
  private static final String NOT_NOW = "57P0";
  private static final String TOO_MANY = "53300";
  private static final String NOT_LET_IN = "28";
  private static final String CONNECTION = "08";

  private final DatabaseUrl url;

  Diagnosis(DatabaseUrl url) {
    this.url = url;
  }

  /** What is wrong, or null where this failure is not about reaching and entering the database. */
  StorageRefusal of(Throwable failure) {
    var said = cause(failure, SQLException.class);
    return said == null || said.getSQLState() == null ? null : of(said, said.getSQLState());
  }

  private StorageRefusal of(SQLException said, String state) {
    var why = firstLine(said);
    if (state.equals(NO_DATABASE)) {
      return StorageRefusal.noSuchDatabase(url);
    } else if (state.startsWith(NOT_LET_IN)) {
      return StorageRefusal.notLetIn(url, why);
    } else if (state.equals(NOT_ALLOWED)) {
      return StorageRefusal.notAllowed(url, why);
    } else if (state.equals(TOO_MANY) || state.startsWith(NOT_NOW)) {
      return StorageRefusal.busy(url, why);
    } else if (state.startsWith(CONNECTION)) {
      return isAboutTls(said) ? StorageRefusal.notEncrypted(url, why) : unreachable(said, why);
    }
    return null;
  }

  private StorageRefusal unreachable(SQLException said, String why) {
    return StorageRefusal.unreachable(
        url, cause(said, ConnectException.class) == null ? why : "the connection was refused");
  }

  private static boolean isAboutTls(SQLException said) {
    return cause(said, SSLException.class) != null
        || cause(said, GeneralSecurityException.class) != null
        || String.valueOf(said.getMessage())
            .matches("(?s).*(SSL|hostname .* could not be verified).*");
  }

  /** Server's messages begin with their severity, and go on with detail. */
  static String firstLine(Throwable failure) {
    var text = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    return text.replaceFirst("^(FATAL|ERROR|PANIC): ", "").replaceFirst("\\.$", "");
  }

  static <T extends Throwable> T cause(Throwable failure, Class<T> type) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
