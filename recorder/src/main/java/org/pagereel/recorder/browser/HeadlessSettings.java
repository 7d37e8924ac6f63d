package org.pagereel.recorder.browser;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageNetwork;

/**
 * Where and as whom Chromium without a screen runs.
 *
 * @param executable our wrapper, which starts the browser
 * @param profile an empty folder of the account the browser runs under
 * @param environment of the browser: account, label
 * @param width of the window in pixels, as is {@code height}
 * @param proxy host:port that all traffic goes through; null for none
 * @param network the other settings for its traffic
 * @param own port on 127.0.0.1 of the recorder's own server: reached without the proxy
 * @param origin such as {@code http://example.com}, whose pages may encode although their way here
 *     can be listened to; null for none
 */
public record HeadlessSettings(
    Path executable,
    Path profile,
    Map<String, String> environment,
    int width,
    int height,
    @Nullable String proxy,
    PageNetwork network,
    int own,
    @Nullable String origin) {}
