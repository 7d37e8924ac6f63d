package org.pagereel.recorder.liveness;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.pagereel.recorder.FailureCategory;

/**
 * A part of the recording that must give signs of life.
 *
 * @param subject names it at the beginning of a sentence
 * @param complaint the sentence goes on with it, before "for 5 s": "has not answered"
 * @param category the category of the failure if it never gives one again
 * @param signs the number of signs so far; asked by any thread
 * @param isDue whether signs are due now; asked by any thread
 * @param isVital without it nothing worth keeping is recorded
 */
public record Probe(
    String subject,
    String complaint,
    FailureCategory category,
    LongSupplier signs,
    BooleanSupplier isDue,
    boolean isVital) {

  /** One that the recording cannot do without, and whose signs are always due. */
  public static Probe vital(
      String subject, String complaint, FailureCategory category, LongSupplier signs) {
    return new Probe(subject, complaint, category, signs, () -> true, true);
  }
}
