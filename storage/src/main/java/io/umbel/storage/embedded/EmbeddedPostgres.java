package io.umbel.storage.embedded;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.StorageRefusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server of this node's own, on this machine only, whose data outlives it. Nodes that
 * share its directory share the server; the last one to stop it does. It survives the sudden end of
 * them all: the next one finds it running.
 *
 * <p>Its methods block. Thread-safe.
 */
public final class EmbeddedPostgres {

  /** What a shell reads as something else between the quotes that {@code pg_ctl} writes. */
  private static final Pattern NOT_QUOTABLE = Pattern.compile("[\"$`\\\\\\p{Cntrl}]");

  private final Tenancy tenancy;
  private final Server server;
  private final DatabaseUrl url;
  private boolean stopped;

  private EmbeddedPostgres(Tenancy tenancy, Server server, DatabaseUrl url) {
    this.tenancy = tenancy;
    this.server = server;
    this.url = url;
  }

  /**
   * Starts the server whose programs and data are in that directory, or joins those who use it. The
   * first time it unpacks and creates everything, which takes some seconds.
   *
   * @throws StorageRefusal if there is no server to be had
   */
  public static EmbeddedPostgres start(Path directory) {
    return start(directory, Platform.here());
  }

  static EmbeddedPostgres start(Path directory, Platform platform) {
    var home = directory.toAbsolutePath().normalize();
    synchronized (EmbeddedPostgres.class) {
      try {
        var commands = Commands.in(home, owner(home));
        var tenancy = Tenancy.of(home);
        return tenancy.alone(() -> start(home, new Binaries(platform, home), commands, tenancy));
      } catch (IOException e) {
        throw StorageRefusal.unusableDirectory(home, reason(e));
      }
    }
  }

  private static EmbeddedPostgres start(
      Path home, Binaries binaries, Commands commands, Tenancy tenancy) throws IOException {
    binaries.unpack();
    var cluster = new Cluster(home, binaries, commands);
    cluster.make();
    var server = new Server(home, cluster, binaries, commands);
    var running = server.running();
    var port = running.isPresent() ? running.get() : server.start();
    if (running.isEmpty()) {
      binaries.forgetOthers();
    }
    tenancy.enter();
    return new EmbeddedPostgres(tenancy, server, cluster.url(port));
  }

  /** Where it is and how to be let in. */
  public DatabaseUrl url() {
    return url;
  }

  /** Leaves it; stops it unless another node uses it. Does nothing a second time. */
  public void stop() {
    synchronized (EmbeddedPostgres.class) {
      if (stopped) {
        return;
      }
      stopped = true;
      try {
        tenancy.alone(this::leave);
      } catch (IOException e) {
        throw StorageRefusal.notStopped(reason(e));
      }
    }
  }

  private Void leave() throws IOException {
    if (tenancy.leave()) {
      server.stop();
    }
    return null;
  }

  /** The number of the user that owns what is made there, who has to be the one that runs this. */
  private static int owner(Path home) throws IOException {
    if (NOT_QUOTABLE.matcher(home.toString()).find()) {
      throw new IOException("its path holds one of \" $ ` \\");
    }
    if (!Files.getFileStore(nearest(home)).supportsFileAttributeView("posix")) {
      throw new IOException("its file system knows no owners");
    }
    Files.createDirectories(home, asFileAttribute(fromString("rwx------")));
    var probe = Files.createTempFile(home, "probe", null);
    try {
      var user = (Integer) Files.getAttribute(probe, "unix:uid");
      if (!user.equals(Files.getAttribute(home, "unix:uid"))) {
        throw new IOException("it belongs to user " + Files.getOwner(home)
            + ", and this process is " + Files.getOwner(probe) + "'s");
      }
      return user;
    } finally {
      Files.delete(probe);
    }
  }

  private static Path nearest(Path path) {
    var there = path;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    return e instanceof FileSystemException failed
        ? failed.getFile() + ": "
            + (failed.getReason() == null ? e.getClass().getSimpleName() : failed.getReason())
        : String.valueOf(e.getMessage());
  }
}
