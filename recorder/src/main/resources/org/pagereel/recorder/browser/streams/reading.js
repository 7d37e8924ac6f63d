// What reading pictures and reading sound have in common: frames come one by one and are taken, until the track
// ends, is taken away or cannot be encoded.
import { Clock } from "./clock.js";
import { receivers } from "./receivers.js";
import { SentClock, Ticks } from "./sent-clock.js";
import { Delay } from "./sync.js";

// A track whose pictures or sound cannot be encoded is given up after so many tries.
const MAX_FAILURES = 3;

const failures = new WeakMap();
function noteFailure(track, stream, why) {
  console.warn("pagereel:", track.kind, "of", stream.userId, why);
  failures.set(track, (failures.get(track) ?? 0) + 1);
}
export const isHopeless = (track) => (failures.get(track) ?? 0) >= MAX_FAILURES;

export class Reading {
  constructor(stream, track, buffered) {
    this.stream = stream;
    this.track = track;
    this.clock = new Clock();
    this.sent = new SentClock();
    this.ticks = new Ticks();
    this.delay = new Delay();
    this.over = false;
    this.reader = new MediaStreamTrackProcessor({ track, maxBufferSize: buffered }).readable.getReader();
  }

  async run() {
    try {
      for (;;) {
        const { value: frame, done } = await this.reader.read();
        if (done || this.over) {
          frame?.close();
          break;
        }
        this.take(frame);
      }
    } catch (error) {
      this.fail(error.message);
    }
    this.end();
  }

  // Undefined for what was made here. Asked anew: the page may hear of a track before we do.
  get receiver() {
    return receivers.get(this.track);
  }

  fail(why) {
    noteFailure(this.track, this.stream, why);
    this.end();
  }

  // What is still inside comes out by itself, in order, before anything of the next one.
  closeEncoder() {
    const old = this.encoder;
    this.encoder = null;
    if (old?.state === "configured") old.flush().catch(() => {}).finally(() => old.state !== "closed" && old.close());
  }

  async end() {
    if (this.over) return;
    this.over = true;
    this.reader.cancel().catch(() => {});
    if (this.encoder?.state === "configured") await this.encoder.flush().catch(() => {});
    if (this.encoder && this.encoder.state !== "closed") this.encoder.close();
    this.release();
    this.stream.gone(this);
  }
}
