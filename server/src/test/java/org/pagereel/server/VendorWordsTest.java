package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Below the faces no vendor is known, not even by a word of its own. Comments may cite one. */
class VendorWordsTest {
  private static final Path HOME = Path.of(System.getProperty("pagereel.home"));
  private static final Pattern WORDS =
      Pattern.compile(
          "(?i)agora|tencent|tic_|trtc|\\btiw|From_Account|RspMsgList|IsPlaceMsg"
              + "|\\bMsg(Body|Type|Content|Seq|Random|Time)|\\bTIM\\w+Elem|\\b100[348]L?\\b"
              + "|\\b(video_url|media_start_time|time_line|board_time|avsdk_time)\\b");

  private static final Pattern COMMENTS = Pattern.compile("(?s)/\\*.*?\\*/|(?m)//.*$");

  /**
   * Reads plans of earlier versions, in the store and in journals of recordings. They do not say
   * the names, because those of one vendor were everybody's.
   */
  private static final Set<String> READERS = Set.of("StreamNames.java");

  @Test
  void coreAndRecorderUseNone() throws IOException {
    List<String> found = new ArrayList<>();
    for (String room :
        List.of("server/src/main/java/org/pagereel/server/core", "recorder/src/main")) {
      try (Stream<Path> files = Files.walk(HOME.resolve(room))) {
        for (Path file : files.filter(VendorWordsTest::isCode).toList()) {
          if (uses(Files.readString(file))) {
            found.add(file.getFileName().toString());
          }
        }
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(READERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String agoraToken;",
        "put(\"TrtcRoomId\", 1)",
        "name.startsWith(\"tic_record\")",
        "class TiwCode {}",
        "item.path(\"From_Account\")",
        "put(\"RspMsgList\", list)",
        "String data = \"{\\\"MsgBody\\\":[]}\"",
        "path(\"MsgTimeMillis\")",
        "\"TIMCustomElem\"",
        "case 1003 -> clock();",
        "long VIDEO = 1004L;",
        "\"media_start_time\"",
        "/* of a vendor */ TencentApp app;"
      })
  void aWordIsSeen(String code) {
    assertThat(uses(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/** See docs/vendors/agora.md. */ int x;", "int statica_ = 1; // Agora"})
  void aCommentIsNone(String code) {
    assertThat(uses(code)).isFalse();
  }

  private static boolean isCode(Path file) {
    return file.toString().matches(".*\\.(java|js|html)");
  }

  private static boolean uses(String code) {
    return WORDS.matcher(COMMENTS.matcher(code).replaceAll("")).find();
  }
}
