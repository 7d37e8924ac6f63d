package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;

/**
 * A page sends by WebRTC and WebTransport: to peers, STUN and TURN servers on all of this machine's
 * addresses. 127.0.0.2 plays the public network.
 */
@WholeMachine
class HostileUdpTest {
  private static final String SETTINGS =
      """
      apps:
        - {id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, certificate: 0123456789abcdef0123456789abcdef}
      network: {allow: [127.0.0.2]}
      """;

  @TempDir Path folder;
  private final Queue<String> reached = new ConcurrentLinkedQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private HttpServer outside;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(mayLimit(), "only root may set rules, by nft (Debian: apt-get install nftables)");
    outside = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0), 0);
    outside.start();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    if (outside != null) {
      outside.stop(0);
    }
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  void nothingReachesThisMachine() throws Exception {
    List<String> victims = new ArrayList<>();
    List<InetAddress> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLinkLocalAddress())
            .toList();
    for (InetAddress address : own) {
      victims.add(
          "['" + address.getHostAddress().replaceAll("%.*", "") + "'," + udp(address) + "]");
    }
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    int welcome = udp(InetAddress.ofLiteral("127.0.0.2"));
    page(
        """
        <!doctype html><body>hostile<script type="module">
        const at = (address, port) => (address.includes(':') ? `[${address}]` : address) + ':' + port;
        const victims = [%s];
        const login = {username: 'u', credential: 'c'};
        const servers = victims.flatMap(([address, port]) => [
          {urls: 'stun:' + at(address, port)},
          {urls: 'turn:' + at(address, port) + '?transport=udp', ...login}]);
        servers.push({urls: 'turn:127.0.0.1:%d?transport=tcp', ...login});
        async function connect(iceServers, peers) {
          const one = new RTCPeerConnection({iceServers});
          const other = new RTCPeerConnection();
          one.createDataChannel('x');
          await one.setLocalDescription(await one.createOffer());
          await other.setRemoteDescription(one.localDescription);
          await other.setLocalDescription(await other.createAnswer());
          await one.setRemoteDescription(other.localDescription);
          for (const candidate of peers) {
            await one.addIceCandidate({candidate: 'candidate:1 1 ' + candidate, sdpMid: '0'}).catch(() => {});
          }
        }
        const udp = ([address, port]) => `udp 2122260223 ${address} ${port} typ host`;
        await connect([], [...victims.map(udp), udp(['127.0.0.2', %d]), udp(['localhost.test', victims[0][1]]),
          'tcp 1518280447 127.0.0.1 %d typ host tcptype passive']);
        for (let i = 0; i < servers.length; i += 4) await connect(servers.slice(i, i + 4), []);
        for (const [address, port] of victims) {
          try { new WebTransport('https://' + at(address, port) + '/').ready.catch(() => {}); } catch (refused) {}
        }
        setTimeout(() => fetch('/records/ready', {method: 'PUT'}), 6000);
        </script>
        """
            .formatted(String.join(",", victims), tcp(loopback), welcome, tcp(loopback)));
    try (TestServer server = new TestServer(folder, SETTINGS)) {
      AgoraClient client = server.client();
      client.create("r");
      String url = "http://127.0.0.2:" + outside.getAddress().getPort() + "/hostile.html";
      client.start("r", "\"rootUrl\":\"" + url + "\"", ",\"retryTimeout\":40").ok();
      client.awaitRecord("r", record -> record.path("ready").asBoolean());
      client.stop("r").ok();
      client.awaitRecord("r", record -> record.path("state").asInt() == 0);
    }
    // The page did try, and what the settings allow was reached.
    assertThat(reached).contains("udp 127.0.0.2");
    assertThat(reached).containsOnly("udp 127.0.0.2");
  }

  private static boolean mayLimit() {
    try {
      String rules =
          "table inet pagereel-test { chain out { type filter hook output priority 0; }; }";
      return new ProcessBuilder("nft", "--check", rules)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int udp(InetAddress address) throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0));
    open.add(socket);
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              socket.receive(new DatagramPacket(new byte[2048], 2048));
              reached.add("udp " + address.getHostAddress());
            }
          } catch (IOException closed) {
            // the test is over
          }
        });
    return socket.getLocalPort();
  }

  private int tcp(InetAddress address) throws IOException {
    ServerSocket socket = new ServerSocket(0, 10, address);
    open.add(socket);
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              socket.accept().close();
              reached.add("tcp " + address.getHostAddress());
            }
          } catch (IOException closed) {
            // the test is over
          }
        });
    return socket.getLocalPort();
  }

  private void page(String body) {
    outside.createContext(
        "/hostile.html", exchange -> TestPages.send(exchange, 200, "text/html", body));
  }
}
