package io.umbel.tools.entities.builtin;

import io.umbel.tools.entities.builtin.AccountFiles.Seen;
import io.umbel.tools.entities.builtin.AccountFiles.Slot;
import io.umbel.tools.entities.find.Backend;
import io.umbel.tools.entities.find.Found;
import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntitiesRefusal;
import io.umbel.tools.entities.settings.EntitySettings;
import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entities from files, in indexes of our own: one for each account and type, so that no query could
 * meet another account's. Files that have changed are read again; one that cannot be used then
 * leaves what is there as it is.
 */
public final class BuiltIn implements Backend {

  private static final Logger LOG = LoggerFactory.getLogger(BuiltIn.class);
  private static final int THREADS = 4;
  private static final long LONGEST_READ_MINUTES = 10;

  private final Vertx vertx;
  private final EntitySettings.Files files;
  private final AccountFiles directory;
  private final WorkerExecutor workers;
  private volatile Map<Slot, Loaded> loaded = Map.of();
  private String trouble;
  private boolean reading;
  private boolean closed;
  private Long timer;

  /** What was made of a file; of one that was never usable, nothing. */
  private record Loaded(Seen seen, Optional<EntityIndex> index) {}

  /** On these files. */
  public BuiltIn(Vertx vertx, EntitySettings.Files files, Map<String, EntityType> types) {
    this.vertx = vertx;
    this.files = files;
    this.directory = new AccountFiles(files.data(), types);
    this.workers = vertx.createSharedWorkerExecutor(
        "umbel-entities", THREADS, LONGEST_READ_MINUTES, TimeUnit.MINUTES);
  }

  @Override
  public String name() {
    return files.backend();
  }

  @Override
  public Future<?> open() {
    return workers
        .executeBlocking(() -> read(true))
        .onSuccess(read -> timer = vertx.setPeriodic(files.reload().toMillis(), tick -> reload()));
  }

  @Override
  public Future<Found> find(String account, EntityType type, Wanted wanted) {
    var found = loaded.get(new Slot(account, type.name()));
    return found == null || found.index().isEmpty()
        ? Future.failedFuture(Found.noData(type))
        : workers.executeBlocking(() -> found.index().get().find(wanted), false);
  }

  @Override
  public Future<?> close() {
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
    closed = true;
    return workers.close();
  }

  /** Reads what has changed, one time after the other. */
  private void reload() {
    if (!reading) {
      reading = true;
      workers
          .executeBlocking(() -> read(false), false)
          .onComplete(read -> reading = false)
          .onSuccess(read -> trouble = null)
          .onFailure(this::tell);
    }
  }

  /** Once, as long as it stays the same. */
  private void tell(Throwable why) {
    if (!closed && !String.valueOf(why.getMessage()).equals(trouble)) {
      trouble = String.valueOf(why.getMessage());
      LOG.warn("Entities stay as they are: {}", trouble);
    }
  }

  private Void read(boolean strictly) throws IOException {
    var next = new HashMap<Slot, Loaded>();
    for (var file : directory.files().entrySet()) {
      var before = loaded.get(file.getKey());
      var isTheSame = before != null && before.seen().equals(file.getValue());
      next.put(
          file.getKey(),
          isTheSame ? before : load(file.getKey(), file.getValue(), before, strictly));
    }
    loaded = Map.copyOf(next);
    return null;
  }

  private Loaded load(Slot key, Seen seen, Loaded before, boolean strictly) throws IOException {
    try {
      var lines = EntityFile.read(seen.path());
      var index = EntityIndex.of(directory.types().get(key.type()), lines.entities());
      tell(seen, lines, index);
      return new Loaded(seen, Optional.of(index));
    } catch (EntitiesRefusal e) {
      if (strictly) {
        throw e;
      }
      LOG.warn("Entities of this file stay as they are: {}", e.getMessage());
      return new Loaded(seen, before == null ? Optional.empty() : before.index());
    }
  }

  private static void tell(Seen seen, EntityLines lines, EntityIndex index) {
    LOG.info("{}: {} entities", seen.path(), index.size());
    lines.told().forEach(line -> LOG.warn("{}, {}; left out", seen.path(), line));
    if (lines.unusable() > lines.told().size()) {
      LOG.warn("{}: {} lines were left out", seen.path(), lines.unusable());
    }
  }
}
