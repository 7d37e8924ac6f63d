package org.pagereel.recorder.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.RecordingFailure;

/**
 * The rule for parts of a recording that give no signs of life: they are a warning first, and after
 * a longer time the attempt fails. Nothing here has a side effect, and time is what the caller
 * says. For one thread.
 */
public final class Liveness {
  /** A part that is silent for so long is worth a warning. */
  public static final Duration WARN = Duration.ofSeconds(3);

  /** What a look has found. */
  public sealed interface Finding {
    /** Something to say: a part fell silent, or it is back. */
    record Remark(String text) implements Finding {}

    /** A part without which nothing is recorded is silent for good. Found once only. */
    record Frozen(RecordingFailure cause) implements Finding {}
  }

  private final List<Watched> all;
  private final @Nullable Duration frozenAfter;
  private boolean frozen;

  /** One probe, and how long it has been silent. */
  private static final class Watched {
    private final Probe probe;
    private final Silence silence;
    private long signs;
    private Duration silent = Duration.ZERO;
    private Duration longest = Duration.ZERO;
    private boolean heard;
    private boolean warned;

    Watched(Probe probe, Duration look, Instant now) {
      this.probe = probe;
      this.silence = new Silence(look, now);
      this.signs = probe.signs().getAsLong();
    }

    void look(Instant now) {
      long seen = probe.signs().getAsLong();
      heard = seen != signs || !probe.isDue().getAsBoolean();
      if (heard) {
        signs = seen;
        silence.broken();
      }
      silent = silence.look(now);
      longest = silent.compareTo(longest) > 0 ? silent : longest;
    }

    private @Nullable String remark() {
      if (!warned && silent.compareTo(WARN) >= 0) {
        warned = true;
        return sentence(silent);
      }
      Duration lasted = longest;
      longest = heard ? Duration.ZERO : longest;
      if (warned && heard) {
        warned = false;
        return "%s is back after %s".formatted(probe.subject(), seconds(lasted));
      }
      return null;
    }

    private String sentence(Duration time) {
      return "%s %s for %s".formatted(probe.subject(), probe.complaint(), seconds(time));
    }

    private static String seconds(Duration time) {
      return String.format(Locale.ROOT, "%.1f s", Durations.seconds(time));
    }
  }

  /**
   * Watches from now on.
   *
   * @param probes in the order in which they are blamed: a part before those that need it
   * @param look the time between two looks
   * @param frozenAfter the silence after which an attempt fails; null if it never does
   */
  public Liveness(List<Probe> probes, Duration look, @Nullable Duration frozenAfter, Instant now) {
    this.all = probes.stream().map(probe -> new Watched(probe, look, now)).toList();
    this.frozenAfter = frozenAfter;
  }

  /** To be called at every look. */
  public List<Finding> look(Instant now) {
    List<Finding> findings = new ArrayList<>();
    for (Watched one : all) {
      one.look(now);
      String remark = one.remark();
      if (remark != null) {
        findings.add(new Finding.Remark(remark));
      }
    }
    Watched guilty = guilty();
    if (guilty != null && !frozen) {
      frozen = true;
      String sentence = guilty.sentence(guilty.silent);
      findings.add(new Finding.Frozen(new RecordingFailure(guilty.probe.category(), sentence)));
    }
    return findings;
  }

  /** Whether a part that the recording cannot do without is silent at this moment. */
  public boolean isAnySilent() {
    return all.stream().anyMatch(one -> one.probe.isVital() && one.silent.compareTo(WARN) >= 0);
  }

  /** What stops drags others with it, which may be found a little earlier. */
  private @Nullable Watched guilty() {
    Duration most = frozenAfter;
    if (most == null || all.stream().noneMatch(one -> isSilentFor(one, most))) {
      return null;
    }
    return all.stream().filter(one -> isSilentFor(one, most.dividedBy(2))).findFirst().orElse(null);
  }

  private static boolean isSilentFor(Watched one, Duration time) {
    return one.probe.isVital() && one.silent.compareTo(time) >= 0;
  }
}
