package io.umbel.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * nginx as a plain proxy, where it is installed: one process with one worker, as a gateway has one
 * event loop, so that what is measured of that process is all there is.
 */
final class Nginx {

  private static final String CONFIGURATION = """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log stderr;
      events { worker_connections 1024; }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        keepalive_requests 1000000;
        upstream behind {
          server 127.0.0.1:%2$d;
          keepalive 128;
          keepalive_requests 1000000;
        }
        server {
          listen 127.0.0.1:%1$d;
          location / {
            proxy_pass http://behind;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
          }
        }
      }
      """;

  private Nginx() {}

  /**
   * The command that has it listen there and pass everything on, or nothing where there is none.
   *
   * @param directory for its files
   */
  static Optional<List<String>> command(Path directory, int port, int target) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(place -> Path.of(place, "nginx"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(nginx -> command(nginx, directory, CONFIGURATION.formatted(port, target)));
  }

  private static List<String> command(Path nginx, Path directory, String configuration) {
    try {
      Files.createDirectories(directory);
      var file = Files.writeString(directory.resolve("nginx.conf"), configuration);
      return List.of(nginx.toString(), "-p", directory.toString(), "-c", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
