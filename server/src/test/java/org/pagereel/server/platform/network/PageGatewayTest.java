package org.pagereel.server.platform.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.FreePort;
import org.pagereel.server.platform.http.GatewayKey;
import org.pagereel.server.platform.http.PageGateway;
import org.pagereel.server.platform.http.WebServer;

/** A tunnel to the public address shows a page what is meant for pages, and nothing else. */
class PageGatewayTest {
  private static final String NAME = "record.test";
  private static final int PUBLIC_PORT = 8443;

  @TempDir Path folder;
  private WebServer web;
  private PageProxy proxy;

  @BeforeEach
  void open() throws IOException {
    InetSocketAddress listen =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());
    OwnService own =
        new OwnService(
            listen, PublicAddress.parse("https://" + NAME + ":" + PUBLIC_PORT + "/class"), false);
    PageGateway gateway = new PageGateway(own::forPages, GatewayKey.of(folder.resolve("door.p12")));
    web =
        WebServer.open(
            listen,
            gateway,
            routes -> routes.get("/<path>", context -> context.result("served " + context.path())));
    proxy = PageProxy.open(new AddressPolicy(List.of("127.0.0.0/8")), own, gateway::address);
  }

  @AfterEach
  void close() {
    proxy.close();
    web.close();
  }

  @Test
  void whatIsMeantForPages() throws Exception {
    assertThat(asked("/class/record-page/record_page.html?roomUuid=r"))
        .endsWith("served /record-page/record_page.html");
    assertThat(asked("/class/edu/apps/a/v2/rooms/r/sequences"))
        .endsWith("served /edu/apps/a/v2/rooms/r/sequences");
  }

  @Test
  void nothingElse() throws Exception {
    for (String path :
        List.of(
            "/class/metrics",
            "/metrics",
            "/record-page/record_page.html",
            "/class/recordings/x/page.mp4",
            "/class/record-page/../metrics",
            "/class/record-page/%2e%2e/metrics",
            "/class/record-page/..;/metrics",
            "/class/edu/apps/a/v2/rooms/r/records",
            "//metrics",
            "*")) {
      assertThat(asked(path)).as(path).startsWith("HTTP/1.1 4").doesNotContain("served");
    }
    assertThat(asked("http://127.0.0.1/metrics")).startsWith("HTTP/1.1 4");
  }

  @Test
  void noOtherPort() {
    assertThatThrownBy(() -> tunnel(web.port())).hasMessageContaining("HTTP/1.1 5");
  }

  @Test
  void theKeyIsForThisAccountOnlyAndStays() {
    Path file = folder.resolve("door.p12");
    assertThat(file.toFile().canRead()).isTrue();
    assertThat(GatewayKey.of(file).fingerprint())
        .isEqualTo(GatewayKey.of(file).fingerprint())
        .matches("[A-Za-z0-9+/]{43}=");
    assertThat(fileMode(file)).isEqualTo("rw-------");
  }

  private static String fileMode(Path file) {
    try {
      return java.nio.file.attribute.PosixFilePermissions.toString(
          Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The whole answer to a request through the proxy and TLS. */
  private String asked(String target) throws Exception {
    try (Socket tunnel = tunnel(PUBLIC_PORT);
        SSLSocket tls =
            (SSLSocket) trust().getSocketFactory().createSocket(tunnel, NAME, PUBLIC_PORT, true)) {
      tls.setSoTimeout(20_000);
      tls.getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(target, NAME)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(tls.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket tunnel(int port) throws IOException {
    String[] at = proxy.address().split(":", 2);
    Socket socket = new Socket(at[0], Integer.parseInt(at[1]));
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(
            "CONNECT %1$s:%2$d HTTP/1.1\r\nHost: %1$s:%2$d\r\n\r\n"
                .formatted(NAME, port)
                .getBytes(StandardCharsets.US_ASCII));
    // One byte at a time: what follows the empty line belongs to TLS.
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    if (!head.toString().startsWith("HTTP/1.1 200")) {
      socket.close();
      throw new IOException(head.toString());
    }
    return socket;
  }

  private SSLContext trust() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("door.p12"))) {
      keys.load(in, "pagereel".toCharArray());
    }
    KeyStore believed = KeyStore.getInstance("PKCS12");
    believed.load(null, null);
    believed.setCertificateEntry("door", keys.getCertificate("door"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
