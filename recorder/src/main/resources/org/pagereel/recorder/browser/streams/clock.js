// When a frame was there.

export const now = () => performance.now() * 1000;

// Frames carry times of some clock of their own. What lies between it and ours is the median of what was seen
// lately: a single frame that came late, or early, is put where it belongs.
export class Clock {
  static KEPT_MICROS = 1e6;
  static FEWEST = 5;
  #seen = [];
  #count = 0;
  #offset = 0;

  at(stamp) {
    const arrived = now();
    this.#seen.push({ arrived, offset: arrived - stamp });
    while (this.#seen.length > Clock.FEWEST && this.#seen[0].arrived < arrived - Clock.KEPT_MICROS) this.#seen.shift();
    if (this.#seen.length <= 2 * Clock.FEWEST || ++this.#count % Clock.FEWEST === 0) {
      const sorted = Float64Array.from(this.#seen, (one) => one.offset).sort();
      this.#offset = sorted[sorted.length >> 1];
    }
    return stamp + this.#offset;
  }
}
