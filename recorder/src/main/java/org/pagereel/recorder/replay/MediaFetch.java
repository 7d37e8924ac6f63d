package org.pagereel.recorder.replay;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_REDIRECTS = 5;

  /** Left free on the disk. */
  private static final long SPARE_BYTES = 1L << 30;

  private final Path folder;
  private final Proxy proxy;

  /**
   * Fetches from now on.
   *
   * @param proxy host:port to go through; null for none
   */
  MediaFetch(Path folder, @Nullable String proxy) {
    this.folder = folder;
    this.proxy = proxy == null ? Proxy.NO_PROXY : proxy(proxy);
  }

  private static Proxy proxy(String address) {
    int colon = address.lastIndexOf(':');
    return new Proxy(
        Proxy.Type.HTTP,
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
  }

  /**
   * Where the file is now.
   *
   * @param target what is fetched goes there; there already: nothing is fetched
   * @param most bytes it may have
   * @throws IOException says why there is none
   */
  Path fetch(String address, Path target, long most) throws IOException, InterruptedException {
    if (!address.contains(":")) {
      return own(address);
    }
    if (!address.matches("(?i)https?://.+")) {
      throw new IOException("allowed are http, https, and files in the class's folder");
    }
    for (int attempt = 1; !Files.exists(target); attempt++) {
      try {
        load(uri(address), target, most);
      } catch (Refused e) {
        throw e;
      } catch (IOException e) {
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

  private void load(URI address, Path target, long most) throws IOException {
    Path growing = target.resolveSibling("." + target.getFileName() + ".part");
    HttpURLConnection connection = open(address);
    try (InputStream in = connection.getInputStream();
        OutputStream out = Files.newOutputStream(growing)) {
      copy(in, out, Math.min(most, folder.toFile().getUsableSpace() - SPARE_BYTES));
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
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpURLConnection connection = (HttpURLConnection) now.toURL().openConnection(proxy);
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

  private static void copy(InputStream in, OutputStream out, long most) throws IOException {
    long until = System.nanoTime() + LONGEST.toNanos();
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
      if (bytes > most) {
        throw new Refused("it has more than %,d bytes".formatted(most));
      }
      if (System.nanoTime() > until) {
        throw new Refused("it is not complete after " + LONGEST.toHours() + " h");
      }
      out.write(buffer, 0, read);
    }
  }

  private static void pause() throws InterruptedException {
    var _ = new CountDownLatch(1).await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
  }
}
