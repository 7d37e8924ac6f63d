package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import io.agora.education.EducationTokenBuilder2;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.WholeMachine;

/** A recorder's token stays one, however it is spelt: it lies in the address of a page. */
@WholeMachine
class RecorderTokenTest {
  private static final String PAGE = "\"rootUrl\":\"http://127.0.0.1:9/\"";

  @TempDir Path folder;
  private AgoraTestServer desk;
  private AgoraClient app;

  @BeforeEach
  void open() throws Exception {
    desk = new AgoraTestServer(folder, TestServer.SETTINGS);
    app =
        desk.client(
            new EducationTokenBuilder2()
                .buildAppToken(TestServer.APP, TestServer.CERTIFICATE, 3600));
    app.create("mine");
    app.create("other");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void anotherSpellingOpensNothingMore() throws Exception {
    String id = started();
    Map<String, String> spellings = RespeltToken.all(desk.recorderToken(id));
    assertThat(spellings).hasSizeGreaterThan(8);
    for (Map.Entry<String, String> spelling : spellings.entrySet()) {
      AgoraClient page = desk.client(spelling.getValue());
      String as = spelling.getKey();
      assertThat(page.call("GET", page.room("mine"), null).status()).as(as).isEqualTo(200);
      assertThat(page.call("GET", page.room("other"), null).status()).as(as).isEqualTo(401);
      assertThat(page.call("GET", page.room("mine") + "/records", null).status())
          .as(as)
          .isEqualTo(403);
      assertThat(page.stop("mine").status()).as(as).isEqualTo(403);
    }
    assertThat(app.record("mine").path("state").asInt()).isEqualTo(-1);
  }

  @Test
  void itIsOverWithTheRecording() throws Exception {
    String id = started();
    String token = desk.recorderToken(id);
    desk.finish(id);
    assertThat(desk.client(token).call("GET", app.room("mine"), null).status()).isEqualTo(401);
    for (Map.Entry<String, String> spelling : RespeltToken.all(token).entrySet()) {
      AgoraClient page = desk.client(spelling.getValue());
      assertThat(page.call("GET", page.room("mine"), null).status())
          .as(spelling.getKey())
          .isEqualTo(401);
    }
  }

  private String started() throws Exception {
    return app.start("mine", PAGE, ",\"retryTimeout\":60").ok().data().path("recordId").asString();
  }
}
