package org.pagereel.recorder.slices;

import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.TimeBase;

/** MPEG-TS counts time in 33 bits of 1/90000 s: every 26.5 hours it starts over. */
final class TsTime {
  private static final long PERIOD = 1L << 33;
  private static final TimeBase UNIT = new TimeBase(1, 90_000);

  private TsTime() {}

  /** Gives a packet of a slice its true time, known to be around this media time. */
  static void unwrap(Packet packet, long aroundMicros) {
    long around = ticks(SliceWriter.BASE_MICROS + aroundMicros);
    packet.place(unwrap(packet.pts(), around), unwrap(packet.dts(), around));
  }

  static long unwrap(long ticks, long around) {
    return ticks + Math.round((around - ticks) / (double) PERIOD) * PERIOD;
  }

  static long ticks(long micros) {
    return UNIT.units(micros);
  }

  /** Media time of a slice's time stamp. */
  static long mediaMicros(long ticks) {
    return UNIT.micros(ticks) - SliceWriter.BASE_MICROS;
  }
}
