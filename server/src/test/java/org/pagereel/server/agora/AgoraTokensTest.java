package org.pagereel.server.agora;

import static org.assertj.core.api.Assertions.assertThat;

import io.agora.chat.ChatTokenBuilder2;
import io.agora.education.EducationTokenBuilder2;
import io.agora.rtm.RtmTokenBuilder2;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagereel.server.config.Settings.App;

/** Tokens of the vendor's own library, whole and spoilt. */
class AgoraTokensTest {
  private static final String ID = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final App APP = new App(ID, KEY, null, null, null, null);
  private static final App OTHER_KEY = new App(ID, KEY.replace('0', '1'), null, null, null, null);
  private static final App OTHER_ID = new App(ID.replace('a', 'b'), KEY, null, null, null, null);
  private final Instant now = Instant.now();

  @Test
  void theyAreGoodForWhatTheySay() {
    EducationTokenBuilder2 education = new EducationTokenBuilder2();
    assertThat(verify(education.buildRoomUserToken(ID, KEY, "room", "user", (short) 1, 600)))
        .contains(new Claims("user", "room"));
    assertThat(verify(education.buildUserToken(ID, KEY, "user", 600)))
        .contains(new Claims("user", null));
    assertThat(verify(education.buildAppToken(ID, KEY, 600))).contains(new Claims(null, null));
    assertThat(verify(new RtmTokenBuilder2().buildToken(ID, KEY, "user", 600)))
        .contains(new Claims("user", null));
    assertThat(verify(AgoraTokens.forUser(APP, "rrecorder", Duration.ofMinutes(1))))
        .contains(new Claims("rrecorder", null));
  }

  @Test
  void theyAreGoodForNothingElse() {
    String token = new EducationTokenBuilder2().buildUserToken(ID, KEY, "user", 600);
    assertThat(AgoraTokens.verify(token, OTHER_KEY, now)).isEmpty();
    assertThat(AgoraTokens.verify(token, OTHER_ID, now)).isEmpty();
    assertThat(AgoraTokens.verify(token, APP, now.plusSeconds(601))).isEmpty();
    assertThat(verify(new ChatTokenBuilder2().buildAppToken(ID, KEY, 600))).isEmpty();
  }

  @Test
  void aSpoiltOneIsNoToken() {
    String token = new EducationTokenBuilder2().buildUserToken(ID, KEY, "user", 600);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String spoilt = token.substring(0, i) + other + token.substring(i + 1);
      // The last bits of base64 may mean nothing: the same bytes are the same token.
      verify(spoilt).ifPresent(claims -> assertThat(claims).isEqualTo(new Claims("user", null)));
    }
    for (int length = 0; length < token.replace("=", "").length(); length++) {
      assertThat(verify(token.substring(0, length))).isEmpty();
    }
    assertThat(verify("")).isEmpty();
    assertThat(verify("007")).isEmpty();
    assertThat(verify("006" + "A".repeat(100))).isEmpty();
    assertThat(verify("007" + "A".repeat(100_000))).isEmpty();
  }

  private Optional<Claims> verify(String token) {
    return AgoraTokens.verify(token, APP, now);
  }
}
