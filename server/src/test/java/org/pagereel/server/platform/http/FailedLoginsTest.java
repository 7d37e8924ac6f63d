package org.pagereel.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long an address is refused, and how many of them are remembered. */
class FailedLoginsTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Map<String, Integer> everywhere = new HashMap<>();
  private final FailedLogins logins = node();

  private FailedLogins node() {
    return new FailedLogins(
        new ClientAddress(List.of()),
        (address, failures) ->
            everywhere.merge(
                address + " " + Math.floorDiv(nanos.get(), MINUTE), failures, Integer::sum),
        nanos::get);
  }

  @Test
  void aMinuteAfterTooManyInAMinute() {
    fail("a", FailedLogins.MAX_IN_A_MINUTE);
    assertThat(logins.refused("a")).isZero();
    fail("a", 1);
    assertThat(logins.refused("a")).isEqualTo(Duration.ofMinutes(1));
    assertThat(logins.refused("b")).isZero();
    pass(Duration.ofSeconds(50));
    fail("a", 1000);
    assertThat(logins.refused("a")).as("not longer for that").isEqualTo(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(11));
    assertThat(logins.refused("a")).isZero();
    fail("a", FailedLogins.MAX_IN_A_MINUTE);
    assertThat(logins.refused("a")).isZero();
  }

  /** Of three nodes each sees a third of them. */
  @Test
  void whatOtherNodesSawCounts() {
    FailedLogins second = node();
    FailedLogins third = node();
    for (int i = 0; i < FailedLogins.MAX_IN_A_MINUTE / 3 + FailedLogins.TOGETHER; i++) {
      assertThat(logins.refused("b")).isZero();
      logins.note("a");
      second.note("a");
      third.note("a");
    }
    assertThat(List.of(logins.refused("a"), second.refused("a"), third.refused("a")))
        .as("all of them, by the tenth that each sees after that")
        .allMatch(Duration::isPositive);
  }

  @Test
  void twoASecondAreNeverTooMany() {
    for (int i = 0; i < 1000; i++) {
      fail("a", 1);
      pass(Duration.ofMillis(510));
      assertThat(logins.refused("a")).isZero();
    }
  }

  @Test
  void onlySoManyAddressesAreRemembered() {
    fail("attacker", FailedLogins.MAX_IN_A_MINUTE + 1);
    for (int i = 0; i < 5 * FailedLogins.MAX_ADDRESSES; i++) {
      fail("address " + i, 1);
      if (i % 1000 == 0) {
        assertThat(logins.refused("attacker")).as("who goes on is not forgotten").isPositive();
      }
    }
    assertThat(logins.size()).isEqualTo(FailedLogins.MAX_ADDRESSES);
  }

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      logins.note(address);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
