package io.umbel.storage.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Unpacks an archive in the ustar format, as far as PostgreSQL's binaries use it: files,
 * directories and symbolic links. Nothing gets outside the directory.
 */
final class Tar {

  private static final int BLOCK = 512;
  private static final Set<PosixFilePermission> EXECUTE = Set.of(PosixFilePermission.OWNER_EXECUTE);

  private final InputStream archive;
  private final Path into;
  private final List<Path> files = new ArrayList<>();

  Tar(InputStream archive, Path into) {
    this.archive = archive;
    this.into = into;
  }

  /** Unpacks everything; returns the files, without directories and links. */
  List<Path> unpack() throws IOException {
    var header = new byte[BLOCK];
    while (fill(header) && header[0] != 0) {
      var name = text(header, 345, 155).isEmpty()
          ? text(header, 0, 100)
          : text(header, 345, 155) + "/" + text(header, 0, 100);
      var size = Long.parseLong(text(header, 124, 12), 8);
      switch (header[156]) {
        case '5' -> Files.createDirectories(inside(name));
        case '2' -> link(inside(name), text(header, 157, 100));
        case '0', 0 -> file(inside(name), size, isExecutable(header));
        default ->
          throw new IOException("cannot unpack " + name + ", of type " + (char) header[156]);
      }
    }
    return files;
  }

  private void file(Path file, long size, boolean executable) throws IOException {
    Files.createDirectories(file.getParent());
    try (var out = Files.newOutputStream(file)) {
      var buffer = new byte[64 * 1024];
      for (var left = size; left > 0; ) {
        var read = archive.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new EOFException("the archive ends within " + file);
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    archive.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    if (executable) {
      var permissions = Files.getPosixFilePermissions(file);
      permissions.addAll(EXECUTE);
      Files.setPosixFilePermissions(file, permissions);
    }
    files.add(file);
  }

  private void link(Path link, String target) throws IOException {
    if (target.startsWith("/") || target.contains("..")) {
      throw new IOException(link + " leads elsewhere: " + target);
    }
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private Path inside(String name) throws IOException {
    var path = into.resolve(name).normalize();
    if (!path.startsWith(into)) {
      throw new IOException("the archive holds " + name);
    }
    return path;
  }

  private boolean fill(byte[] block) throws IOException {
    return archive.readNBytes(block, 0, BLOCK) == BLOCK;
  }

  private static boolean isExecutable(byte[] header) {
    return (Integer.parseInt(text(header, 100, 8), 8) & 0100) != 0;
  }

  private static String text(byte[] header, int from, int length) {
    var end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8).strip();
  }
}
