package io.umbel.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  @TempDir
  private Path directory;

  private EmbeddedPostgres postgres;

  @BeforeEach
  void prepare() throws IOException {
    Prepared.in(directory);
  }

  @AfterEach
  void stop() {
    if (postgres != null) {
      postgres.stop();
    }
  }

  @Test
  void keepsWhatWasWrittenAcrossStarts() {
    start();
    TestDatabase.execute(postgres.url(), "CREATE TABLE kept (word text)");
    postgres.stop();
    assertThat(pidFile()).doesNotExist();

    start();
    TestDatabase.execute(postgres.url(), "INSERT INTO kept VALUES ('still here')");
  }

  @Test
  void onlyItsOwnerMayReadItsPasswordAndItTakesNoOther() throws IOException {
    var url = start();
    assertThat(permissions("cluster/password")).isEqualTo("rw-------");
    assertThat(permissions("cluster")).isEqualTo("rwx------");
    assertThat(Files.readString(directory.resolve("cluster/data/pg_hba.conf")).lines())
        .noneMatch(line -> line.matches("(host|local).*trust.*"));
    var wrong = new DatabaseUrl(url.host(), url.port(), url.database(), url.user(), "wrong");
    assertThatThrownBy(() -> TestDatabase.execute(wrong, "SELECT 1"))
        .hasStackTraceContaining("password authentication failed");
  }

  @Test
  void listensOnThisMachineOnlyAndWritesToDisk() {
    var url = start();
    TestDatabase.execute(
        url,
        "DO $$ BEGIN ASSERT current_setting('listen_addresses') = '127.0.0.1';"
            + " ASSERT current_setting('unix_socket_directories') = '';"
            + " ASSERT current_setting('fsync') = 'on'; END $$");
  }

  @Test
  void isFoundRunningAfterItsNodeWasKilled() throws Exception {
    var node = OtherProcess.on(directory);
    var port = Integer.parseInt(node.says());
    node.kill();
    assertThat(pidFile()).exists();

    assertThat(start().port()).isEqualTo(port);
    postgres.stop();
    assertThat(pidFile()).doesNotExist();
  }

  @Test
  void recoversWhatWasCommittedBeforeItWasKilledItself() throws Exception {
    start();
    TestDatabase.execute(postgres.url(), "CREATE TABLE kept (word text)");
    TestDatabase.execute(postgres.url(), "INSERT INTO kept VALUES ('still here')");
    kill();
    start();
    TestDatabase.execute(
        postgres.url(), "DO $$ BEGIN ASSERT (SELECT count(*) FROM kept) = 1; END $$");
  }

  @Test
  void startsThoughAnotherProcessHasTheNumberOfTheOneThatWasKilled() throws Exception {
    start();
    kill();
    PidFile.pointTo(data(), ProcessHandle.current().pid());
    start();
    TestDatabase.execute(postgres.url(), "SELECT 1");
  }

  @Test
  void twoNodesShareItAndTheLastToLeaveStopsIt() throws Exception {
    var url = start();
    try (var other = OtherProcess.on(directory)) {
      assertThat(other.says()).isEqualTo(Integer.toString(url.port()));
      postgres.stop();
      TestDatabase.execute(url, "SELECT 1");
    }
    assertThat(pidFile()).doesNotExist();
  }

  @Test
  void twoNodesInOneProcessShareItToo() {
    var url = start();
    var second = EmbeddedPostgres.start(directory);
    postgres.stop();
    TestDatabase.execute(url, "SELECT 1");
    second.stop();
    second.stop();
    assertThat(pidFile()).doesNotExist();
  }

  @Test
  void unpacksAnewWhatWasDamagedOrNotFinished() throws IOException {
    start();
    postgres.stop();
    var program = new Binaries(Platform.here(), directory).program("pg_ctl");
    Files.delete(program); // not written over: other tests have the same file
    Files.writeString(program, "no program");
    Files.createDirectories(directory.resolve("unpacking/bin"));
    Files.createDirectories(directory.resolve("creating/data"));
    Files.createDirectories(directory.resolve("programs-17.0.0-linux"));
    start();
    assertThat(directory.resolve("unpacking")).doesNotExist();
    assertThat(directory.resolve("programs-17.0.0-linux")).doesNotExist();
  }

  @Test
  void keepsItsPortUnlessAnotherHasTakenIt() throws IOException {
    var port = start().port();
    postgres.stop();
    assertThat(start().port()).isEqualTo(port);
    postgres.stop();
    try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(start().port()).isNotEqualTo(taken.getLocalPort());
    }
  }

  private DatabaseUrl start() {
    postgres = EmbeddedPostgres.start(directory);
    return postgres.url();
  }

  /** As if the power had failed; the node's own end comes after. */
  private void kill() throws Exception {
    var pid = PidFile.of(data()).orElseThrow().pid();
    var server = ProcessHandle.of(pid).orElseThrow();
    var children = server.descendants().toList();
    server.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    server.onExit().get();
  }

  private Path data() {
    return directory.resolve("cluster/data");
  }

  private Path pidFile() {
    return data().resolve("postmaster.pid");
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }
}
