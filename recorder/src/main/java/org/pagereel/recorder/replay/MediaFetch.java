package org.pagereel.recorder.replay;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.FreeDisk;
import org.pagereel.recorder.ProxyAddress;
import org.pagereel.recorder.RecordingFailure;

/**
 * Fetches files that messages name: from an address, or from the class's own folder. However the
 * other side behaves, it comes to an end.
 */
final class MediaFetch {
  private static final int TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Nothing came for so long: the other side is gone. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** One file may take so long, and all of a class so long. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final Duration ALL = Duration.ofHours(3);
  private static final long LOOK_AT_DISK = 4L << 20;
  private static final int MAX_REDIRECTS = 5;

  /** Left free on the disk; a server sees to it that there is more while it records. */
  private static final long SPARE_BYTES = 256L << 20;

  private final Path folder;
  private final Proxy proxy;
  private final Runnable alive;
  private final long until = System.nanoTime() + ALL.toNanos();
  private volatile @Nullable HttpURLConnection current;

  /**
   * Fetches from now on.
   *
   * @param proxy host:port to go through; null for none
   * @param alive told now and then that it goes on
   */
  MediaFetch(Path folder, @Nullable String proxy, Runnable alive) {
    this.folder = folder;
    this.alive = alive;
    this.proxy =
        proxy == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, ProxyAddress.parse(proxy));
  }

  /**
   * Where the file is now.
   *
   * @param target gets the file; if it exists, nothing is fetched
   * @param most bytes it may have
   * @throws IOException says why there is none
   */
  Path fetch(String address, Path target, long most) throws IOException, InterruptedException {
    try {
      return found(address, target, most);
    } catch (IllegalArgumentException e) { // no path, no port
      throw new Refused("no address: " + e.getMessage());
    }
  }

  private Path found(String address, Path target, long most)
      throws IOException, InterruptedException {
    if (!address.contains(":")) {
      return own(address);
    }
    if (!address.matches("(?i)https?://.+")) {
      throw new IOException("allowed are http, https, and files in the class's folder");
    }
    for (int attempt = 1; !Files.exists(target); attempt++) {
      try {
        limited(uri(address), target, most);
      } catch (Refused e) {
        throw e;
      } catch (IOException e) {
        requireDisk();
        if (attempt == TRIES) {
          throw e;
        }
        pause();
      }
    }
    return target;
  }

  /** The other side has answered, and will not answer otherwise next time. */
  private static final class Refused extends IOException {
    Refused(String message) {
      super(message);
    }
  }

  private Path own(String name) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.getParent().equals(folder) || !Files.isRegularFile(file)) {
      throw new FileNotFoundException("it is not in the class's folder");
    }
    return file;
  }

  private static URI uri(String address) throws Refused {
    try {
      return URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new Refused("no address: " + e.getMessage());
    }
  }

  /** However slowly it comes, header and body, it comes to an end. */
  private void limited(URI address, Path target, long most)
      throws IOException, InterruptedException {
    Duration left = Duration.ofNanos(until - System.nanoTime());
    Duration limit = left.compareTo(LONGEST) < 0 ? left : LONGEST;
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          load(address, target, most);
          return null;
        });
    Thread.ofVirtual().name("fetch").start(task);
    try {
      task.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      HttpURLConnection hanging = current;
      if (hanging != null) {
        hanging.disconnect();
      }
      throw new Refused("it is not complete after %d min".formatted(limit.toMinutes()));
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failed -> throw failed;
        case RuntimeException failed -> throw failed;
        case null, default -> throw new IOException(e.getCause());
      }
    }
  }

  /** A full disk is not the file's fault. */
  private void requireDisk() {
    if (FreeDisk.bytes(folder) < SPARE_BYTES) {
      throw new RecordingFailure(
          FailureCategory.CAPACITY, "The disk of " + folder + " is full: 256 MiB are kept free");
    }
  }

  private void load(URI address, Path target, long most) throws IOException {
    Path growing = target.resolveSibling("." + target.getFileName() + ".part");
    requireDisk();
    HttpURLConnection connection = open(address);
    try (InputStream in = connection.getInputStream();
        OutputStream out = Files.newOutputStream(growing)) {
      copy(in, out, most);
      long said = connection.getContentLengthLong();
      if (said >= 0 && Files.size(growing) != said) {
        throw new IOException("it broke off after %,d bytes".formatted(Files.size(growing)));
      }
      Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(growing);
      connection.disconnect();
    }
  }

  private HttpURLConnection open(URI address) throws IOException {
    URI now = address;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpURLConnection connection = (HttpURLConnection) now.toURL().openConnection(proxy);
      current = connection;
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) SILENCE.toMillis());
      connection.setInstanceFollowRedirects(false); // it would not go from http to https
      int status = connection.getResponseCode();
      String next = connection.getHeaderField("Location");
      if (status == HttpURLConnection.HTTP_OK) {
        return connection;
      }
      connection.disconnect();
      if (status / 100 != 3 || next == null || !next.matches("(?i)https?://.+|/.*")) {
        String answer = "the answer is " + status;
        throw status >= 500 ? new IOException(answer) : new Refused(answer);
      }
      now = now.resolve(uri(next));
    }
    throw new Refused("it leads from address to address");
  }

  private void copy(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
      if (bytes > most) {
        throw new Refused("it has more than %,d bytes".formatted(most));
      }
      if (bytes % LOOK_AT_DISK < read) {
        requireDisk();
        alive.run();
      }
      out.write(buffer, 0, read);
    }
  }

  private static void pause() throws InterruptedException {
    var _ = new CountDownLatch(1).await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
  }
}
