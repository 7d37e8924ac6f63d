/**
 * The recorded page: a sandboxed Chromium of exactly the asked size. The only home of Playwright.
 */
@NullMarked
package org.pagereel.recorder.browser;

import org.jspecify.annotations.NullMarked;
