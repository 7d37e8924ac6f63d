// Pictures of a track: encoded as H.264.
import { now } from "./clock.js";
import { Reading } from "./reading.js";
import { chunkLine, send } from "./wire.js";

const KEYFRAME_EVERY = 10e6;
const SMALL = { width: 320, height: 240 };
const LARGEST = { width: 3840, height: 2160 };
const SMALLEST = 16; // pixels a side, for the encoder
// A picture that rests is encoded again after this: files stay alive and the last one has a length.
const REST_MICROS = 1e6;
// Beyond this many waiting pictures the machine is too slow, and they are dropped.
const MAX_WAITING = 8;
// Two pictures are at least so far apart: files count milliseconds, and nobody sees more.
const APART_MICROS = 10e3;

export class Pictures extends Reading {
  static RATE = 90e3; // RTP's ticks a second, for all of video
  media = "v";

  constructor(stream, track) {
    super(stream, track, 4);
    this.wantsKey = true;
    this.keyAt = 0;
    this.last = null;
    this.lastAt = 0;
    this.run();
  }

  take(given) {
    const at = Math.max(this.#at(given), this.lastAt + APART_MICROS);
    this.last?.close();
    this.last = upright(given);
    this.encode(at);
  }

  // Over the network a frame's timestamp is an estimate that jumps; its packets' is the sender's.
  #at(frame) {
    const { rtpTimestamp } = frame.metadata();
    if (!this.receiver || rtpTimestamp === undefined) return this.clock.at(frame.timestamp);
    const stamp = this.ticks.micros(rtpTimestamp, Pictures.RATE);
    this.sent.see(stamp, now());
    return stamp + this.sent.least;
  }

  // The picture that is there now, as a keyframe or because it has been resting.
  repeat(key) {
    if (this.encoder?.state === "closed") return this.fail("the encoder closed");
    this.wantsKey ||= key;
    if (this.last && !this.over) this.encode(Math.max(now(), this.lastAt + APART_MICROS));
  }

  encode(at) {
    const { width, height } = this.#size();
    if (!this.encoder || this.#outgrown(width, height)) this.#open(width, height);
    if (this.encoder.encodeQueueSize > MAX_WAITING) {
      this.stream.dropped++;
      return;
    }
    const key = this.wantsKey || at - this.keyAt > KEYFRAME_EVERY;
    const frame = new VideoFrame(this.last, { timestamp: Math.round(at) });
    try {
      this.encoder.encode(frame, { keyFrame: key });
    } finally {
      frame.close();
    }
    if (key) {
      this.keyAt = at;
      this.wantsKey = false;
    }
    this.lastAt = at;
  }

  #size() {
    let width = this.last.displayWidth;
    let height = this.last.displayHeight;
    const most = this.stream.rule.small ? SMALL : LARGEST;
    const scale = Math.min(1, most.width / width, most.height / height);
    const even = (side) => Math.max(SMALLEST, Math.round((side * scale) / 2) * 2);
    return { width: even(width), height: even(height) };
  }

  // A smaller picture of the same shape is scaled up into the same file; a larger one, or another shape, begins
  // a new file.
  #outgrown(width, height) {
    const same = Math.abs(width / height - this.width / this.height) < 0.03 * (width / height);
    return !same || width > this.width;
  }

  #open(width, height) {
    const follows = this.encoder !== undefined;
    if (follows) this.closeEncoder();
    this.width = width;
    this.height = height;
    this.wantsKey = true;
    const stream = this.stream;
    let announced = false; // with the first picture: before it come the last ones of the encoder before
    const encoder = new VideoEncoder({
      output: (chunk) => {
        if (!announced) {
          announced = true;
          if (follows) send(`cut ${stream.id}`);
          send(`size ${stream.id} ${width} ${height}`);
        }
        chunkLine(stream, "v", chunk, chunk.timestamp);
      },
      error: (error) => this.fail(error.message),
    });
    const pixels = width * height;
    encoder.configure({
      codec: pixels > 2088960 ? "avc1.42E033" : pixels > 414720 ? "avc1.42E028" : "avc1.42E01F",
      width,
      height,
      bitrate: Math.min(2.5e6, Math.max(150e3, Math.round((pixels / 230400) * 600e3))),
      framerate: 15,
      latencyMode: "realtime",
      avc: { format: "annexb" },
    });
    this.encoder = encoder;
  }

  tick() {
    if (now() - this.lastAt > REST_MICROS) this.repeat(false);
  }

  release() {
    this.last?.close();
    this.last = null;
  }
}

// A phone's pictures say how they are to be turned; the encoder would leave that to the player.
function upright(frame) {
  if (!frame.rotation && !frame.flip) return frame;
  const canvas = new OffscreenCanvas(frame.displayWidth, frame.displayHeight);
  canvas.getContext("2d").drawImage(frame, 0, 0);
  const turned = new VideoFrame(canvas, { timestamp: frame.timestamp });
  frame.close();
  return turned;
}
