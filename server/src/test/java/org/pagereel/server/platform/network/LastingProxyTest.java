package org.pagereel.server.platform.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagereel.server.FreePort;
import org.pagereel.server.Pause;

/** A server that was told to end finishes its recordings: their pages still have the network. */
class LastingProxyTest {
  @Test
  void pagesHaveTheNetworkUntilAllIsClosed() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(said).endsWith("answered with 200");
  }

  /** A JVM that is told to end at once, and then asks for a page as a recorded page would. */
  static final class Ending {
    private Ending() {}

    public static void main(String[] arguments) throws Exception {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      HttpServer pages = HttpServer.create(new InetSocketAddress(loopback, 0), 10);
      pages.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      pages.start();
      AddressPolicy policy = new AddressPolicy(List.of("127.0.0.0/8"));
      InetSocketAddress own = new InetSocketAddress(loopback, FreePort.find());
      PageProxy proxy = PageProxy.open(policy, new OwnService(own, false));
      String page = "http://127.0.0.1:" + pages.getAddress().getPort() + "/";
      Thread last = new Thread(() -> ask(page, proxy.at()));
      Runtime.getRuntime().addShutdownHook(last);
      System.exit(0);
    }

    private static void ask(String page, InetSocketAddress proxy) {
      Pause.of(Duration.ofMillis(500)); // others have had their time to end things
      try (HttpClient client = HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build()) {
        HttpResponse<Void> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(page)).build(),
                HttpResponse.BodyHandlers.discarding());
        System.out.println("answered with " + answer.statusCode());
      } catch (Exception e) {
        System.out.println("not answered: " + e);
      }
    }
  }
}
