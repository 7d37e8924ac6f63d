package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.tiw.v20190919.models.Concat;
import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackRequest;
import com.tencentcloudapi.tiw.v20190919.models.StartOnlineRecordRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.streams.Filler;
import org.pagereel.server.TestPages;
import org.pagereel.server.faces.agora.HostileAddresses;
import org.pagereel.server.platform.network.AddressPolicy;
import org.pagereel.server.platform.network.OwnService;
import org.pagereel.server.platform.network.PageProxy;
import org.pagereel.server.platform.outbox.Outbox;

/**
 * What a caller lets this server open: callbacks and pictures. 127.0.0.2 plays the public network.
 */
class HostileCallbackTest {
  private static final String SETTINGS =
      TencentTestServer.SETTINGS.replace("allow: [127.0.0.0/8]", "allow: [127.0.0.2]");

  @TempDir Path folder;
  private final Queue<String> reached = new ConcurrentLinkedQueue<>();
  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private TencentTestServer desk;
  private HttpServer victim;
  private HttpServer outside;

  @BeforeEach
  void open() throws IOException {
    desk = new TencentTestServer(folder, SETTINGS);
    victim = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    victim.createContext(
        "/",
        exchange -> {
          reached.add(exchange.getRequestURI().toString());
          TestPages.send(exchange, 200, "text/plain", "secret");
        });
    victim.start();
    outside = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0), 0);
    outside.createContext(
        "/taken",
        exchange -> {
          taken.add(exchange.getRequestURI().toString());
          TestPages.send(exchange, 200, "text/plain", "");
        });
    outside.createContext(
        "/redirect",
        exchange -> {
          String target = exchange.getRequestURI().getQuery().substring("to=".length());
          exchange.getResponseHeaders().set("Location", URI.create(target).toASCIIString());
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    outside.start();
  }

  @AfterEach
  void close() {
    desk.close();
    victim.stop(0);
    outside.stop(0);
  }

  @Test
  void suchAnAddressIsNotTaken() {
    for (String address : addresses()) {
      SetOnlineRecordCallbackRequest live = new SetOnlineRecordCallbackRequest();
      live.setSdkAppId(TencentTestServer.APP);
      live.setCallback(address);
      StartOnlineRecordRequest picture = TencentTestServer.start(TencentTestServer.APP, "picture");
      Concat concat = new Concat();
      concat.setEnabled(true);
      concat.setImage(address);
      picture.setConcat(concat);
      if (address.contains("flip.test") || leadsNowhere(address)) {
        continue; // now this, now that, or not yet anywhere: see below
      }
      assertRefused(address, () -> desk.client().SetOnlineRecordCallback(live));
      assertRefused(address, () -> desk.client().StartOnlineRecord(picture));
      String afterClass =
          "{\"SdkAppId\":%d,\"Callback\":\"%s\"}".formatted(TencentTestServer.APP, address);
      assertRefused(address, () -> desk.client().call("SetOfflineRecordCallback", afterClass));
    }
    assertThat(reached).isEmpty();
  }

  /** As if it had been taken before, when its name led elsewhere. */
  @Test
  void norIsAnythingSentThere() {
    List<String> addresses = addresses();
    assertThat(addresses).hasSizeGreaterThanOrEqualTo(60);
    int number = 0;
    for (String address : addresses) {
      send(++number, address);
      send(++number, outside("/redirect?to=" + escaped(address)));
    }
    send(++number, outside("/taken"));
    // One after the other, each tried once at least when the last one has arrived.
    assertThat(Await.until(Duration.ofSeconds(60), () -> !taken.isEmpty())).isTrue();
    assertThat(Await.until(Duration.ofSeconds(60), () -> waiting() == 0)).isTrue();
    assertThat(reached).isEmpty();
  }

  @Test
  void norIsAPictureFetchedFromThere() throws Exception {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    OwnService own = new OwnService(nobody, false);
    try (PageProxy proxy = PageProxy.open(new AddressPolicy(List.of("127.0.0.2")), own);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> fetched = new ArrayList<>();
      for (String address : addresses()) {
        for (String url : List.of(address, outside("/redirect?to=" + escaped(address)))) {
          fetched.add(
              threads.submit(() -> {
                Filler.fetch(url, folder, proxy.address());
                return url;
              }));
        }
      }
      for (Future<?> one : fetched) {
        assertThatThrownBy(one::get).hasCauseInstanceOf(IOException.class);
      }
    }
    assertThat(reached).isEmpty();
  }

  private static boolean leadsNowhere(String address) {
    String host = URI.create(address).getHost();
    try {
      return host != null && InetAddress.getAllByName(host).length == 0;
    } catch (UnknownHostException e) {
      return true;
    }
  }

  private interface Call {
    void run() throws TencentCloudSDKException;
  }

  private static void assertRefused(String address, Call call) {
    assertThatThrownBy(call::run)
        .as(address)
        .isInstanceOfSatisfying(
            TencentCloudSDKException.class,
            refused ->
                assertThat(refused.getErrorCode())
                    .isIn(
                        "InvalidParameter.CallbackAddressFormatError",
                        "InvalidParameter.RecordParameter"));
  }

  private void send(int number, String address) {
    desk.jdbi()
        .useTransaction(handle -> {
          long app = 2_000_000_000L + number;
          Callbacks.setUrl(handle, app, address);
          Outbox.add(
              handle,
              "n" + number,
              "lane" + number,
              CallbackTargets.name(app),
              "{}",
              Instant.now());
        });
  }

  /** Notices that were not tried yet. */
  private int waiting() {
    return desk.jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL AND tries = 0")
                .mapTo(Integer.class)
                .one());
  }

  private List<String> addresses() {
    return HostileAddresses.of(victim.getAddress().getPort());
  }

  private String outside(String path) {
    return "http://127.0.0.2:" + outside.getAddress().getPort() + path;
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
