// Sound and picture wait in buffers of their own, and WebRTC lets one lag behind the other, by much on a busy
// machine. So what counts is when the sender says that a frame was made: its clock is laid on ours once, and
// buffers that grow and shrink afterwards move nothing.

// How long what a track gives has been under way, in µs: by the sender's reports, once there are any (beyond a
// constant that sound and picture of one sender share), and by what it waited here since it was asked last.
export class Delay {
  #waited = NaN;
  #count = NaN;

  async measure(receiver) {
    for (const report of (await receiver.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      const { jitterBufferDelay, jitterBufferEmittedCount: count, totalDecodeTime = 0 } = report;
      const total = jitterBufferDelay + totalDecodeTime;
      const waited = ((total - this.#waited) / (count - this.#count)) * 1e6;
      this.#waited = total;
      this.#count = count;
      return { reported: (report.timestamp - report.estimatedPlayoutTimestamp) * 1000, waited };
    }
    return { reported: NaN, waited: NaN };
  }
}

// What sound and picture of a stream have to do with each other: two stamps that belong to the same instant
// differ by a constant.
export class Sync {
  // Sound is behind its picture by about this, beside what either waits here (measured: docs/BENCHMARKS.md).
  static NETWORK = 20e3;
  static KEPT = 9;
  #seen = [];
  #isReported = false;

  constructor(picture, sound) {
    this.picture = picture;
    this.sound = sound;
    this.#begin();
  }

  // Until something is measured, as if neither waited longer than it has to.
  #begin() {
    this.era = this.#era();
    this.#seen = [];
    this.constant = this.sound.sent.least - this.picture.sent.least - Sync.NETWORK;
  }

  #era() {
    return `${this.picture.sent.era} ${this.sound.sent.era}`;
  }

  /** Where on our clock a sound is that arrives now. */
  at(arrived) {
    if (this.era !== this.#era()) this.#begin();
    return arrived - this.sound.sent.behindAt(arrived) + this.picture.sent.least + this.constant;
  }

  async measure() {
    const [seen, heard] = await Promise.all([this.picture, this.sound].map((one) => one.delay.measure(one.receiver)));
    const [picture, sound] = [this.picture.sent, this.sound.sent];
    const reported = seen.reported - heard.reported - picture.behind + sound.behind;
    const waited = seen.waited - heard.waited - Sync.NETWORK - picture.meanBehind() + sound.meanBehind();
    const isReported = Number.isFinite(reported);
    const constant = isReported ? reported : waited;
    if (!Number.isFinite(constant) || isReported < this.#isReported || this.era !== this.#era()) return;
    if (isReported !== this.#isReported) this.#seen = [];
    this.#isReported = isReported;
    this.#seen.push(constant);
    if (this.#seen.length > Sync.KEPT) this.#seen.shift();
    this.constant = [...this.#seen].sort((one, other) => one - other)[this.#seen.length >> 1];
  }
}
