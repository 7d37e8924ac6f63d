package org.pagereel.server.faces.usersig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.usersig.BadUserSig.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is made here says what the vector of docs/vendors/tencent.md, "UserSig", says. */
class NewUserSigTest {
  private static final String KEY =
      "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
  private static final String USER = "tic_record_user_1203_141551";
  private static final long APP = 1400000001L;
  private static final Instant NOW = Instant.ofEpochSecond(1600000000);
  private static final String VECTOR =
      "eJw1jU0LgkAURf*KzLaweX4RQZsUgqiIUqI2gzhjvCLT5yhG9N-T1Ls8517uh4Xbk1krYguDWSZnU*NPUKpMY4q90JgIUsmLpKhKRQIsbgtwwHVhHJTyEec5yrYODu8Dg1NNjqRaM-daNUCNzw6BN5RHXuKtu3QzmBWV7d-XgQ5jXafUHM-oF9coXm0umOn9OwqDhiaH3ZJ9fx7QOao_";

  @Test
  void theVectorsContent() throws Exception {
    String made = NewUserSig.of(APP, USER, KEY, NOW, Duration.ofDays(1));
    assertThat(content(made)).isEqualTo(content(VECTOR));
    UserSig.verify(made, APP, USER, KEY, NOW.plusSeconds(86_400));
    assertThatThrownBy(() -> UserSig.verify(made, APP, USER, KEY, NOW.plusSeconds(86_401)))
        .isInstanceOfSatisfying(
            BadUserSig.class, bad -> assertThat(bad.kind()).isEqualTo(Kind.EXPIRED));
  }

  @Test
  void anyUser() {
    for (String user : new String[] {"管理 admin", "a\"b\\c", "x".repeat(200)}) {
      String made = NewUserSig.of(APP, user, KEY, NOW, Duration.ofHours(1));
      assertThat(made).matches("[A-Za-z0-9*_-]+");
      UserSig.verify(made, APP, user, KEY, NOW);
    }
  }

  /** What is signed is lines: a name with line breaks could be read as another name and more. */
  @Test
  void aNameIsOneLine() throws Exception {
    long time = NOW.getEpochSecond();
    String lines = "\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:3600".formatted(APP, time);
    String name = "admin" + lines + "\nTLS.userbuf:x";
    String sig = Signing.hash(APP, name, time, 3600, null, KEY);
    assertThat(sig).isEqualTo(Signing.hash(APP, "admin", time, 3600, "x" + lines, KEY));
    ObjectNode content = Json.LINES.createObjectNode().put("TLS.ver", "2.0");
    content.put("TLS.identifier", "admin").put("TLS.sdkappid", APP);
    content.put("TLS.time", time).put("TLS.expire", 3600);
    content.put("TLS.userbuf", "x" + lines).put("TLS.sig", sig);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(content.toString().getBytes(StandardCharsets.UTF_8));
    }
    String forged =
        Base64.getEncoder()
            .encodeToString(packed.toByteArray())
            .replace('+', '*')
            .replace('/', '-')
            .replace('=', '_');
    assertThatThrownBy(() -> UserSig.verify(forged, APP, "admin", KEY, NOW))
        .isInstanceOfSatisfying(
            BadUserSig.class, bad -> assertThat(bad.kind()).isEqualTo(Kind.UNREADABLE));
  }

  private static JsonNode content(String userSig) throws Exception {
    String base64 = userSig.replace('*', '+').replace('-', '/').replace('_', '=');
    byte[] packed = Base64.getDecoder().decode(base64);
    try (var inflated = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return Json.LINES.readTree(inflated.readAllBytes());
    }
  }
}
