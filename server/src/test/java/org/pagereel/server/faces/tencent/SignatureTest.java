package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.config.TencentAccount;

/**
 * The vectors of docs/vendors/tencent.md, "Signature TC3", and some of version 1, whole and spoilt.
 */
class SignatureTest {
  private static final String ID = "AKIDTESTSECRETID0000000000000000000";
  private static final String KEY = "TESTSECRETKEY00000000000000000000";
  private static final Instant AT = Instant.ofEpochSecond(1795147955);
  private static final String BODY =
      "{\"SdkAppId\":1400000001,\"RoomId\":1203,\"RecordUserId\":\"tic_record_user_1203_141551\","
          + "\"RecordUserSig\":\"usersig\"}";

  private final CallReader reader = new CallReader(settings(true));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:42913, 127, fcc68ffc0a7f37d6118f82edeb317f967fef9a75ade4ba6786f50dedfb0bd248",
    "localhost:42913, localhost:42913,"
        + " 54ba7cb1f3e9302e547caade7a032c9b2f1249e6c3f5bfad85699b3b2d452698"
  })
  void tc3(String host, String service, String signature) {
    Map<String, String> headers = tc3Headers(host, service, signature);
    Call call = read(headers, BODY, AT);
    assertThat(call.action()).isEqualTo(Action.START);
    assertThat(call.account()).map(TencentAccount::secretId).contains(ID);
    assertThat(call.parameters().requiredNumber("RoomId", 1, 10_000)).isEqualTo(1203);
    assertThat(read(headers, BODY, AT.plus(Duration.ofMinutes(5)))).isNotNull();
    assertThat(read(headers, BODY, AT.minus(Duration.ofMinutes(5)))).isNotNull();
    refused(headers, BODY, AT.plusSeconds(301), TiwCode.SIGNATURE_EXPIRE);
    refused(headers, BODY, AT.minusSeconds(301), TiwCode.SIGNATURE_EXPIRE);
    refused(headers, BODY.replace("1203", "1204"), AT, TiwCode.SIGNATURE_FAILURE);
    refused(changed(headers, "host", "elsewhere"), BODY, AT, TiwCode.SIGNATURE_FAILURE);
    refused(changed(headers, "x-tc-timestamp", "1795147956"), BODY, AT, TiwCode.SIGNATURE_FAILURE);
    refused(changed(headers, "x-tc-timestamp", "soon"), BODY, AT, TiwCode.SIGNATURE_EXPIRE);
    String authorization = headers.get("authorization");
    for (String[] spoilt :
        new String[][] {
          {ID, ID.replace('0', '1')},
          {"2026-11-20", "2026-11-21"},
          {"Signature=", "Signature=0"},
          {"content-type;host", "host"},
          {"tc3_request", "tc3"},
          {signature, signature.replace('2', '3')}
        }) {
      TiwCode code = spoilt[0].equals(ID) ? TiwCode.SECRET_ID_NOT_FOUND : TiwCode.SIGNATURE_FAILURE;
      String wrong = authorization.replace(spoilt[0], spoilt[1]);
      refused(changed(headers, "authorization", wrong), BODY, AT, code);
    }
  }

  @Test
  void actionAndVersion() {
    Map<String, String> headers =
        tc3Headers(
            "127.0.0.1:42913",
            "127",
            "fcc68ffc0a7f37d6118f82edeb317f967fef9a75ade4ba6786f50dedfb0bd248");
    refused(changed(headers, "x-tc-action", "Dance"), BODY, AT, TiwCode.INVALID_ACTION);
    refused(changed(headers, "x-tc-version", "2019-09-20"), BODY, AT, TiwCode.NO_SUCH_VERSION);
    refused(changed(headers, "x-tc-action", ""), BODY, AT, TiwCode.MISSING_PARAMETER);
    refused(changed(headers, "x-tc-version", ""), BODY, AT, TiwCode.MISSING_PARAMETER);
  }

  @Test
  void anUnsignedRequestIsNobodys() {
    Map<String, String> headers = new HashMap<>(tc3Headers("127.0.0.1:42913", "127", "0"));
    for (String authorization : List.of("SKIP", "Bearer x", "TC3", "")) {
      refused(changed(headers, "authorization", authorization), BODY, AT, TiwCode.AUTH_FAILURE);
    }
    Call call =
        new CallReader(settings(false))
            .read(request("POST", "", changed(headers, "authorization", "SKIP"), BODY), AT);
    assertThat(call.account()).isEmpty();
    assertThat(call.action()).isEqualTo(Action.START);
  }

  /** Made by another implementation: no published vector has its whole request. */
  @ParameterizedTest
  @CsvSource({
    "GET, HmacSHA256, vuWM2CYnfK1codx2LaJwoKPbbTT1iGrNMJt9nNqVsKY=",
    "POST, HmacSHA256, uehUaGk8kJsZmpYxDBZY1wTvxC5HXOl1i6xeG2lEZW8=",
    "GET, HmacSHA1, VFnUXRNhUUF6MJFSgSCjclV3gr4=",
    "POST, HmacSHA1, Jt9Y/gkfP5XD9/swfsrfEVIHE3A="
  })
  void version1(String method, String algorithm, String signature) {
    String parameters =
        "Action=DescribeOnlineRecord&Version=2019-09-19&Region=ap-guangzhou&Timestamp=1795147955"
            + "&Nonce=236705669&SecretId="
            + ID
            + "&SignatureMethod="
            + algorithm
            + "&SdkAppId=1400000001&TaskId=bj0mt2l23osdj300hl30&Note=%E8%AF%BE+%2B%26%3D&Signature=";
    String encoded = signature.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    Call call = version1(method, parameters + encoded);
    assertThat(call.action()).isEqualTo(Action.DESCRIBE);
    assertThat(call.parameters().requiredNumber("SdkAppId", 1, Long.MAX_VALUE))
        .isEqualTo(1400000001L);
    assertThat(call.parameters().requiredText("Note", 100)).isEqualTo("课 +&=");
    assertThatThrownBy(() -> version1(method, (parameters + encoded).replace("hl30", "hl31")))
        .isInstanceOf(TiwError.class)
        .extracting(error -> ((TiwError) error).code())
        .isEqualTo(TiwCode.SIGNATURE_FAILURE);
    assertThatThrownBy(() -> version1(method, parameters + encoded + "&Action=StopOnlineRecord"))
        .hasMessageContaining("twice");
  }

  private Call version1(String method, String parameters) {
    Map<String, String> headers =
        Map.of("host", "127.0.0.1:42913", "content-type", "application/x-www-form-urlencoded");
    boolean get = method.equals("GET");
    return reader.read(request(method, get ? parameters : "", headers, get ? "" : parameters), AT);
  }

  private Call read(Map<String, String> headers, String body, Instant now) {
    return reader.read(request("POST", "", headers, body), now);
  }

  private void refused(Map<String, String> headers, String body, Instant now, TiwCode code) {
    assertThatThrownBy(() -> read(headers, body, now))
        .as("%s", headers)
        .isInstanceOf(TiwError.class)
        .extracting(error -> ((TiwError) error).code())
        .isEqualTo(code);
  }

  private static WireRequest request(
      String method, String query, Map<String, String> headers, String body) {
    return new WireRequest(method, query, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> changed(
      Map<String, String> headers, String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, String> tc3Headers(String host, String service, String signature) {
    return Map.of(
        "host", host,
        "content-type", "application/json; charset=utf-8",
        "x-tc-action", "StartOnlineRecord",
        "x-tc-version", "2019-09-19",
        "x-tc-timestamp", "1795147955",
        "authorization",
            "TC3-HMAC-SHA256 Credential=%s/2026-11-20/%s/tc3_request, SignedHeaders=content-type;host, Signature=%s"
                .formatted(ID, service, signature));
  }

  private static Settings settings(boolean authentication) {
    try {
      Path file = Files.createTempFile("settings", ".yaml");
      file.toFile().deleteOnExit();
      return SettingsFile.read(
          Files.writeString(
              file,
              """
              authentication: %s
              tencent: [{secretId: %s, secretKey: %s, apps: [{sdkAppId: 1400000001}]}]
              """
                  .formatted(authentication, ID, KEY)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
