// The sender's clock.

// The sender's clock on ours: what had the least delay was nearest to the truth.
export class SentClock {
  // Two clocks run apart by less than this.
  static DRIFT = 1e-4;
  // The sender has begun to count anew.
  static BREAK_MICROS = 10e6;
  behind = NaN; // µs from the sender's stamp to its frame's arrival, as of late
  least = NaN; // and the least of them
  era = 0;
  #before; // the last but one
  #sum = 0;
  #count = 0;

  see(stamp, arrived) {
    const behind = arrived - stamp;
    const goesOn = Math.abs(behind - this.behind) < SentClock.BREAK_MICROS;
    const drifted = this.least + (arrived - this.arrived) * SentClock.DRIFT;
    this.least = goesOn ? Math.min(behind, drifted) : behind;
    this.era += goesOn ? 0 : 1;
    this.#before = goesOn ? { behind: this.behind, arrived: this.arrived } : { behind, arrived };
    this.behind = behind;
    this.arrived = arrived;
    this.#sum += behind;
    this.#count++;
  }

  /** What it was then; of what this page was too busy to look at, what lies between. */
  behindAt(arrived) {
    const { behind, arrived: from } = this.#before;
    const part = (arrived - from) / (this.arrived - from);
    return part >= 0 && part < 1 ? behind + part * (this.behind - behind) : this.behind;
  }

  /** What it was on average since this was asked last. */
  meanBehind() {
    const mean = this.#sum / this.#count;
    this.#sum = this.#count = 0;
    return mean;
  }
}

// RTP's ticks count over every 13 or 24 hours; these go on.
export class Ticks {
  #micros = 0;

  micros(rtpTimestamp, rate) {
    this.#micros += this.last === undefined ? 0 : (((rtpTimestamp - this.last) | 0) / rate) * 1e6;
    this.last = rtpTimestamp;
    return this.#micros;
  }
}
