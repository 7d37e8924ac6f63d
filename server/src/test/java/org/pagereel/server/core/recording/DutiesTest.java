package org.pagereel.server.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagereel.server.core.recording.Duties.Claim;

/** The fault table, cell by cell. */
class DutiesTest {
  /**
   * A cell: what befell the node that has the recording, and the database; what this node knows
   * then, and what it does; and what another node does that knows of it.
   */
  record Cell(
      String node, String database, boolean leaseHeld, Claim claim, Duties ours, boolean claimed) {
    @Override
    public String toString() {
      return node + " x " + database;
    }
  }

  static List<Cell> cells() {
    return List.of(
        new Cell("alive", "there", true, Claim.OURS, Duties.ALL, false),
        new Cell("alive", "slow", true, Claim.OURS, Duties.ALL, false),
        new Cell("alive", "slow, for too long", false, Claim.OURS, Duties.RECORD_ONLY, false),
        new Cell("alive", "gone", false, Claim.OURS, Duties.RECORD_ONLY, false),
        new Cell("alive", "back", true, Claim.OURS, Duties.ALL, false),
        new Cell("cut off from it", "there", false, Claim.OURS, Duties.RECORD_ONLY, true),
        new Cell(
            "cut off, another starts",
            "there",
            true,
            Claim.ANOTHER_STARTS,
            Duties.RECORD_ONLY,
            true),
        new Cell(
            "cut off, another records", "there", true, Claim.ANOTHER_RECORDS, Duties.NONE, true),
        new Cell("cut off, and over", "there", true, Claim.OVER, Duties.NONE, true),
        new Cell("cut off from others", "there", true, Claim.OURS, Duties.ALL, false));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void whoDoesWhat(Cell cell) {
    assertThat(Duties.of(cell.leaseHeld(), cell.claim())).isEqualTo(cell.ours());
    // Two may record, one may publish: never none who records, and never two who speak.
    if (cell.claimed()) {
      assertThat(cell.ours().publishes() || cell.ours().announces()).isFalse();
    } else {
      assertThat(cell.ours().records()).isTrue();
    }
  }

  /**
   * Whatever it knows: who may not record does not speak either, and without a lease nobody does.
   */
  @ParameterizedTest
  @EnumSource
  void nobodySpeaksWithoutARight(Claim claim) {
    Duties without = Duties.of(false, claim);
    assertThat(without.publishes() || without.announces()).isFalse();
    Duties with = Duties.of(true, claim);
    assertThat(with.publishes()).isEqualTo(with.announces());
    assertThat(with.records() || !with.announces()).isTrue();
    assertThat(with.announces()).isEqualTo(claim == Claim.OURS);
  }
}
