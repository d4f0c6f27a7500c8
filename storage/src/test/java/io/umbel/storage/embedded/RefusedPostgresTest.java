package io.umbel.storage.embedded;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.umbel.storage.StorageRefusal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedPostgresTest {

  private static final String OR_YOUR_OWN = "set UMBEL_DATABASE_URL to a PostgreSQL of your own.";

  @TempDir
  private Path directory;

  @Test
  void aMachineThatNoBinariesComeFor() {
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory, new Platform("SunOS", "sparcv9")))
        .isInstanceOf(StorageRefusal.class)
        .hasMessage(
            "No PostgreSQL for SunOS on sparcv9 comes with Umbel. S" + OR_YOUR_OWN.substring(1));
  }

  @Test
  void aDirectoryThatIsAFile() throws IOException {
    var file = Files.writeString(directory.resolve("file"), "");
    assertRefused(
        file,
        "The database cannot be kept in " + file + ": " + file + ": FileAlreadyExistsException");
  }

  @Test
  void aPathThatAShellReadsAsSomethingElse() {
    var path = directory.resolve("a$b");
    assertRefused(
        path, "The database cannot be kept in " + path + ": its path holds one of \" $ ` \\");
  }

  @Test
  void aDirectoryOfSomebodyElse() throws IOException {
    assumeTrue(isRoot(), "only root can give a directory away");
    var theirs = Files.createDirectory(directory.resolve("theirs"));
    Files.setAttribute(theirs, "unix:uid", 65534);
    assertRefused(
        theirs,
        "The database cannot be kept in " + theirs
            + ": it belongs to user nobody, and this process is root's");
  }

  @Test
  void aDirectoryThatCannotBeWrittenTo() throws Exception {
    assumeTrue(isRoot(), "only root can become somebody else");
    var theirs = open(directory.resolve("theirs"));
    try (var node = OtherProcess.on(theirs.resolve("below"), everybodysClassPath(), NOBODY)) {
      assertThat(node.says())
          .isEqualTo("The database cannot be kept in " + theirs.resolve("below")
              + ": permission denied for " + theirs.resolve("below")
              + ". Choose another directory with --data, or " + OR_YOUR_OWN);
    }
  }

  @Test
  void anOrdinaryUserHasOneToo() throws Exception {
    assumeTrue(isRoot(), "only root can become somebody else");
    var theirs = open(directory.resolve("theirs"));
    Files.setAttribute(theirs, "unix:uid", 65534);
    try (var node = OtherProcess.on(theirs, everybodysClassPath(), NOBODY)) {
      assertThat(node.says()).matches("[0-9]+");
    }
    assertThat(theirs.resolve("cluster/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void rootThatMayNotStepDown() throws Exception {
    assumeTrue(isRoot(), "about root");
    var withoutNamespaces = new String[] {
      "unshare",
      "--user",
      "--map-root-user",
      "sh",
      "-c",
      "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$@\"",
      "sh"
    };
    try (var node =
        OtherProcess.on(directory, System.getProperty("java.class.path"), withoutNamespaces)) {
      assertThat(node.says())
          .startsWith(
              "PostgreSQL does not run as root, and this machine does not let root step into a"
                  + " user namespace (unshare --user: ")
          .endsWith("Start Umbel as another user, or " + OR_YOUR_OWN);
    }
  }

  @Test
  void dataOfANewerPostgres() throws IOException {
    Prepared.in(directory);
    var data = directory.resolve("cluster/data");
    Files.writeString(data.resolve("PG_VERSION"), "19\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
        .hasMessage(
            "The database in " + data + " was made by PostgreSQL 19, and this Umbel brings 18."
                + " Start the Umbel that made it, or run PostgreSQL 19 on that directory and set"
                + " UMBEL_DATABASE_URL to it.");
  }

  @Test
  void whatIsNoDatabase() throws IOException {
    var home = Files.createDirectories(directory.resolve("cluster"));
    assertRefused(
        directory,
        "The database cannot be kept in " + home + ": it is there, but is no database of Umbel's");
  }

  @Test
  void aServerThatDoesNotStart() throws IOException {
    Prepared.in(directory);
    var settings = directory.resolve("cluster/data/postgresql.conf");
    Files.writeString(settings, "shared_buffers = lots\n", APPEND);
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
        .hasMessageStartingWith("PostgreSQL did not start: ")
        .hasMessageContaining("postgresql.conf")
        .hasMessageEndingWith(
            "Look into " + directory.resolve("server.log") + ", or " + OR_YOUR_OWN);
  }

  private static final String[] NOBODY = {
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"
  };

  private static void assertRefused(Path directory, String wrong) {
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
        .isInstanceOf(StorageRefusal.class)
        .hasMessage(wrong + ". Choose another directory with --data, or " + OR_YOUR_OWN);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** The class path, where everybody can read it. */
  private String everybodysClassPath() throws IOException {
    open(directory);
    var copies = open(directory.resolve("classes"));
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      copy(Path.of(entry), copies);
    }
    return copies + File.pathSeparator + copies + "/*";
  }

  private static void copy(Path entry, Path into) throws IOException {
    if (Files.isRegularFile(entry)) {
      Files.copy(entry, into.resolve(entry.getFileName()));
    } else if (Files.isDirectory(entry)) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var copy = into.resolve(entry.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  private static Path open(Path directory) throws IOException {
    Files.createDirectories(directory);
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
