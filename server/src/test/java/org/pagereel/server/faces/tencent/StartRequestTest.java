package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.MixLayout.Place;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.StreamsPlan.StreamRule;

/** What StartOnlineRecord's parameters mean, and what is wrong with wrong ones. */
class StartRequestTest {
  private static final String NEEDED =
      "\"SdkAppId\":1400000001,\"RoomId\":1203,\"RecordUserId\":\"tic_record_user_1203_01\","
          + "\"RecordUserSig\":\"sig\"";

  @Test
  void defaults() {
    StartRequest request = read("");
    assertThat(request.groupId()).isEqualTo("1203");
    assertThat(request.trtcRoomId()).isEqualTo("1203");
    assertThat(request.whiteboard()).isEqualTo(new Whiteboard(1280, 960, ""));
    assertThat(request.streams())
        .isEqualTo(
            new StreamsPlan(
                false, null, false, null, List.of(StreamRule.ALL), TicNames.STREAMS, 300));
  }

  @Test
  void everythingThatIsDocumented() {
    StartRequest request =
        read(
            """
            ,"GroupId":"g1","Concat":{"Enabled":true,"Image":"http://example.com/a.png"},
            "Whiteboard":{"Width":1281,"Height":721,"InitParam":"{\\"ratio\\":\\"16:9\\"}"},
            "Extras":["MIX_STREAM","mix_stream","MixStream"],"AudioFileNeeded":true,
            "RecordMode":"REALTIME_MODE","ChatGroupId":"c","AutoStopTimeout":86400,"ExtraData":"x",
            "TRTCRoomId":7,"TRTCRoomIdStr":"seven"
            """);
    assertThat(request.groupId()).isEqualTo("g1");
    assertThat(request.trtcRoomId()).isEqualTo("seven");
    assertThat(request.whiteboard()).isEqualTo(new Whiteboard(1280, 720, "{\"ratio\":\"16:9\"}"));
    assertThat(request.streams())
        .isEqualTo(
            new StreamsPlan(
                true,
                "http://example.com/a.png",
                true,
                null,
                List.of(StreamRule.ALL),
                TicNames.STREAMS,
                86_400));
    assertThat(read(",\"TRTCRoomId\":7").trtcRoomId()).isEqualTo("7");
  }

  /** The same from the flattened form, whose numbers are strings. */
  @Test
  void flattened() {
    Map<String, String> form = new HashMap<>();
    form.put("SdkAppId", "1400000001");
    form.put("RoomId", "1203");
    form.put("RecordUserId", "tic_record_user_1203_01");
    form.put("RecordUserSig", "sig");
    form.put("Extras.0", "MIX_STREAM");
    form.put("Concat.Enabled", "true");
    form.put("Whiteboard.Width", "640");
    form.put("RecordControl.Enabled", "true");
    for (int i = 0; i < 12; i++) {
      form.put("RecordControl.StreamControls." + i + ".StreamId", "user" + i);
      form.put("RecordControl.StreamControls." + i + ".DisableAudio", String.valueOf(i > 9));
    }
    StartRequest request = StartRequest.of(Fields.ofFlattened(form));
    assertThat(request.whiteboard().width()).isEqualTo(640);
    assertThat(request.streams().concat()).isTrue();
    assertThat(request.streams().ruleFor("user9x").sound()).isTrue();
    assertThat(request.streams().ruleFor("user11x").sound()).isFalse();
    form.put("RoomId", "12o3");
    assertThatThrownBy(() -> StartRequest.of(Fields.ofFlattened(form)))
        .hasMessage("RoomId is \"12o3\"; allowed: a whole number");
    form.put("RoomId.0", "1203");
    assertThatThrownBy(() -> StartRequest.of(Fields.ofFlattened(form)))
        .hasMessageContaining("contradicts");
  }

