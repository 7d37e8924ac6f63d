package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.config.TencentApp;

/** Accounts and apps as an operator writes them, right and wrong. */
class TencentSettingsTest {
  @TempDir Path folder;

  @Test
  void whatIsLeftOut() throws Exception {
    Settings settings =
        read("{secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1400000001}]}");
    TencentApp app = settings.tencentApp(1400000001L).orElseThrow();
    assertThat(app.keep()).isEqualTo(Duration.ofDays(3));
    assertThat(app.messages()).isEqualTo(Duration.ofDays(7));
    assertThat(app.isAdmin("anybody")).isTrue();
    assertThat(app.ready().text()).isEqualTo("notify");
    assertThat(app.page()).isNull();
    assertThat(app.key()).isNull();
    assertThat(settings.tencent().toString()).doesNotContain("secretsecret");
    assertThat(settings.warming(1).listening("127.0.0.1:1").tencent())
        .isEqualTo(settings.tencent());
    assertThat(read("{secretId: AKIDEXAMPLE, secretKey: secretsecret}").tencent()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {secretKey: secretsecret}                         | tencent.secretId is null
          {secretId: a/b, secretKey: secretsecret}          | tencent.secretId is a/b; allowed are
          {secretId: AKIDEXAMPLE}                           | tencent.secretKey of AKIDEXAMPLE must be
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, app: []} | "app"
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{}]} | tencent.apps.sdkAppId is null; allowed are 1 to
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 0}]} | tencent.apps.sdkAppId is 0; allowed are 1 to
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: x}]} | tencent.apps.sdkAppId:
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, key: short}]} | tencent.apps.key of 1 must be
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, page: example.com}]} | tencent.apps.page of 1 is example.com; allowed are
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, replayPage: example.com}]} | tencent.apps.replayPage of 1 is example.com; allowed are
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, ready: soon}]} | tencent.apps.ready of 1: ready is 'soon'; allowed are load
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, keep: 3 days}]} | tencent.apps.keep:
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, keep: 1s}]} | tencent.apps.keep of 1 is
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, messages: 59m}]} | tencent.apps.messages of 1 is PT59M; allowed are 1h to
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, messages: 7}]} | tencent.apps.messages:
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [null]} | tencent.apps has an empty entry
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1, admins: [null]}]} | tencent.apps.admins has an empty entry
          {secretId: AKIDEXAMPLE, secretKey: secretsecret, apps: [{sdkAppId: 1}, {sdkAppId: 1}]} | tencent has the sdkAppId 1 twice
          """)
  void whatIsWrong(String account, String message) {
    assertThatThrownBy(() -> read(account))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private Settings read(String account) throws Exception {
    Path file = folder.resolve("settings.yaml");
    return SettingsFile.read(Files.writeString(file, "tencent:\n  - " + account + "\n"));
  }
}
