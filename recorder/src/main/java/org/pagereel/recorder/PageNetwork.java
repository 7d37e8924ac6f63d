package org.pagereel.recorder;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server has set up for the traffic of its recorders' pages, beside the proxy. Recorders
 * find it in their environment; one that nobody gave anything is free.
 *
 * @param ownKey a certificate with this key is believed whatever it says: it is the server's own;
 *     SHA-256 of the public key in Base64; null for none
 * @param group number of the group that browsers run in, by which a firewall knows them; null for
 *     their account's own
 */
public record PageNetwork(@Nullable String ownKey, @Nullable String group) {
  public static final PageNetwork FREE = new PageNetwork(null, null);

  private static final String OWN_KEY = "PAGEREEL_OWN_KEY";
  private static final String GROUP = "PAGEREEL_GROUP";

  public static PageNetwork ofThisProcess() {
    return new PageNetwork(System.getenv(OWN_KEY), System.getenv(GROUP));
  }

  /** For a recorder's environment. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    if (ownKey != null) {
      environment.put(OWN_KEY, ownKey);
    }
    if (group != null) {
      environment.put(GROUP, group);
    }
    return environment;
  }
}
