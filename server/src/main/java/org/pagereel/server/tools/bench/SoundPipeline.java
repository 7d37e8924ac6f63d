package org.pagereel.server.tools.bench;

import java.io.IOException;

/** Something that records a page whose sound is then listened to. */
interface SoundPipeline {
  String title();

  SoundFile record(SoundPlan plan) throws IOException;
}
