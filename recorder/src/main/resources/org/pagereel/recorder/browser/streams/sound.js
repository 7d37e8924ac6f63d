// Sound of a track: encoded as Opus.
import { now } from "./clock.js";
import { Reading } from "./reading.js";
import { Sync } from "./sync.js";
import { chunkLine } from "./wire.js";

const SOUND_KBPS = 64;

export class Sound extends Reading {
  media = "a";
  // Samples count themselves; beyond this they have lost touch with the clock and begin anew.
  static MAX_DRIFT = 25e3;
  // The encoder's look-ahead: so much of what a decoder gives comes before the first sample.
  static LOOK_AHEAD = 6.5e3;
  // So often it is asked which packet is being played.
  static ASK_MICROS = 50e3;
  askedAt = 0;

  constructor(stream, track) {
    super(stream, track, 50);
    // Sound that comes over the network flows only while an element plays it; nobody needs to hear it.
    this.element = new Audio();
    this.element.muted = true;
    this.element.srcObject = new MediaStream([track]);
    this.element.play().catch((error) => console.warn("pagereel: sound of", stream.userId, error.message));
    this.run();
  }

  take(data) {
    try {
      this.#encode(data);
    } finally {
      data.close();
    }
  }

  #encode(data) {
    // A piece of sound arrives when its last sample is there.
    const at = this.#at(data.timestamp) - data.duration - Sound.LOOK_AHEAD;
    const lost =
      !this.encoder ||
      data.sampleRate !== this.rate ||
      data.numberOfChannels !== this.channels ||
      Math.abs(this.start + (this.samples / this.rate) * 1e6 - at) > Sound.MAX_DRIFT;
    if (lost) this.#open(data, at);
    this.encoder.encode(data);
    this.samples += data.numberOfFrames;
  }

  #at(stamp) {
    const arrived = this.clock.at(stamp);
    if (!this.receiver) return arrived;
    if (now() - this.askedAt > Sound.ASK_MICROS) this.#ask();
    if (Number.isNaN(this.sent.behind)) return arrived - Sync.NETWORK;
    const picture = this.stream.pictures();
    if (!picture?.receiver || Number.isNaN(picture.sent.behind)) return arrived - this.sent.behindAt(arrived) + this.sent.least;
    if (this.sync?.picture !== picture) this.sync = new Sync(picture, this);
    return this.sync.at(arrived);
  }

  // Sound has no stamps of its sender's, but its receiver says which packet it plays at which instant.
  #ask() {
    this.askedAt = now();
    const [source] = this.receiver.getSynchronizationSources();
    if (!source) return;
    this.ticksASecond ??= this.receiver.getParameters().codecs[0]?.clockRate ?? 48e3;
    const stamp = this.ticks.micros(source.rtpTimestamp, this.ticksASecond);
    this.sent.see(stamp, (source.timestamp - performance.timeOrigin) * 1000);
  }

  #open(data, at) {
    this.closeEncoder();
    this.rate = data.sampleRate;
    this.channels = data.numberOfChannels;
    this.start = at;
    this.samples = 0;
    const stream = this.stream;
    let first;
    this.encoder = new AudioEncoder({
      output: (chunk) => {
        first ??= chunk.timestamp;
        chunkLine(stream, "a", chunk, at + chunk.timestamp - first);
      },
      error: (error) => this.fail(error.message),
    });
    this.encoder.configure({
      codec: "opus",
      sampleRate: this.rate,
      numberOfChannels: this.channels,
      bitrate: SOUND_KBPS * 1000,
    });
  }

  tick() {
    if (this.element.paused) this.element.play().catch(() => {});
  }

  release() {
    this.element.srcObject = null;
  }
}
