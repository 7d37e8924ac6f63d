package org.pagereel.server.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagereel.server.core.recording.Duties.Known;

/** The fault table, cell by cell. */
class DutiesTest {
  /**
   * A cell: what befell the node that has the recording, and the database; what this node knows
   * then, and what it does; and what another node does that knows of it.
   */
  record Cell(
      String node, String database, boolean leaseHeld, Known known, Duties ours, boolean claimed) {
    @Override
    public String toString() {
      return node + " x " + database;
    }
  }

  static List<Cell> cells() {
    return List.of(
        new Cell("alive", "there", true, Known.OURS, Duties.ALL, false),
        new Cell("alive", "slow", true, Known.OURS, Duties.ALL, false),
        new Cell("alive", "slow, for too long", false, Known.OURS, Duties.RECORD_ONLY, false),
        new Cell("alive", "gone", false, Known.OURS, Duties.RECORD_ONLY, false),
        new Cell("alive", "back", true, Known.OURS, Duties.ALL, false),
        new Cell("cut off from it", "there", false, Known.OURS, Duties.RECORD_ONLY, true),
        new Cell(
            "cut off, another starts",
            "there",
            true,
            Known.ANOTHER_STARTS,
            Duties.RECORD_ONLY,
            true),
        new Cell(
            "cut off, another records", "there", true, Known.ANOTHER_RECORDS, Duties.NONE, true),
        new Cell("cut off, and over", "there", true, Known.OVER, Duties.NONE, true),
        new Cell("cut off from others", "there", true, Known.OURS, Duties.ALL, false));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void whoDoesWhat(Cell cell) {
    assertThat(Duties.of(cell.leaseHeld(), cell.known())).isEqualTo(cell.ours());
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
  void nobodySpeaksWithoutARight(Known known) {
    Duties without = Duties.of(false, known);
    assertThat(without.publishes() || without.announces()).isFalse();
    Duties with = Duties.of(true, known);
    assertThat(with.publishes()).isEqualTo(with.announces());
    assertThat(with.records() || !with.announces()).isTrue();
    assertThat(with.announces()).isEqualTo(known == Known.OURS);
  }
}
