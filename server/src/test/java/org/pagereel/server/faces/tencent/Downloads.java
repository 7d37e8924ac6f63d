package org.pagereel.server.faces.tencent;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a player does with a VideoUrl. */
final class Downloads {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Downloads() {}

  static HttpResponse<byte[]> get(String url) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static int head(String url) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).HEAD().build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  static int range(String url, String range) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).header("Range", range).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Begins a download; it goes on as its stream is read. */
  static InputStream begin(String url) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }
}
