package org.pagereel.recorder.planted;

import com.microsoft.playwright.Page;

/** A violation that ArchitectureTest must see. */
record UsesPlaywright(Page page) {}
