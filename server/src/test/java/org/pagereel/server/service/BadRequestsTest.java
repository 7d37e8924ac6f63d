package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.server.FreePort;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.store.Database;

/**
 * Whatever bytes come to whichever face: an answer that is no server's error and tells nothing of
 * what is inside, and nothing that stays. {@code -Dpagereel.badRequests=10000} for the long form.
 */
@WholeMachine
class BadRequestsTest {
  private static final int COUNT = Integer.getInteger("pagereel.badRequests", 2_000);
  private static final String APP = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) .*");

  /** What a stack trace, a library's own words, or a face that hides its failure would have. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "Exception|\\tat |org\\.pagereel|\\.java:|java\\.|jetty|javalin|SQLITE|went wrong");

  private static final long MAX_MORE_BYTES = 24_000_000;
  private static final long MAX_MORE_FILES = 60;

  @TempDir Path folder;
  private int port;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areAnsweredAndForgotten(boolean authentication) throws Exception {
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    try (Service _ = serve(authentication)) {
      BadRequests requests = new BadRequests(20261124, APP);
      long bytes = 0;
      long files = 0;
      int warm = COUNT / 4;
      for (int i = 0; i < COUNT / 2; i++) {
        if (i == warm / 2) {
          bytes = used();
          files = open();
        }
        byte[] request = requests.next();
        int status = check(i, request, send(request), wrong);
        statuses.merge(status, 1, Integer::sum);
      }
      assertThat(wrong).isEmpty();
      assertThat(used() - bytes).as("heap that stays").isLessThan(MAX_MORE_BYTES);
      assertThat(open() - files).as("files that stay open").isLessThan(MAX_MORE_FILES);
      assertThat(statuses.keySet()).as("%s", statuses).contains(200, 400, 404);
      assertThat(recordings()).as("nothing was started").isZero();
    }
  }

  private Service serve(boolean authentication) throws IOException {
    port = FreePort.find();
    Path yaml =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            authentication: %s
            demoRoom: true
            apps: [{id: %s, certificate: 0123456789abcdef0123456789abcdef}]
            tencent:
              - secretId: AKIDTESTSECRETID0000000000000000000
                secretKey: TESTSECRETKEY00000000000000000000
                apps: [{sdkAppId: 1400000001, key: TESTKEY0}]
            """
                .formatted(authentication, APP));
    return StandInService.open(
        SettingsFile.read(yaml).listening("127.0.0.1:" + port), folder.resolve("data"));
  }

  private String send(byte[] request) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput(); // whatever it announced, there is no more
        socket.getInputStream().transferTo(answer);
      } catch (SocketException e) {
        // It was refused before all of it was sent: what came of the answer counts.
      }
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  /** 0 for no answer at all, as to what is no HTTP. */
  private static int check(int number, byte[] request, String answer, List<String> wrong) {
    Matcher line = STATUS.matcher(answer.lines().findFirst().orElse(""));
    int status = line.matches() ? Integer.parseInt(line.group(1)) : 0;
    if (status >= 500 || (status == 0 && !answer.isEmpty()) || INSIDE.matcher(answer).find()) {
      wrong.add("%d: %s%n-> %s".formatted(number, shown(request), answer));
    }
    return status;
  }

  private int recordings() {
    try (Database database = Database.open(folder.resolve("data"))) {
      return database
          .jdbi()
          .withHandle(handle ->
              handle.createQuery("SELECT COUNT(*) FROM recordings").mapTo(int.class).one());
    }
  }

  private static String shown(byte[] request) {
    String text = new String(request, StandardCharsets.UTF_8);
    return text.length() < 1_500 ? text : text.substring(0, 1_500) + "…";
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long open() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}
