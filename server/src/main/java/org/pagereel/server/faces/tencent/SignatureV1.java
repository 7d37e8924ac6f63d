package org.pagereel.server.faces.tencent;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pagereel.server.platform.http.Hmac;
import org.pagereel.server.platform.http.Quote;

/**
 * Signature v1 (docs/vendors/tencent.md, "Signature v1"): everything is a parameter, and all of
 * them are signed.
 *
 * @param host with the port, as the client wrote it
 * @param parameters decoded, sorted by name
 */
record SignatureV1(String method, String host, Map<String, String> parameters)
    implements Signature {

  /**
   * Takes the parameters of a request.
   *
   * @throws TiwError one that belongs to a signature is missing or not offered
   */
  static SignatureV1 of(WireRequest request, Map<String, String> parameters) {
    for (String name : new String[] {"SecretId", "Signature", "Timestamp", "Nonce"}) {
      if (parameters.getOrDefault(name, "").isEmpty()) {
        throw TiwCode.MISSING_PARAMETER.error("The parameter " + name + " is missing");
      }
    }
    SignatureV1 signature =
        new SignatureV1(
            request.method(), request.header("host").orElse(""), new TreeMap<>(parameters));
    var _ = signature.algorithm();
    return signature;
  }

  @Override
  public String secretId() {
    return parameters.getOrDefault("SecretId", "");
  }

  @Override
  public Instant at() {
    return Signature.time("Timestamp", parameters.getOrDefault("Timestamp", ""));
  }

  @Override
  public String given() {
    return parameters.getOrDefault("Signature", "");
  }

  @Override
  public String expected(String secretKey) {
    String values =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals("Signature"))
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining("&"));
    byte[] hash =
        Hmac.bytes(
            algorithm(),
            secretKey.getBytes(StandardCharsets.UTF_8),
            (method + host + "/?" + values).getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  private String algorithm() {
    String method = parameters.getOrDefault("SignatureMethod", "HmacSHA1");
    if (!method.equals("HmacSHA1") && !method.equals("HmacSHA256")) {
      throw TiwCode.SIGNATURE_FAILURE.error(
          "SignatureMethod is '" + Quote.of(method) + "'; allowed are HmacSHA1 and HmacSHA256");
    }
    return method;
  }
}
