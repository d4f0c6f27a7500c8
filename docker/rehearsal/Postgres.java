import io.umbel.storage.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/** The PostgreSQL server that all nodes of a rehearsal share: says its URL, and ends with SIGTERM. */
final class Postgres {

  private Postgres() {}

  public static void main(String[] arguments) throws InterruptedException {
    var server = EmbeddedPostgres.start(Path.of(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    var url = server.url();
    System.out.printf(
        "postgresql://%s:%s@%s:%d/%s%n",
        url.user(), url.password(), url.host(), url.port(), url.database());
    Thread.currentThread().join();
  }
}
