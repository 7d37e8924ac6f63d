package org.pagereel.server.faces.tencent;

import java.net.URI;
import java.net.URISyntaxException;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.http.Quote;
import org.pagereel.server.platform.network.PageCheck;
import tools.jackson.databind.node.ObjectNode;

/**
 * The address of an app's events, and the key that signs them (docs/vendors/tencent.md, "Actions").
 */
final class CallbackActions {
  private static final int LONGEST_URL = 2048;
  private static final int LONGEST_KEY = 64;

  private final Jdbi jdbi;
  private final PageCheck pages;

  CallbackActions(Jdbi jdbi, PageCheck pages) {
    this.jdbi = jdbi;
    this.pages = pages;
  }

  /**
   * Sets the address, or deletes it if it is empty.
   *
   * @throws TiwError InvalidParameter.CallbackAddressFormatError
   */
  ObjectNode setUrl(TencentApp app, Fields body) {
    String url = url(body);
    jdbi.useTransaction(handle -> Callbacks.setUrl(handle, app.sdkAppId(), url));
    return Json.LINES.createObjectNode();
  }

  /** The same for events of after-class tasks. */
  ObjectNode setOfflineUrl(TencentApp app, Fields body) {
    String url = url(body);
    jdbi.useTransaction(handle -> Callbacks.setOfflineUrl(handle, app.sdkAppId(), url));
    return Json.LINES.createObjectNode();
  }

  private String url(Fields body) {
    body.number("SdkAppId"); // known already
    String url = body.requiredText("Callback", 100_000).strip();
    body.nothingElse();
    if (!url.isEmpty() && !isAddress(url)) {
      throw TiwCode.CALLBACK_ADDRESS.error(
          "Callback is '"
              + Quote.of(url)
              + "'; allowed are addresses that begin with http:// or https://");
    }
    if (!url.isEmpty() && pages.refusesHost(URI.create(url).getHost())) {
      throw TiwCode.CALLBACK_ADDRESS.error(
          "Callback '"
              + Quote.of(url)
              + "' is not on the public network; network.allow in the settings allows others");
    }
    return url;
  }

  /**
   * Sets the key, or deletes it if it is empty: then events are not signed. Those of after-class
   * tasks are signed with it, too: the vendor has no action for another one.
   */
  ObjectNode setKey(TencentApp app, Fields body) {
    body.number("SdkAppId"); // known already
    String key = body.requiredText("CallbackKey", 100_000);
    body.nothingElse();
    if (key.length() > LONGEST_KEY) {
      throw TiwCode.INVALID_PARAMETER.error(
          "CallbackKey has %d characters; allowed are %d".formatted(key.length(), LONGEST_KEY));
    }
    jdbi.useTransaction(handle -> Callbacks.setKey(handle, app.sdkAppId(), key));
    return Json.LINES.createObjectNode();
  }

  /** Both, as empty texts where they are not set. */
  ObjectNode describe(TencentApp app, Fields body) {
    nothingElse(body);
    return described(jdbi.withHandle(handle -> Callbacks.find(handle, app.sdkAppId())));
  }

  /** The same of after-class tasks. */
  ObjectNode describeOffline(TencentApp app, Fields body) {
    nothingElse(body);
    return described(jdbi.withHandle(handle -> Callbacks.offline(handle, app.sdkAppId())));
  }

  private static void nothingElse(Fields body) {
    body.number("SdkAppId"); // known already
    body.nothingElse();
  }

  private static ObjectNode described(Callback callback) {
    return Json.LINES
        .createObjectNode()
        .put("Callback", callback.url())
        .put("CallbackKey", callback.key());
  }

  private static boolean isAddress(String url) {
    try {
      URI uri = new URI(url);
      return url.length() <= LONGEST_URL && url.matches("https?://.*") && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
