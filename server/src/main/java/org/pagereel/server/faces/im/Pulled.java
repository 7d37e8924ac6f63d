package org.pagereel.server.faces.im;

/**
 * What one run of pulling did.
 *
 * @param messages the number that was handed over
 * @param holes the count of numbers without a message
 * @param failedCalls the number of calls that were repeated
 */
public record Pulled(long messages, long holes, int failedCalls) {
  static final Pulled NOTHING = new Pulled(0, 0, 0);

  Pulled and(PulledPage page) {
    long missing = page.holes().stream().mapToLong(SeqRange::size).sum();
    return new Pulled(messages + page.messages().size(), holes + missing, failedCalls);
  }

  Pulled andFailedCall() {
    return new Pulled(messages, holes, failedCalls + 1);
  }
}
