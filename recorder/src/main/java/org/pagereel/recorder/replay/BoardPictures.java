package org.pagereel.recorder.replay;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.ProxyAddress;

/**
 * Fetches the pictures that boards show, as the page itself may not: they come from anywhere and
 * need not allow it. Through the same proxy as the page. Any thread.
 */
final class BoardPictures implements AutoCloseable {
  private static final long LARGEST = 8_000_000;
  private static final int LONGEST_ADDRESS = 4_000;
  private static final int MAX_MISSING = 1_000;

  /** Less than the page waits. */
  private static final Duration PATIENCE = Duration.ofMillis(4_500);

  private final Set<String> missing = new TreeSet<>();
  private final HttpClient client;

  /** The answer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Picture(String type, byte[] bytes) {}

  /**
   * Fetches nothing yet.
   *
   * @param proxy host:port; null for none
   */
  BoardPictures(@Nullable String proxy) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL);
    if (proxy != null) {
      builder.proxy(ProxySelector.of(ProxyAddress.parse(proxy)));
    }
    client = builder.build();
  }

  /**
   * Fetches one.
   *
   * @throws IOException says why there is none; it is then among the missing
   */
  Picture fetch(String address) throws IOException {
    try {
      return get(address);
    } catch (IOException e) {
      missing(address, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  void missing(String address, String reason) {
    synchronized (missing) {
      if (missing.size() < MAX_MISSING) {
        String shown = address.length() <= 300 ? address : address.substring(0, 300) + "…";
        missing.add(shown + ": " + reason.replaceAll("\\s+", " "));
      }
    }
  }

  /** Addresses that showed no picture, each with the reason. */
  Set<String> missing() {
    synchronized (missing) {
      return new TreeSet<>(missing);
    }
  }

  private Picture get(String address) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(checked(address)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
    try {
      // The request's own limit covers the head of the answer only.
      HttpResponse<byte[]> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("answer " + response.statusCode());
      }
      return new Picture(
          response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
          response.body());
    } catch (TimeoutException e) {
      throw new IOException("not there within " + PATIENCE.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static URI checked(String address) throws IOException {
    try {
      URI uri = URI.create(address);
      if (address.length() <= LONGEST_ADDRESS
          && uri.getHost() != null
          && String.valueOf(uri.getScheme()).matches("(?i)https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("no address", e);
    }
    throw new IOException("no http or https address");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
