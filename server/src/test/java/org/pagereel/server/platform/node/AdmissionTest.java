package org.pagereel.server.platform.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.PageSize;
import org.pagereel.server.platform.node.ProcessTable.Use;
import org.pagereel.server.platform.time.TimeSource;

/** A machine of figures: what is admitted fits, whatever was before and whoever asks. */
class AdmissionTest {
  private static final long GIB = 1L << 30;
  private static final Demand CLASS = demand("class", PageSize.FULL_HD);

  private final Machine machine = new Machine();
  private final Admission admission = machine.admission(null);

  private static Demand demand(String kind, PageSize size) {
    return new Demand(kind, size, 30, new DiskAccount.Appetite(1, 1));
  }

  /** What runs on it uses what it is said to; time passes when it is told to. */
  private static final class Machine implements Readings, TimeSource {
    private long nanos;
    private double cores = 4;
    private double others;
    private OptionalDouble groupCores = OptionalDouble.empty();
    private long available = 64 * GIB;
    private double busy;
    private final Map<Long, Double> works = new HashMap<>();
    private final Map<Long, Double> used = new HashMap<>();
    private Admission admission;

    Admission admission(Integer most) {
      admission = new Admission(most, new DiskAccount(Path.of("/tmp")), this, this);
      return admission;
    }

    /** A work is done by the process of this number, and takes so many cores. */
    void runs(long pid, double takes) {
      works.put(pid, takes);
    }

    void pass(Duration time, boolean looking) {
      for (long i = 0; i < time.toSeconds() / 2; i++) {
        nanos += 2_000_000_000L;
        busy += 2e9 * (others + works.values().stream().mapToDouble(one -> one).sum());
        works.forEach((pid, takes) -> used.merge(pid, 2e9 * takes, Double::sum));
        if (looking) {
          admission.look();
        }
      }
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public double cores() {
      return cores;
    }

    @Override
    public long busyNanos() {
      return (long) busy;
    }

    @Override
    public OptionalDouble groupCores() {
      return groupCores;
    }

    @Override
    public OptionalLong groupNanos() {
      return OptionalLong.of((long) used.values().stream().mapToDouble(one -> one).sum());
    }

    @Override
    public long availableBytes() {
      return available;
    }

    @Override
    public Map<Long, Use> trees(Set<Long> roots) {
      Map<Long, Use> uses = new HashMap<>();
      roots.forEach(
          root -> uses.put(root, new Use(used.getOrDefault(root, 0.0).longValue(), GIB / 2)));
      return uses;
    }

    @Override
    public Instant wall() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public Instant steady() {
      return wall();
    }
  }

  /** Lets in what wants to, and returns how many were. */
  private int letIn(int wanting, Demand demand) {
    int count = 0;
    while (count < wanting
        && admission.admit(demand.kind() + count + "-" + machine.nanos, demand)) {
      count++;
    }
    return count;
  }

  @Test
  void afterAnIdleNightNoMoreThanFit() {
    machine.pass(Duration.ofHours(8), true);
    assertThat(letIn(50, CLASS)).as("0.7 cores each, 3.8 are free").isEqualTo(5);
  }

  /** The averages of before said nothing when nobody had asked for long. */
  @Test
  void aMachineThatJustBecameBusyIsBusy() {
    machine.pass(Duration.ofHours(8), true);
    machine.others = 3;
    machine.pass(Duration.ofSeconds(12), true);
    assertThat(letIn(50, CLASS)).as("the first is always tried").isEqualTo(1);
  }

  @Test
  void itsKindsUseCountsOnceItIsKnown() {
    assertThat(admission.admit("one", CLASS)).isTrue();
    admission.runs("one", 1);
    machine.runs(1, 1.6);
    admission.records("one");
    machine.pass(Duration.ofSeconds(60), true);
    assertThat(letIn(50, CLASS)).as("1.6 each").isEqualTo(1);
  }

  @Test
  void lightOnesMakeRoomForMore() {
    assertThat(admission.admit("one", CLASS)).isTrue();
    admission.runs("one", 1);
    machine.runs(1, 0.2);
    admission.records("one");
    machine.pass(Duration.ofMinutes(10), true);
    assertThat(letIn(50, CLASS)).isBetween(12, 17);
  }

  @Test
  void oneThatStartsCountsWithItsKindHoweverLongItStarts() {
    for (int i = 0; i < 5; i++) {
      assertThat(admission.admit("r" + i, CLASS)).isTrue();
      admission.runs("r" + i, i);
    }
    machine.pass(Duration.ofMinutes(5), true); // their pages are slow to be ready
    assertThat(admission.admit("more", CLASS)).isFalse();
  }

  @Test
  void aPausedOneKeepsItsPlace() {
    for (int i = 0; i < 5; i++) {
      assertThat(admission.admit("r" + i, CLASS)).isTrue();
      admission.runs("r" + i, i);
      admission.records("r" + i);
      admission.rests("r" + i);
      machine.runs(i, 0.01);
    }
    machine.pass(Duration.ofMinutes(10), true);
    assertThat(letIn(50, CLASS)).isZero();
    admission.leave("r0");
    assertThat(letIn(50, CLASS)).as("and nothing is learnt from it").isEqualTo(1);
  }

  @Test
  void aControlGroupIsAllThereIs() {
    machine.cores = 64;
    machine.groupCores = OptionalDouble.of(1);
    assertThat(letIn(50, CLASS)).isEqualTo(1);
  }

  @Test
  void othersOnTheMachineCountInAGroupToo() {
    machine.groupCores = OptionalDouble.of(3);
    machine.others = 3;
    machine.pass(Duration.ofMinutes(1), true);
    assertThat(letIn(50, CLASS)).isEqualTo(1);
  }

  /** What gives way takes no recording's place, in a group either. */
  @Test
  void workBehindGivesWay() {
    machine.groupCores = OptionalDouble.of(2);
    assertThat(admission.admitBackground("replay", CLASS)).isTrue();
    assertThat(admission.admitBackground("second", CLASS)).isFalse();
    admission.runsBehind("replay", 99);
    machine.used.put(99L, 0.0);
    for (int i = 0; i < 30; i++) {
      machine.used.merge(99L, 2 * 2e9, Double::sum); // niced: only the group counts it
      machine.pass(Duration.ofSeconds(2), true);
    }
    assertThat(letIn(50, CLASS)).isEqualTo(2);
  }

  @Test
  void memoryThatIsPromisedIsNotGivenTwice() {
    machine.available = 2 * GIB + GIB / 2;
    assertThat(letIn(50, CLASS)).isEqualTo(2);
  }

  @Test
  void smallPagesTakeLess() {
    assertThat(letIn(50, demand("small", new PageSize(480, 320)))).isBetween(9, 12);
  }

  @Test
  void aFixedNumberIsFixed() {
    Admission three = machine.admission(3);
    machine.others = 4;
    machine.pass(Duration.ofMinutes(1), true);
    for (int i = 0; i < 3; i++) {
      assertThat(three.admit("r" + i, CLASS)).isTrue();
    }
    assertThat(three.admit("more", CLASS)).isFalse();
    three.leave("r1");
    assertThat(three.admit("more", CLASS)).isTrue();
  }
}
