package org.pagereel.server.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Recordings write first, messages last, each among their equals in the order in which they came.
 */
class WriteTurnsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final WriteTurns turns = new WriteTurns();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  @Test
  void theMoreUrgentComesFirst() throws Exception {
    turns.take(Urgency.BULK, LONG);
    come(Urgency.BULK, "message 1");
    come(Urgency.BULK, "message 2");
    come(Urgency.COMMANDS, "command 1");
    come(Urgency.RECORDINGS, "recording 1");
    come(Urgency.COMMANDS, "command 2");
    come(Urgency.RECORDINGS, "recording 2");
    turns.give();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order)
        .containsExactly(
            "recording 1", "recording 2", "command 1", "command 2", "message 1", "message 2");
    turns.take(Urgency.BULK, Duration.ZERO); // and nobody has it afterwards
  }

  private void come(Urgency urgency, String name) {
    int before = turns.waiting();
    threads.add(
        Thread.ofVirtual()
            .start(() -> {
              turns.take(urgency, LONG);
              order.add(name);
              turns.give();
            }));
    while (turns.waiting() == before) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoHasWaitedTooLongGoesAndLeavesNoGap() throws Exception {
    turns.take(Urgency.RECORDINGS, LONG);
    assertThatThrownBy(() -> turns.take(Urgency.COMMANDS, Duration.ofMillis(20)))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(turns.waiting()).isZero();
    come(Urgency.BULK, "message");
    turns.give();
    threads.getFirst().join();
    assertThat(order).containsExactly("message");
  }

  @Test
  void aLineOfCommandsHasAnEnd() throws Exception {
    turns.take(Urgency.RECORDINGS, LONG);
    for (int i = 0; i < Urgency.COMMANDS.mostWaiting(); i++) {
      come(Urgency.COMMANDS, "command");
    }
    assertThatThrownBy(() -> turns.take(Urgency.COMMANDS, LONG))
        .isInstanceOf(StoreUnavailable.class);
    come(Urgency.RECORDINGS, "recording");
    turns.give();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order.getFirst()).isEqualTo("recording");
    assertThat(order).hasSize(Urgency.COMMANDS.mostWaiting() + 1);
  }
}
