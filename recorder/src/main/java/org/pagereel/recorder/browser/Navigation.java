package org.pagereel.recorder.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitUntilState;
import java.time.Duration;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.ShownAddress;

/** Opens an address in a page. */
final class Navigation {
  private Navigation() {}

  /**
   * Returns when the answer has begun; what the page loads comes later.
   *
   * @throws RecordingFailure the server refused
   * @throws com.microsoft.playwright.PlaywrightException the page cannot be opened
   */
  static void begin(Page page, String url, Duration within) {
    Response response =
        page.navigate(
            url,
            new Page.NavigateOptions()
                .setWaitUntil(WaitUntilState.COMMIT)
                .setTimeout((double) within.toMillis()));
    if (response != null && response.status() >= 400) {
      throw new RecordingFailure(
          FailureCategory.PAGE,
          "Cannot open %s: the server answered %d %s"
              .formatted(ShownAddress.of(url), response.status(), response.statusText()));
    }
  }
}
