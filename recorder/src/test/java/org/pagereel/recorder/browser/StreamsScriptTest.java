package org.pagereel.recorder.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Home;

/** The script that takes streams from the page, as far as it works without a browser. */
class StreamsScriptTest {
  private static final Path RECORDER = Home.pages().resolve("../../recorder").normalize();
  private static final Path MODULES =
      RECORDER.resolve("src/main/resources/org/pagereel/recorder/browser/streams");

  @TempDir Path folder;

  /** Node's own test runner; the tests are in {@code src/test/js}. */
  @Test
  void itsModulesPassTheirTests() throws Exception {
    String said = node(RECORDER.resolve("src/test/js/streams"), "--test", "--test-reporter=tap");
    assertThat(said).contains("# fail 0").doesNotContain("# pass 0");
  }

  @Test
  void theyAreOneScriptThatIsWhole() throws Exception {
    String script = PageStreams.script("{\"rules\": [], \"screenPrefix\": \"s-\"}");
    assertThat(script).doesNotContainPattern("(?m)^(import|export) ").contains("\"s-\"");
    node(folder, "--check", Files.writeString(folder.resolve("all.js"), script).toString());
    try (Stream<Path> modules = Files.list(MODULES)) {
      for (Path module : modules.toList()) {
        List<String> names = exports(module);
        assertThat(names).as("%s", module).isNotEmpty();
        assertThat(names).allSatisfy(name -> assertThat(script).contains(name));
      }
    }
  }

  /** Whether it finds all of its names in time, with as much of a browser as it needs to begin. */
  @Test
  void itBegins() throws Exception {
    String browser =
        """
        globalThis.top = globalThis.window = globalThis;
        globalThis.setInterval = () => 0;
        globalThis.RTCPeerConnection = class { setRemoteDescription() {} };
        const told = [];
        window.__pagereelStreams = (text) => told.push(text);
        """;
    String plan =
        "{\"rules\": [{\"prefix\": \"s-\", \"record\": false}], \"screenPrefix\": \"s-\"}";
    String seen =
        """
        console.log(told, "__pagereelStreams" in window, Object.keys(pagereel),
            pagereel.rule("anna", "screen").record, pagereel.rule("anna").record);
        """;
    Path all = folder.resolve("begins.js");
    Files.writeString(all, browser + PageStreams.script(plan) + seen);
    assertThat(node(folder, all.toString()).strip())
        .isEqualTo(
            "[ 'hello 0' ] false [ 'addStream', 'removeStream', 'whiteboard', 'rule' ] false true");
  }

  private static List<String> exports(Path module) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(module)) {
      if (line.startsWith("export ")) {
        found.add(line.substring("export ".length()));
      }
    }
    return found;
  }

  private static String node(Path folder, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Home.playwrightDriver().resolve("node").toString());
    command.addAll(List.of(words));
    Process node =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(said).isZero();
    return said;
  }
}