  @Test
  void olderSpellings() {
    StartRequest request =
        StartRequest.of(
            fields(
                """
                {"SdkAppID":1400000001,"room_id":1203,"record_user_id":"tic_record_user_1203_01",
                "recordUserSig":"sig","TrtcRoomId":8,"Extras":["mix_stream"]}
                """));
    assertThat(request.trtcRoomId()).isEqualTo("8");
  }

  @Test
  void theLongestPrefixRules() {
    StreamsPlan plan =
        read("""
        ,"RecordControl":{"Enabled":true,"DisableAudio":true,"PullSmallVideo":true,
        "StreamControls":[{"StreamId":"student_","DisableRecord":true},
        {"StreamId":"student_7","PullSmallVideo":true},{"StreamId":"student_7"},
        {"StreamId":"tic_record_user","DisableRecord":true}]}
        """)
            .streams();
    assertThat(plan.ruleFor("student_1")).isEqualTo(new StreamRule("student_", false, true, false));
    assertThat(plan.ruleFor("student_77")).isEqualTo(new StreamRule("student_7", true, true, true));
    assertThat(plan.ruleFor("teacher")).isEqualTo(new StreamRule("", true, false, true));
    assertThat(plan.ruleFor(TicNames.STREAMS.whiteboard()).record()).isFalse();
    assertThat(
            read(",\"RecordControl\":{\"Enabled\":false,\"DisableAudio\":true}").streams().rules())
        .containsExactly(StreamRule.ALL);
  }

  @Test
  void theTemplates() {
    MixLayout first = mix("{\"Enabled\":true,\"ModelId\":1,\"DisableAudio\":true}");
    assertThat(first.name()).isEqualTo("1");
    assertThat(first.width()).isEqualTo(1320);
    assertThat(first.height()).isEqualTo(1224);
    assertThat(first.sound()).isFalse();
    MixLayout second = mix("{\"Enabled\":true,\"ModelId\":2,\"TeacherId\":\"t1\"}");
    assertThat(second.name()).isEqualTo("2");
    assertThat(second.width()).isEqualTo(1624);
    assertThat(second.height()).isEqualTo(1000);
    assertThat(second.background()).isEqualTo(0x34363B);
    assertThat(second.sound()).isTrue();
    assertThat(second.places())
        .containsExactly(
            Place.of("tic_record_user", 8, 8, 1280, 960, 1, 0, Fill.FIT),
            Place.of("tic_substream", 8, 8, 1280, 960, 2, 0, Fill.FIT),
            new Place("t1", true, 1296, 8, 320, 240, 3, 0, Fill.FIT),
            Place.of(null, 1296, 256, 320, 240, 3, 0, Fill.FIT),
            Place.of(null, 1296, 504, 320, 240, 3, 0, Fill.FIT),
            Place.of(null, 1296, 752, 320, 240, 3, 0, Fill.FIT));
    for (MixLayout layout : List.of(first, second)) {
      assertThat(layout.places())
          .hasSize(6)
          .allMatch(place -> place.x() + place.width() + 8 <= layout.width())
          .allMatch(place -> place.y() + place.height() + 8 <= layout.height());
    }
    assertThat(read(",\"MixStream\":{\"Enabled\":false,\"ModelId\":9}").streams().mix()).isNull();
  }

