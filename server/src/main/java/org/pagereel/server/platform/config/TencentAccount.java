package org.pagereel.server.platform.config;

import java.util.List;
import java.util.Optional;

/**
 * A customer's account with Tencent's cloud, by which its requests are known here.
 *
 * @param secretKey signs its requests
 */
public record TencentAccount(String secretId, String secretKey, List<TencentApp> apps) {
  private static final String FORM = "[A-Za-z0-9_-]{8,128}";

  public TencentAccount {
    if (!secretId.matches(FORM)) {
      throw new IllegalArgumentException(
          "tencent.secretId is " + secretId + "; allowed are 8 to 128 letters, digits, - and _");
    }
    if (!secretKey.matches(FORM)) {
      throw new IllegalArgumentException(
          "tencent.secretKey of " + secretId + " must be 8 to 128 letters, digits, - and _");
    }
    apps = List.copyOf(apps);
  }

  public Optional<TencentApp> app(long sdkAppId) {
    return apps.stream().filter(app -> app.sdkAppId() == sdkAppId).findFirst();
  }

  /** The secret stays out of logs. */
  @Override
  public String toString() {
    return "TencentAccount[" + secretId + ", " + apps + "]";
  }
}
