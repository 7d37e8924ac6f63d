package org.pagereel.recorder.streams;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.ProxyAddress;

/** The picture that stands in a joined file while its stream is away. */
public final class Filler {
  static final String FILE = "filler";
  private static final int LARGEST = 5_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Filler() {}

  /**
   * Fetches it into the folder.
   *
   * @param proxy host:port to go through, as the page does; null for none
   * @throws IOException says why there is none
   */
  public static void fetch(String address, Path folder, @Nullable String proxy)
      throws IOException, InterruptedException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL);
    if (proxy != null) {
      builder.proxy(ProxySelector.of(ProxyAddress.parse(proxy)));
    }
    try (HttpClient client = builder.build()) {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] picture = body.readNBytes(LARGEST + 1);
        if (answer.statusCode() != 200 || picture.length > LARGEST) {
          throw new IOException(
              "answer %d, %,d bytes or more".formatted(answer.statusCode(), picture.length));
        }
        Files.write(folder.resolve(FILE), picture);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("no address: " + e.getMessage(), e);
    }
  }
}
