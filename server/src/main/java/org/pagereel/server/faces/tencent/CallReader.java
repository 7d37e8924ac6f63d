package org.pagereel.server.faces.tencent;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.TencentAccount;
import org.pagereel.server.platform.http.Quote;

/** Finds out who calls, and what for, before anything is believed. */
final class CallReader {
  private static final String VERSION = "2019-09-19";

  /** A client's clock may be off by so much (docs/vendors/tencent.md, "Signature TC3"). */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Settings settings;

  CallReader(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads and checks a request.
   *
   * @throws TiwError AuthFailure and its kind, InvalidAction, NoSuchVersion, MissingParameter,
   *     InvalidParameter
   */
  Call read(WireRequest request, Instant now) {
    Map<String, String> form = Form.of(request);
    String authorization = request.header("authorization").orElse("");
    if (authorization.startsWith(Tc3.NAME)) {
      TencentAccount account = account(Tc3.of(request, authorization), now);
      return call(Optional.of(account), request, form, false);
    }
    if (form.containsKey("Signature")) {
      TencentAccount account = account(SignatureV1.of(request, form), now);
      return call(Optional.of(account), request, form, true);
    }
    if (settings.authentication()) {
      throw TiwCode.AUTH_FAILURE.error(
          "The request is not signed: sign it by TC3-HMAC-SHA256, HmacSHA256 or HmacSHA1");
    }
    return call(Optional.empty(), request, form, form.containsKey("Action"));
  }

  private TencentAccount account(Signature signature, Instant now) {
    TencentAccount account =
        settings
            .tencentAccount(signature.secretId())
            .orElseThrow(() ->
                TiwCode.SECRET_ID_NOT_FOUND.error(
                    "There is no SecretId " + Quote.of(signature.secretId())));
    if (Duration.between(signature.at(), now).abs().compareTo(SKEW) > 0) {
      throw TiwCode.SIGNATURE_EXPIRE.error(
          "The request was signed at %s and it is %s; allowed are %d minutes between them"
              .formatted(signature.at(), now, SKEW.toMinutes()));
    }
    if (!signature.isBy(account.secretKey())) {
      throw TiwCode.SIGNATURE_FAILURE.error(
          "The signature is not the one that this SecretId's key makes of the request");
    }
    return account;
  }

  /**
   * Action and version are taken from where the scheme has them: in signature v1 the headers are
   * not signed.
   */
  private static Call call(
      Optional<TencentAccount> account,
      WireRequest request,
      Map<String, String> form,
      boolean allInForm) {
    String version = common(request, form, allInForm, "Version");
    if (!version.equals(VERSION)) {
      throw TiwCode.NO_SUCH_VERSION.error(
          "The version is " + Quote.of(version) + "; offered is " + VERSION);
    }
    Action action = Action.of(common(request, form, allInForm, "Action"));
    boolean json = request.isPost() && !request.isForm();
    return new Call(
        account, action, json ? Fields.ofJson(request.body()) : Fields.ofFlattened(form));
  }

  private static String common(
      WireRequest request, Map<String, String> form, boolean inForm, String name) {
    String header = "X-TC-" + name;
    String value =
        inForm
            ? form.getOrDefault(name, "")
            : request.header("x-tc-" + name.toLowerCase(Locale.ROOT)).orElse("");
    if (value.isEmpty()) {
      throw TiwCode.MISSING_PARAMETER.error((inForm ? name : header) + " is missing");
    }
    return value;
  }
}
