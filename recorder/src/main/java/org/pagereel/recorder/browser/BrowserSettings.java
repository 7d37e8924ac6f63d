package org.pagereel.recorder.browser;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageNetwork;
import org.pagereel.recorder.PageSize;

/**
 * Where and as whom Chromium runs.
 *
 * @param executable our wrapper, which starts the browser
 * @param profile an empty folder of the account the browser runs under
 * @param environment of the browser: display, sound, account, label
 * @param proxy host:port that all traffic goes through, loopback too; null for none
 * @param network the other settings for its traffic
 * @param programs stand before the machine's own; they are first in the environment's PATH
 */
public record BrowserSettings(
    Path executable,
    Path profile,
    Map<String, String> environment,
    PageSize size,
    @Nullable String proxy,
    PageNetwork network,
    NoPrograms programs) {}