  @Test
  void aLayoutOfOnesOwn() {
    MixLayout layout =
        mix(
            """
            {"Enabled":true,"ModelId":9,"TeacherId":"ignored","Custom":{
              "Canvas":{"LayoutParams":{"Width":1001,"Height":600},"BackgroundColor":"#34363B"},
              "InputStreamList":[
                {"LayoutParams":{"Width":501,"Height":600,"ZOrder":2},"InputStreamId":"tic_record_user",
                 "BackgroundColor":"#ff0000","FillMode":1},
                {"LayoutParams":{"Width":500,"Height":300,"X":501,"Y":300},"InputStreamId":""},
                {"LayoutParams":{"Width":2,"Height":2}}]}}
            """);
    assertThat(layout)
        .isEqualTo(
            new MixLayout(
                "custom",
                1000,
                600,
                0x34363B,
                true,
                List.of(
                    Place.of("tic_record_user", 0, 0, 501, 600, 2, 0xFF0000, Fill.CROP),
                    Place.of(null, 501, 300, 499, 300, 0, 0, Fill.FIT),
                    Place.of(null, 0, 0, 2, 2, 0, 0, Fill.FIT))));
    String nothing =
        ",\"MixStream\":{\"Enabled\":true,\"Custom\":{\"Canvas\":{\"LayoutParams\":"
            + "{\"Width\":10,\"Height\":10}},\"InputStreamList\":[]}}";
    assertThat(read(nothing).streams().mix()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          RECORD_PARAMETER  | "RoomId":0                             | RoomId is 0; allowed: 1 to 4294967295
          RECORD_PARAMETER  | "RoomId":4294967296                    | RoomId is 4294967296
          TYPE_UNMATCHED    | "RoomId":"1203"                        | RoomId is "1203"; allowed: a whole number
          TYPE_UNMATCHED    | "RoomId":1.5                           | RoomId is 1.5; allowed: a whole number
          TYPE_UNMATCHED    | "RoomId":1e99                          | RoomId is
          MISSING_PARAMETER | "RoomId":null                          | RoomId is missing
          MISSING_PARAMETER | "RecordUserId":null                    | RecordUserId is missing
          MISSING_PARAMETER | "RecordUserSig":null                   | RecordUserSig is missing
          RECORD_PARAMETER  | "RecordUserSig":""                     | RecordUserSig is ""
          RECORD_PARAMETER  | "RecordUserId":"tic_record_user_1204_1" | allowed: tic_record_user_1203_<random
          RECORD_PARAMETER  | "RecordUserId":"tic_record_user_1203_" | allowed: tic_record_user_1203_<random
          RECORD_PARAMETER  | "RecordUserId":"tic_record_user_1203"  | allowed: tic_record_user_1203_<random
          RECORD_PARAMETER  | "RecordUserId":"tic_record_user_12031_1" | allowed: tic_record_user_1203_<random
          RECORD_PARAMETER  | "RecordUserId":"tic_record_user_1203_\\n" | allowed: tic_record_user_1203_<random
          RECORD_PARAMETER  | "RecordUserId":"tic_record_user_1203_课课课课课课课课课课课课课课" | at most 60 bytes
          RECORD_PARAMETER  | "TRTCRoomId":0                         | TRTCRoomId is 0
          INVALID_EXTRA     | "Extras":["MIX"]                       | Extras has MIX
          TYPE_UNMATCHED    | "Extras":"MIX_STREAM"                  | Extras is "MIX_STREAM"; allowed: a list
          TYPE_UNMATCHED    | "Extras":[1]                           | a list of strings
          RECORD_PARAMETER  | "AutoStopTimeout":299                  | AutoStopTimeout is 299; allowed: 300 to 86400
          RECORD_PARAMETER  | "AutoStopTimeout":86401                | AutoStopTimeout is 86401; allowed: 300 to 86400
          RECORD_PARAMETER  | "RecordMode":"VIDEO_GENERATION_MODE"   | RecordMode is "VIDEO_GENERATION_MODE"; allowed: REALTIME_MODE
          TYPE_UNMATCHED    | "AudioFileNeeded":"true"               | AudioFileNeeded is "true"; allowed: true and false
          MISSING_PARAMETER | "Concat":{}                            | Concat.Enabled is missing
          TYPE_UNMATCHED    | "Concat":true                          | Concat is true; allowed: an object
          UNKNOWN_PARAMETER | "Concat":{"Enabled":true,"Picture":""} | There is no parameter Concat.Picture
          UNKNOWN_PARAMETER | "Recording":1                          | There is no parameter Recording
          RECORD_PARAMETER  | "Whiteboard":{"Width":1}               | Whiteboard.Width is 1; allowed: 2 to
          RECORD_PARAMETER  | "Whiteboard":{"Width":318}             | Whiteboard.Width is 318; allowed: 320 to 1920 pixels, which is what this recorder can do
          RECORD_PARAMETER  | "Whiteboard":{"Height":1922}           | Whiteboard.Height is 1922; allowed: 240 to 1920 pixels
          RECORD_PARAMETER  | "Whiteboard":{"Width":1920,"Height":1082} | Whiteboard.Height is 1082; allowed: with a Width of 1920 at most
          TYPE_UNMATCHED    | "Whiteboard":{"Height":"960"}          | Whiteboard.Height is "960"
          RECORD_PARAMETER  | "Whiteboard":{"InitParam":"16:9"}      | Whiteboard.InitParam is
          RECORD_PARAMETER  | "MixStream":{"Enabled":true}           | MixStream.ModelId is absent; allowed: 1 and 2
          RECORD_PARAMETER  | "MixStream":{"Enabled":true,"ModelId":3} | MixStream.ModelId is 3; allowed: 1 and 2
          MISSING_PARAMETER | "MixStream":{"ModelId":1}              | MixStream.Enabled is missing
          MISSING_PARAMETER | "MixStream":{"Enabled":true,"Custom":{}} | MixStream.Custom.Canvas is missing
          MISSING_PARAMETER | "RecordControl":{"DisableRecord":true} | RecordControl.Enabled is missing
          MISSING_PARAMETER | "RecordControl":{"Enabled":true,"StreamControls":[{}]} | RecordControl.StreamControls.0.StreamId is missing
          """)
  void whatIsWrong(TiwCode code, String parameter, String message) {
    String name = parameter.substring(0, parameter.indexOf(':'));
    String body =
        "{" + NEEDED.replaceAll(name + ":(\"[^\"]*\"|\\d+),?", "") + "," + parameter + "}";
    assertThatThrownBy(() -> StartRequest.of(fields(body.replace(",,", ","))))
        .isInstanceOf(TiwError.class)
        .hasMessageContaining(message)
        .extracting(error -> ((TiwError) error).code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"LayoutParams\":{\"Width\":101,\"Height\":10}",
        "\"LayoutParams\":{\"Width\":100,\"Height\":100,\"Y\":1}",
        "\"LayoutParams\":{\"Width\":3000,\"Height\":3000,\"X\":3000}",
        "\"LayoutParams\":{\"Width\":1,\"Height\":10}",
        "\"LayoutParams\":{\"Width\":10,\"Height\":10,\"X\":-1}",
        "\"LayoutParams\":{\"Width\":10,\"Height\":10},\"FillMode\":2",
        "\"LayoutParams\":{\"Width\":10,\"Height\":10},\"BackgroundColor\":\"red\"",
      })
  void aPlaceThatIsWrong(String place) {
    String custom =
        "{\"Enabled\":true,\"Custom\":{\"Canvas\":{\"LayoutParams\":{\"Width\":100,\"Height\":100}},"
            + "\"InputStreamList\":[{\"LayoutParams\":{\"Width\":10,\"Height\":10}},{"
            + place
            + "}]}}";
    assertThatThrownBy(() -> mix(custom))
        .hasMessageStartingWith("MixStream.Custom.InputStreamList.1.")
        .extracting(error -> ((TiwError) error).code())
        .isEqualTo(TiwCode.RECORD_PARAMETER);
  }

  private static MixLayout mix(String mixStream) {
    MixLayout mix = read(",\"MixStream\":" + mixStream).streams().mix();
    assertThat(mix).isNotNull();
    return mix;
  }

  private static StartRequest read(String more) {
    return StartRequest.of(fields("{" + NEEDED + more + "}"));
  }

  private static Fields fields(String json) {
    return Fields.ofJson(json.getBytes(StandardCharsets.UTF_8));
  }
}
