package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever comes: it is understood, or told what is wrong with it. */
class GeneratedRequestsTest {
  private static final String[] NAMES = {
    "SdkAppId",
    "RoomId",
    "RecordUserId",
    "RecordUserSig",
    "GroupId",
    "Concat",
    "Whiteboard",
    "MixStream",
    "Extras",
    "AudioFileNeeded",
    "RecordControl",
    "RecordMode",
    "AutoStopTimeout",
    "TRTCRoomId",
    "TRTCRoomIdStr",
    "Enabled",
    "Image",
    "Width",
    "Height",
    "InitParam",
    "ModelId",
    "TeacherId",
    "Custom",
    "Canvas",
    "LayoutParams",
    "InputStreamList",
    "InputStreamId",
    "FillMode",
    "ZOrder",
    "StreamControls",
    "StreamId",
    "0",
    "1",
    "room_id",
    "x"
  };

  private static final String[] VALUES = {
    "null",
    "true",
    "\"true\"",
    "0",
    "1",
    "-1",
    "2",
    "1203",
    "1400000001",
    "640",
    "1e400",
    "-1e-9",
    "1.5",
    "9".repeat(400),
    "\"\"",
    "\"1203\"",
    "\"tic_record_user_1203_1\"",
    "\"#ff00ff\"",
    "\"\\u0000\"",
    "\"MIX_STREAM\"",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[\"MIX_STREAM\"]"
  };

  private final Random random = new Random(20261120);

  @Test
  void asJson() {
    int understood = 0;
    for (int i = 0; i < 8_000; i++) {
      String needed =
          random.nextInt(4) == 0
              ? ""
              : "\"SdkAppId\":1,\"RoomId\":1203,\"RecordUserId\":\"tic_record_user_1203_1\","
                  + "\"RecordUserSig\":\"s\"";
      String more = fields(0);
      String body = "{" + needed + (needed.isEmpty() || more.isEmpty() ? "" : ",") + more + "}";
      understood += read(() -> Fields.ofJson(body.getBytes(StandardCharsets.UTF_8)), body);
    }
    assertThat(understood).as("some of them are right").isGreaterThan(100);
  }

  @Test
  void flattened() {
    for (int i = 0; i < 8_000; i++) {
      Map<String, String> form = new TreeMap<>();
      for (int fields = random.nextInt(6); fields >= 0; fields--) {
        StringBuilder name = new StringBuilder(one(NAMES));
        for (int depth = random.nextInt(10); depth > 6; depth--) {
          name.append('.').append(one(NAMES));
        }
        form.put(name.toString(), one(VALUES).replace("\"", ""));
      }
      read(() -> Fields.ofFlattened(form), form.toString());
    }
  }

  @Test
  void bytes() {
    for (int i = 0; i < 5_000; i++) {
      byte[] body = new byte[random.nextInt(30)];
      random.nextBytes(body);
      if (body.length > 0 && random.nextBoolean()) {
        body[0] = '{';
      }
      read(() -> Fields.ofJson(body), new String(body, StandardCharsets.ISO_8859_1));
    }
  }

  /** Makes the parameters. */
  private interface Source {
    Fields fields();
  }

  private static int read(Source source, String what) {
    try {
      StartRequest.of(source.fields());
      return 1;
    } catch (TiwError e) {
      assertThat(e.message()).as(what).isNotBlank();
      return 0;
    } catch (RuntimeException e) {
      return fail(what, e);
    }
  }

  private String fields(int depth) {
    StringBuilder fields = new StringBuilder();
    for (int left = random.nextInt(4); left > 0; left--) {
      fields.append(fields.isEmpty() ? "" : ",");
      fields.append('"').append(one(NAMES)).append("\":");
      boolean deeper = depth < 5 && random.nextInt(3) == 0;
      String inner = "{" + (deeper ? fields(depth + 1) : "") + "}";
      fields.append(!deeper ? one(VALUES) : random.nextBoolean() ? inner : "[" + inner + "]");
    }
    return fields.toString();
  }

  private String one(String[] all) {
    return all[random.nextInt(all.length)];
  }
}
