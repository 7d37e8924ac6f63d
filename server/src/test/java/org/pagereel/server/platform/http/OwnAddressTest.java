package org.pagereel.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.server.FreePort;

/** Links name this server by an address that the client which asks can use. */
class OwnAddressTest {
  private final int port;

  OwnAddressTest() throws IOException {
    port = FreePort.find();
  }

  @ParameterizedTest
  @CsvSource({
    // Listens to every address and has no publicUrl: as it was asked.
    "0.0.0.0, , record.example.com:8443, http://record.example.com:8443",
    "0.0.0.0, , 10.1.2.3:PORT, http://10.1.2.3:PORT",
    "0.0.0.0, , [fd00::7]:PORT, http://[fd00::7]:PORT",
    "0.0.0.0, , my_box, http://my_box",
    // No name of a host: by the address at which it came in.
    "0.0.0.0, , -x, http://127.0.0.1:PORT",
    "0.0.0.0, , a$b:1, http://127.0.0.1:PORT",
    // What the settings say counts, whatever the client says.
    "0.0.0.0, https://records.example.com/, other.example.com, https://records.example.com",
    "127.0.0.1, , other.example.com, http://127.0.0.1:PORT",
  })
  void namesTheServer(String listen, String publicUrl, String host, String base) throws Exception {
    InetSocketAddress address = new InetSocketAddress(listen, port);
    SignedLinks links = new SignedLinks(new byte[8], OwnAddress.of(publicUrl, address));
    try (WebServer _ =
        WebServer.open(
            address,
            routes ->
                routes.get(
                    "/",
                    context -> context.result(links.in(context).to("r", "f", Instant.now()))))) {
      assertThat(ask(host.replace("PORT", String.valueOf(port))))
          .contains("\r\n" + base.replace("PORT", String.valueOf(port)) + "/recordings/r/f?e=");
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, ", "127.0.0.1, http://127.0.0.1:", "0.0.0.0, https://a.b"})
  void callbacksNameOneToo(String listen, String expected) {
    String publicUrl = expected != null && expected.startsWith("https") ? expected : null;
    String base = OwnAddress.of(publicUrl, new InetSocketAddress(listen, port)).unasked();
    assertThat(base).startsWith(expected == null ? "http://" : expected).doesNotContain("0.0.0.0");
  }

  private String ask(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
