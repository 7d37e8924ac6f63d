package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.server.platform.http.Hmac;

/** The vector of docs/vendors/tencent.md, "UserSig", and texts that are none of its kind. */
class UserSigTest {
  static final String KEY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
  private static final String USER = "tic_record_user_1203_141551";
  private static final long APP = 1400000001L;
  private static final Instant NOW = Instant.ofEpochSecond(1600000000);
  private static final String VECTOR =
      "eJw1jU0LgkAURf*KzLaweX4RQZsUgqiIUqI2gzhjvCLT5yhG9N-T1Ls8517uh4Xbk1krYguDWSZnU*NPUKpMY4q90JgIUsmLpKhKRQIsbgtwwHVhHJTyEec5yrYODu8Dg1NNjqRaM-daNUCNzw6BN5RHXuKtu3QzmBWV7d-XgQ5jXafUHM-oF9coXm0umOn9OwqDhiaH3ZJ9fx7QOao_";

  @Test
  void theVectorHoldsUntilItExpires() {
    RecordUserSig.verify(VECTOR, APP, USER, KEY, NOW);
    RecordUserSig.verify(VECTOR, APP, USER, KEY, NOW.plusSeconds(86_400));
    refused(VECTOR, APP, USER, KEY, NOW.plusSeconds(86_401), "has expired");
    refused(VECTOR, APP + 1, USER, KEY, NOW, "another SdkAppId");
    refused(VECTOR, APP, USER + "1", KEY, NOW, "another user");
    refused(VECTOR, APP, USER, KEY.replace('5', '6'), NOW, "not made with the key");
  }

  @Test
  void aSpoiltOneIsNone() {
    for (int i = 0; i < VECTOR.length(); i++) {
      char other = VECTOR.charAt(i) == 'A' ? 'B' : 'A';
      String spoilt = VECTOR.substring(0, i) + other + VECTOR.substring(i + 1);
      refused(spoilt, APP, USER, KEY, NOW, "RecordUserSig");
      // Without its padding it is the same bytes, and so the same signature.
      if (i < VECTOR.length() - 1) {
        refused(VECTOR.substring(0, i), APP, USER, KEY, NOW, "RecordUserSig");
      }
    }
    refused(VECTOR + "AAAA", APP, USER, KEY, NOW, "cannot be read");
    refused("A".repeat(100_000), APP, USER, KEY, NOW, "longer than any real one");
  }

  /** Ten megabytes of blanks are ten kilobytes when they come. */
  @Test
  void whatInflatesWithoutEndIsNotInflated() throws Exception {
    String bomb = packed("{\"TLS.ver\":\"2.0\"" + " ".repeat(5_000_000) + "}");
    assertThat(bomb).hasSizeLessThan(8000);
    refused(bomb, APP, USER, KEY, NOW, "cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "TLS.ver":"2.0"           | "TLS.ver":"1.0"          | version 2.0
          "TLS.ver":"2.0",          |                          | version 2.0
          "TLS.sdkappid":1400000001 | "TLS.sdkappid":"1400000001" | TLS.sdkappid
          "TLS.time":1600000000     | "TLS.time":1e300         | TLS.time
          "TLS.time":1600000000     | "TLS.time":-1            | TLS.time
          "TLS.expire":86400        | "TLS.expire":9223372036854775807 | TLS.expire
          "TLS.expire":86400        | "TLS.expire":86401       | not made with the key
          "TLS.sig":                | "TLS.gis":               | TLS.sig
          "TLS.ver"                 | "TLS.userbuf":"eA==","TLS.ver" | not made with the key
          {                         | [{                       | cannot be read
          """)
  void contentsThatAreWrong(String part, String replacement, String message) throws Exception {
    String content = content(APP, USER, NOW.getEpochSecond(), 86_400, null);
    RecordUserSig.verify(packed(content), APP, USER, KEY, NOW);
    String wrong = content.replace(part, replacement == null ? "" : replacement);
    refused(packed(wrong), APP, USER, KEY, NOW, message);
  }

  @Test
  void aSignedUserbufIsPartOfIt() throws Exception {
    String content = content(APP, USER, NOW.getEpochSecond(), 86_400, "eA==");
    RecordUserSig.verify(packed(content), APP, USER, KEY, NOW);
    refused(packed(content.replace("eA==", "eB==")), APP, USER, KEY, NOW, "not made with the key");
  }

  /** One that is good for this user of this app from now on. */
  static String of(long app, String user, Instant now, long lifeSeconds) throws Exception {
    return packed(content(app, user, now.getEpochSecond(), lifeSeconds, null));
  }

  private static String content(long app, String user, long time, long expire, String userbuf) {
    String signed =
        "TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n"
            .formatted(user, app, time, expire);
    String buffer = "";
    if (userbuf != null) {
      signed += "TLS.userbuf:" + userbuf + "\n";
      buffer = "\"TLS.userbuf\":\"" + userbuf + "\",";
    }
    byte[] hash =
        Hmac.bytes(
            "HmacSHA256",
            KEY.getBytes(StandardCharsets.UTF_8),
            signed.getBytes(StandardCharsets.UTF_8));
    return "{%s\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"%s\",\"TLS.sdkappid\":%d,\"TLS.expire\":%d,\"TLS.time\":%d,\"TLS.sig\":\"%s\"}"
        .formatted(buffer, user, app, expire, time, Base64.getEncoder().encodeToString(hash));
  }

  private static String packed(String content) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var zlib = new DeflaterOutputStream(bytes, new Deflater(9))) {
      zlib.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder()
        .encodeToString(bytes.toByteArray())
        .replace('+', '*')
        .replace('/', '-')
        .replace('=', '_');
  }

  private static void refused(
      String sig, long app, String user, String key, Instant now, String message) {
    assertThatThrownBy(() -> RecordUserSig.verify(sig, app, user, key, now))
        .as(sig)
        .isInstanceOf(TiwError.class)
        .hasMessageStartingWith("RecordUserSig")
        .hasMessageContaining(message)
        .extracting(error -> ((TiwError) error).code())
        .isEqualTo(TiwCode.RECORD_PARAMETER);
  }
}
