package org.pagereel.server.faces.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.awt.Color;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.SideBySide;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.network.AddressPolicy;
import org.pagereel.server.platform.network.OwnService;
import org.pagereel.server.platform.network.PageProxy;

/** Real pages in a real browser, connected with each other. */
@WholeMachine
class RoomOverWebRtcTest {
  private static final Color RED = new Color(0xcc3344);
  private static final Color GREEN = new Color(0x22aa55);
  private static final Color BLUE = new Color(0x3355cc);
  private static final Color YELLOW = new Color(0xddbb22);

  /** What conversion to YUV and the encoder do to a plain colour. */
  private static final int NEAR = 20;

  @TempDir Path folder;
  private DemoServer server;
  private Participants people;

  @BeforeEach
  void open() throws IOException {
    server = new DemoServer(folder, "");
    people = Participants.open(server.base());
  }

  @AfterEach
  void leave() {
    people.close();
    server.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void everybodySeesEverybody() {
    people.join("101", "emma", "teacher", "cc3344", 440);
    people.draw("emma", 7);
    people.join("101", "li", "student", "22aa55", 660);
    people.draw("li", 8);
    people.join("101", "sofia", "student", "3355cc", 880);

    // Who comes late has the whole board.
    people.awaitPieces("sofia", 2);
    people.draw("sofia", 9);
    people.awaitPieces("emma", 3);

    Map<String, Color> looks = Map.of("emma", RED, "li", GREEN, "sofia", BLUE);
    for (String user : looks.keySet()) {
      for (String other : looks.keySet()) {
        if (!user.equals(other)) {
          assertNear(people.colour(user, other, "camera"), looks.get(other));
        }
      }
    }

    people.share("emma", "ddbb22", 550);
    assertNear(people.colour("li", "emma", "screen"), YELLOW);
    people.unshare("emma");
    people.page("li").waitForFunction("() => !document.querySelector('[data-kind=screen]')");

    people.leave("emma");
    people.awaitOthers("li", List.of("sofia"));
    people.close("sofia");
    people.awaitOthers("li", List.of());
    people.rejoin("emma");
    people.awaitPieces("emma", 3);
    assertNear(people.colour("li", "emma", "camera"), RED);
    people.clear("emma");
    people.awaitPieces("li", 0);
  }

  @Test
  @SideBySide
  void whoCrashesIsGoneAndCanComeBack() {
    people.join("103", "emma", "teacher", "cc3344", 440);
    people.join("103", "li", "student", "22aa55", 660);
    assertNear(people.colour("emma", "li", "camera"), GREEN);
    people.crash("li");
    people.awaitOthers("emma", List.of());
    people.join("103", "li", "student", "3355cc", 660);
    assertNear(people.colour("emma", "li", "camera"), BLUE);
  }

  /** Who has offered hears the other's offer before the server has said that it took the first. */
  @ParameterizedTest
  @SideBySide
  @ValueSource(booleans = {true, false})
  void aServerThatAnswersLateCostsNobodysPicture(boolean polite) {
    String room = polite ? "104" : "105";
    people.joinSlowly(room, "emma", "teacher", "cc3344", true, polite);
    people.joinSlowly(room, "li", "student", "22aa55", false, !polite);
    assertNear(people.colour("emma", "li", "camera"), GREEN);
    assertNear(people.colour("li", "emma", "camera"), RED);
  }

  /** As a recorded page it has nothing but the proxy to reach the server by. */
  @Test
  @SideBySide
  void theRecordingPageHandsEverythingOver() {
    InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port);
    try (PageProxy proxy =
        PageProxy.open(new AddressPolicy(List.of()), new OwnService(listen, true))) {
      handsEverythingOver(proxy.address());
    }
  }

  private void handsEverythingOver(String proxy) {
    people.join("102", "emma", "teacher", "cc3344", 440);
    people.draw("emma", 1);
    Page page =
        people.look(
            "/record-page/room/record.html?sdkAppId=1&roomId=102&groupId=g&userId=tic_record_user_102_1"
                + "&userSig=s&trtcRoomId=&width=1280&height=960",
            proxy);
    page.waitForFunction("() => document.querySelector('figure video')?.videoWidth === 640");
    assertThat(captions(page)).containsExactly("emma · camera · audio + video");
    assertThat(people.page("emma").evaluate("() => room.others()")).isEqualTo(List.of());

    people.join("102", "li", "student", "22aa55", 660, "&listen=0");
    people.share("li", "ddbb22", 550);
    page.waitForFunction("() => document.querySelectorAll('figure').length === 3");
    people.camera("emma", false);
    page.waitForFunction(
        "() => document.querySelector('figcaption').textContent.endsWith('· audio')");
    people.camera("emma", true);
    page.waitForFunction(
        "() => document.querySelector('figcaption').textContent.includes('video')");
    people.leave("li");
    page.waitForFunction("() => document.querySelectorAll('figure').length === 1");
    people.rejoin("li");
    page.waitForFunction("() => document.querySelectorAll('figure').length === 2");
    assertThat(captions(page))
        .containsExactly("emma · camera · audio + video", "li · camera · audio + video");
  }

  private static List<String> captions(Page page) {
    return page.locator("figcaption").allTextContents();
  }

  private static void assertNear(Color seen, Color expected) {
    assertThat(List.of(seen.getRed(), seen.getGreen(), seen.getBlue()))
        .as("%s, expected near %s", seen, expected)
        .zipSatisfy(
            List.of(expected.getRed(), expected.getGreen(), expected.getBlue()),
            (found, wanted) -> assertThat(Math.abs(found - wanted)).isLessThan(NEAR));
  }
}
