package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import io.agora.chat.ChatTokenBuilder2;
import io.agora.education.EducationTokenBuilder2;
import io.agora.media.AccessToken2;
import io.agora.rtm.RtmTokenBuilder2;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagereel.server.platform.config.Settings.App;

/** Tokens of the vendor's own library, whole and spoilt. */
class AgoraTokensTest {
  private static final String ID = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final App APP = app(ID, KEY);
  private static final App OTHER_KEY = app(ID, KEY.replace('0', '1'));
  private static final App OTHER_ID = app(ID.replace('a', 'b'), KEY);
  private final Instant now = Instant.now();

  private static App app(String id, String certificate) {
    return new App(id, certificate, "cn", false, null, null, List.of(), null);
  }

  @Test
  void theyAreGoodForWhatTheySay() {
    EducationTokenBuilder2 education = new EducationTokenBuilder2();
    String token = education.buildRoomUserToken(ID, KEY, "room", "user", (short) 1, 600);
    assertThat(verify(token))
        .contains(new Claims.ForRoom(new SignedContent(token).ticket(), "user", "room", 1));
    token = education.buildUserToken(ID, KEY, "user", 600);
    assertThat(verify(token))
        .contains(new Claims.ForUser(new SignedContent(token).ticket(), "user"));
    token = education.buildAppToken(ID, KEY, 600);
    assertThat(verify(token)).contains(new Claims.ForApp(new SignedContent(token).ticket()));
    token = new RtmTokenBuilder2().buildToken(ID, KEY, "user", 600);
    assertThat(verify(token))
        .contains(new Claims.ForUser(new SignedContent(token).ticket(), "user"));
    token = AgoraTokens.forUser(APP, "rrecorder", Duration.ofMinutes(1));
    assertThat(verify(token))
        .contains(new Claims.ForUser(new SignedContent(token).ticket(), "rrecorder"));
  }

  @Test
  void whatAnEducationTokenIsGoodForStandsInIt() throws Exception {
    AccessToken2 none = new AccessToken2(ID, KEY, 600);
    none.addService(new AccessToken2.ServiceApaas());
    assertThat(verify(none.build())).as("no privilege, nobody's").isEmpty();

    AccessToken2 over = new AccessToken2(ID, KEY, 600);
    AccessToken2.ServiceApaas app = new AccessToken2.ServiceApaas();
    app.addPrivilegeApaas(AccessToken2.PrivilegeApaas.PRIVILEGE_APP, 60);
    over.addService(app);
    String text = over.build();
    assertThat(AgoraTokens.verify(text, APP, now.plusSeconds(50))).isPresent();
    assertThat(AgoraTokens.verify(text, APP, now.plusSeconds(70))).isEmpty();

    AccessToken2 both = new AccessToken2(ID, KEY, 600);
    AccessToken2.ServiceApaas room = new AccessToken2.ServiceApaas("room", "user", (short) 2);
    room.addPrivilegeApaas(AccessToken2.PrivilegeApaas.PRIVILEGE_APP, 600);
    both.addService(room);
    assertThat(verify(both.build())).as("the app's, and a user's").isEmpty();
  }

  @Test
  void anotherSpellingIsTheSameToken() throws Exception {
    String token = new EducationTokenBuilder2().buildUserToken(ID, KEY, "user", 600);
    Map<String, String> spellings = RespeltToken.all(token);
    assertThat(spellings).hasSizeGreaterThan(8);
    spellings.forEach((as, text) -> assertThat(verify(text)).as(as).isEqualTo(verify(token)));
    String other = new EducationTokenBuilder2().buildUserToken(ID, KEY, "user", 600);
    assertThat(new SignedContent(other).ticket()).isNotEqualTo(new SignedContent(token).ticket());
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
      verify(spoilt).ifPresent(claims -> assertThat(claims.userUuid()).isEqualTo("user"));
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
