package org.pagereel.server.faces.tencent;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagereel.server.platform.http.Digest;
import org.pagereel.server.platform.http.Hmac;

/**
 * TC3-HMAC-SHA256 (docs/vendors/tencent.md, "Signature TC3").
 *
 * @param date of the scope, UTC
 * @param service of the scope: the beginning of the host name that the client was told, so it may
 *     be anything
 * @param signedHeaders names in lower case, with semicolons between
 */
record Tc3(
    WireRequest request,
    String secretId,
    String date,
    String service,
    String signedHeaders,
    String given,
    String timestamp)
    implements Signature {
  static final String NAME = "TC3-HMAC-SHA256";

  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          NAME
              + "\\s+Credential=([^/,\\s]+)/(\\d{4}-\\d{2}-\\d{2})/([^/,\\s]+)/tc3_request,\\s*"
              + "SignedHeaders=([a-zA-Z0-9;-]+),\\s*Signature=([0-9a-fA-F]{64})");

  /**
   * Reads the header {@code Authorization}.
   *
   * @throws TiwError it is none of this scheme, or its parts contradict each other
   */
  static Tc3 of(WireRequest request, String authorization) {
    Matcher matcher = AUTHORIZATION.matcher(authorization);
    if (!matcher.matches()) {
      throw TiwCode.SIGNATURE_FAILURE.error(
          "Authorization must be '"
              + NAME
              + " Credential=<SecretId>/<date>/<service>/tc3_request, SignedHeaders=…, Signature=…'");
    }
    Tc3 signature =
        new Tc3(
            request,
            matcher.group(1),
            matcher.group(2),
            matcher.group(3),
            matcher.group(4).toLowerCase(Locale.ROOT),
            matcher.group(5).toLowerCase(Locale.ROOT),
            request.header("x-tc-timestamp").orElse(""));
    List<String> names = signature.names();
    if (!names.contains("host") || !names.contains("content-type")) {
      throw TiwCode.SIGNATURE_FAILURE.error("SignedHeaders must have content-type and host");
    }
    LocalDate day = signature.at().atZone(ZoneOffset.UTC).toLocalDate();
    if (!day.toString().equals(signature.date())) {
      throw TiwCode.SIGNATURE_FAILURE.error(
          "The credential's date is " + signature.date() + ", and X-TC-Timestamp is of " + day);
    }
    return signature;
  }

  @Override
  public Instant at() {
    return Signature.time("X-TC-Timestamp", timestamp);
  }

  @Override
  public String expected(String secretKey) {
    byte[] key = bytes("TC3" + secretKey);
    for (String part : List.of(date, service, "tc3_request")) {
      key = Hmac.bytes("HmacSHA256", key, bytes(part));
    }
    String scope = date + "/" + service + "/tc3_request";
    return Hmac.hex(
        "HmacSHA256",
        key,
        String.join("\n", NAME, timestamp, scope, sha256(bytes(canonicalRequest()))));
  }

  private String canonicalRequest() {
    StringBuilder headers = new StringBuilder();
    for (String name : names()) {
      String value = request.header(name).orElse("").toLowerCase(Locale.ROOT);
      headers.append(name).append(':').append(value).append('\n');
    }
    boolean unsigned = request.header("x-tc-content-sha256").orElse("").equals(UNSIGNED);
    return String.join(
        "\n",
        request.method(),
        "/",
        request.rawQuery(),
        headers,
        signedHeaders,
        sha256(unsigned ? bytes(UNSIGNED) : request.body()));
  }

  private List<String> names() {
    return List.of(signedHeaders.split(";", -1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    return Digest.hex("SHA-256", bytes);
  }
}
