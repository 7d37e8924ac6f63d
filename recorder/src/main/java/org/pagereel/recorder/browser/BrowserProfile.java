package org.pagereel.recorder.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagereel.recorder.process.Account;
import org.pagereel.recorder.process.Scratch;

/**
 * A fresh profile whose preferences keep Chromium's own bubbles off the page.
 *
 * <p>And which lets pages of this machine connect to each other by WebRTC: Chromium hides local
 * addresses behind mDNS names, which nobody resolves in a container. Switching that off by {@code
 * --disable-features} would do away with Playwright's own list, since only the last one counts; and
 * pages from elsewhere need not learn our addresses.
 */
public final class BrowserProfile {
  private static final String PREFERENCES =
      """
      {
        "translate": {"enabled": false},
        "credentials_enable_service": false,
        "profile": {"password_manager_enabled": false},
        "autofill": {"profile_enabled": false, "credit_card_enabled": false},
        "browser": {"check_default_browser": false},
        "search": {"suggest_enabled": false},
        "safebrowsing": {"enabled": false},
        "hardware": {"screen_capture_enabled": false},
        "webrtc": {"local_ips_allowed_urls": ["http://127.0.0.1:*", "http://localhost:*"]}
      }
      """;

  /** No scheme of HTTP authentication: a page that asks for a name gets its 401 at once. */
  private static final String LOCAL_STATE = "{\"auth\": {\"schemes\": \"\"}}";

  private BrowserProfile() {}

  public static Path make(Scratch scratch, Account account) {
    Path profile = scratch.privateFolder("profile", account);
    try {
      Path folder = account.own(Files.createDirectory(profile.resolve("Default")));
      account.own(Files.writeString(folder.resolve("Preferences"), PREFERENCES));
      account.own(Files.writeString(profile.resolve("Local State"), LOCAL_STATE));
      return profile;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the browser's profile " + profile, e);
    }
  }
}
