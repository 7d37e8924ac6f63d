package org.pagereel.recorder.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeftoversTest {
  private final String label = "test-" + UUID.randomUUID();
  private final Scratch scratch = Scratch.of(label);

  @Test
  void anAbandonedFolderGoesAndOneInUseStays() throws IOException {
    scratch.create();
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put(Label.VARIABLE, label);
    Process user = builder.start();
    try {
      Leftovers.reapAbandoned();
      assertThat(scratch.folder()).exists();
      assertThat(user.isAlive()).isTrue();
    } finally {
      user.destroyForcibly().onExit().join();
    }
    Leftovers.reapAbandoned();
    assertThat(scratch.folder()).doesNotExist();
  }
}
