package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import org.bytedeco.ffmpeg.avutil.AVRational;

/** The unit of a stream's time stamps: {@code num / den} seconds. */
public record TimeBase(int num, int den) {
  public static final TimeBase MICROS = new TimeBase(1, 1_000_000);

  static TimeBase of(AVRational rational) {
    return new TimeBase(rational.num(), rational.den());
  }

  AVRational rational() {
    return new AVRational().num(num).den(den);
  }

  /** The nearest number of microseconds; {@link Packet#UNKNOWN} stays unknown. */
  public long micros(long units) {
    return to(MICROS, units);
  }

  /** The nearest number of units. */
  public long units(long micros) {
    return MICROS.to(this, micros);
  }

  /** The same time in the nearest unit of the other one. */
  long to(TimeBase other, long units) {
    return units == Packet.UNKNOWN
        ? Packet.UNKNOWN
        : av_rescale(units, (long) num * other.den, (long) den * other.num);
  }
}
