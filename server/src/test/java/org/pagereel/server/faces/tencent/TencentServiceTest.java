package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagereel.server.faces.tencent.SignedCallsTest.assertCode;

import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.tiw.v20190919.TiwClient;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordCallbackRequest;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackRequest;
import com.tencentcloudapi.tiw.v20190919.models.StartOnlineRecordRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.FreePort;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.config.TencentAccount;
import org.pagereel.server.service.Service;

/** A whole server with the settings of a first start answers the vendor's client; none records. */
class TencentServiceTest {
  @TempDir Path folder;

  @Test
  void aFirstStartIsEnough() throws Exception {
    int port = FreePort.find();
    Settings settings =
        SettingsFile.create(folder.resolve("pagereel.yaml")).listening("127.0.0.1:" + port);
    TencentAccount account = settings.tencent().getFirst();
    assertThat(account.secretId()).matches("AKID[A-Za-z0-9]{32}");
    assertThat(account.secretKey()).matches("[A-Za-z0-9]{32}");
    long app = account.apps().getFirst().sdkAppId();
    assertThat(account.apps().getFirst().key()).matches("[0-9a-f]{64}");
    ClientProfile profile =
        TencentTestServer.profile(port, ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST);
    TiwClient client =
        TencentTestServer.client(port, profile, account.secretId(), account.secretKey());
    String callback = "https://school.invalid/callback";
    try (Service service = open(settings)) {
      assertThat(service.port()).isEqualTo(port);
      SetOnlineRecordCallbackRequest set = new SetOnlineRecordCallbackRequest();
      set.setSdkAppId(app);
      set.setCallback(callback);
      client.SetOnlineRecordCallback(set);
      StartOnlineRecordRequest unsigned = TencentTestServer.start(app, "1");
      assertCode("InvalidParameter.RecordParameter", () -> client.StartOnlineRecord(unsigned));
      assertThat(Downloads.get("http://127.0.0.1:" + port + "/").statusCode()).isEqualTo(200);
      assertThat(Downloads.get("http://127.0.0.1:" + port + "/edu/apps/a/v2/rooms/b").statusCode())
          .isEqualTo(401);
      var messages =
          Downloads.get("http://127.0.0.1:" + port + "/v4/group_open_http_svc/create_group");
      assertThat(messages.statusCode()).isEqualTo(200);
      assertThat(new String(messages.body(), StandardCharsets.UTF_8)).contains("60002");
    }
    try (Service again = open(settings)) {
      DescribeOnlineRecordCallbackRequest describe = new DescribeOnlineRecordCallbackRequest();
      describe.setSdkAppId(app);
      assertThat(client.DescribeOnlineRecordCallback(describe).getCallback()).isEqualTo(callback);
      DescribeOnlineRecordRequest task = new DescribeOnlineRecordRequest();
      task.setSdkAppId(app);
      task.setTaskId("bj0mt2l23osdj300hl30");
      assertCode("InvalidParameter.TaskNotFound", () -> client.DescribeOnlineRecord(task));
      assertThat(again.port()).isEqualTo(port);
    }
  }

  private Service open(Settings settings) {
    Path pages = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");
    return Service.open(settings, folder.resolve("data"), pages);
  }
}
