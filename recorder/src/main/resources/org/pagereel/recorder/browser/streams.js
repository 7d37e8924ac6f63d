// Put into the recorded page before its own scripts: window.pagereel, by which the page hands over its streams.
// Each track is read (MediaStreamTrackProcessor), encoded (WebCodecs: H.264, Opus) and sent to the recorder as it
// comes. Times are this page's performance.now() in microseconds; the recorder knows how they map to its clock.
(() => {
  const tell = window.__pagereelStreams;
  delete window.__pagereelStreams; // ours alone, in frames, too
  if (window !== top || window.pagereel) return;
  const DEFAULT = { rules: [], screenPrefix: "@screen_" };
  const PLAN = /*PLAN*/ DEFAULT;
  tell("hello 0");

  const SEND_EVERY_MS = 150;
  const KEYFRAME_EVERY = 10e6;
  const SOUND_KBPS = 64;
  const SMALL = { width: 320, height: 240 };
  const LARGEST = { width: 3840, height: 2160 };
  const SMALLEST = 16; // pixels a side, for the encoder
  const LONGEST_USER_ID = 255;
  // A track whose pictures or sound cannot be encoded is given up after so many tries.
  const MOST_FAILURES = 3;
  // A picture that rests is encoded again after this: files stay alive and the last one has a length.
  const REST_MICROS = 1e6;
  // Beyond this many waiting pictures the machine is too slow, and they are dropped.
  const MOST_WAITING = 8;
  const TELL_DROPPED_EVERY_MICROS = 10e6;
  // Two pictures are at least so far apart: files count milliseconds, and nobody sees more.
  const APART_MICROS = 10e3;

  const now = () => performance.now() * 1000;

  // --- the way to the recorder: lines, in batches -------------------------------------------------------------
  let lines = [];
  const send = (line) => lines.push(line);
  const flush = () => {
    if (lines.length === 0) return;
    tell(lines.join("\n"));
    lines = [];
  };
  setInterval(flush, SEND_EVERY_MS);

  const base64 = (bytes) => {
    if (bytes.toBase64) return bytes.toBase64();
    let text = "";
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(text);
  };

  // --- when a frame was there --------------------------------------------------------------------------------
  // Frames carry times of some clock of their own. What lies between it and ours is the median of what was seen
  // lately: a single frame that came late, or early, is put where it belongs.
  class Clock {
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

  // --- what came over the network ----------------------------------------------------------------------------
  // Sound and picture wait in buffers of their own, and WebRTC lets one lag behind the other, by much on a busy
  // machine. So what counts is when the sender says that a frame was made: its clock is laid on ours once, and
  // buffers that grow and shrink afterwards move nothing.
  const receivers = new WeakMap();
  const connections = new WeakSet();
  const accept = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (...description) {
    if (!connections.has(this)) {
      connections.add(this);
      this.addEventListener("track", ({ track, receiver }) => receivers.set(track, receiver));
    }
    return accept.apply(this, description);
  };

  // The sender's clock on ours: what had the least delay was nearest to the truth.
  class SentClock {
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
  class Ticks {
    #micros = 0;

    micros(rtpTimestamp, rate) {
      this.#micros += this.last === undefined ? 0 : (((rtpTimestamp - this.last) | 0) / rate) * 1e6;
      this.last = rtpTimestamp;
      return this.#micros;
    }
  }

  // How long what a track gives has been under way, in µs: by the sender's reports, once there are any (beyond a
  // constant that sound and picture of one sender share), and by what it waited here since it was asked last.
  class Delay {
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
  class Sync {
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

  const chunkLine = (stream, media, chunk, at) => {
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    const key = chunk.type === "key" ? 1 : 0;
    send(`${media} ${stream.id} ${key} ${Math.round(at)} ${chunk.duration ?? 0} ${base64(bytes)}`);
  };

  const failures = new WeakMap();
  function noteFailure(track, stream, why) {
    console.warn("pagereel:", track.kind, "of", stream.userId, why);
    failures.set(track, (failures.get(track) ?? 0) + 1);
  }
  const isHopeless = (track) => (failures.get(track) ?? 0) >= MOST_FAILURES;

  // --- a track ------------------------------------------------------------------------------------------------
  // What reading pictures and reading sound have in common: frames come one by one and are taken, until the track
  // ends, is taken away or cannot be encoded.
  class Reading {
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

  // --- pictures ----------------------------------------------------------------------------------------------
  class Pictures extends Reading {
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
      if (this.encoder.encodeQueueSize > MOST_WAITING) {
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

  // --- sound -------------------------------------------------------------------------------------------------
  class Sound extends Reading {
    media = "a";
    // Samples count themselves; beyond this they have lost touch with the clock and begin anew.
    static MOST_DRIFT = 25e3;
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
        Math.abs(this.start + (this.samples / this.rate) * 1e6 - at) > Sound.MOST_DRIFT;
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

  // --- streams -----------------------------------------------------------------------------------------------
  const ruleFor = (name) => PLAN.rules.find((rule) => name.startsWith(rule.prefix)) ?? { record: true, sound: true };
  const nameOf = (userId, kind) => (kind === "screen" ? PLAN.screenPrefix + userId : userId);

  let count = 0;
  const streams = new Map();

  class Stream {
    constructor(media, userId, kind) {
      this.id = ++count;
      this.media = media;
      this.userId = userId;
      this.rule = ruleFor(nameOf(userId, kind));
      this.dropped = 0;
      this.toldAt = now();
      this.looks = 0;
      this.tracks = new Map();
      send(`begin ${this.id} ${Math.round(now())} ${kind} ${encodeURIComponent(userId)}`);
      this.look();
    }

    // Tracks come and go; those that scripts add or take away raise no event.
    look() {
      for (const track of this.media.getTracks()) {
        const wanted = track.kind === "video" || this.rule.sound;
        const free = !this.tracks.has(track) && !this.#has(track.kind) && !isHopeless(track);
        if (wanted && free && track.readyState === "live")
          this.tracks.set(track, track.kind === "video" ? new Pictures(this, track) : new Sound(this, track));
      }
      const has = ["video", "audio"].map((kind) => (this.#has(kind) ? 1 : 0)).join(" ");
      if (has !== this.had) send(`has ${this.id} ${(this.had = has)}`);
      if (now() - this.toldAt > TELL_DROPPED_EVERY_MICROS) this.tellDropped();
      const present = new Set(this.media.getTracks());
      for (const [track, reading] of this.tracks) {
        if (present.has(track) && track.readyState === "live") reading.tick();
        else reading.end();
      }
    }

    measure() {
      this.looks++;
      // Often at first; then seldom, because statistics cost.
      if (this.looks > 8 && this.looks % 2 > 0) return;
      for (const reading of this.tracks.values()) reading.sync?.measure().catch(() => {});
    }

    tellDropped() {
      this.toldAt = now();
      if (this.dropped > 0) send(`dropped ${this.id} ${this.dropped}`);
      this.dropped = 0;
    }

    pictures() {
      return this.#reading("video");
    }

    #reading(kind) {
      return [...this.tracks.values()].find(({ track }) => track.kind === kind);
    }

    #has(kind) {
      return this.#reading(kind) !== undefined;
    }

    gone(reading) {
      if (this.tracks.get(reading.track) !== reading) return;
      this.tracks.delete(reading.track);
      if (streams.get(this.media) !== this) return;
      send(`gone ${this.id} ${reading.media} ${Math.round(now())}`);
      this.had = undefined; // another track may be there already
      this.key(); // what remains goes on in a file of its own
    }

    key() {
      for (const reading of this.tracks.values()) if (reading instanceof Pictures) reading.repeat(true);
    }

    end() {
      const at = Math.round(now());
      Promise.all([...this.tracks.values()].map((reading) => reading.end())).finally(() => {
        this.tellDropped();
        send(`end ${this.id} ${at}`);
        flush();
      });
    }
  }

  setInterval(() => {
    for (const stream of streams.values()) {
      try {
        stream.look();
        stream.measure();
      } catch (error) {
        console.warn("pagereel: stream of", stream.userId, error.message); // and on to the others
      }
    }
  }, 250);

  const isSupported = "MediaStreamTrackProcessor" in window && "VideoEncoder" in window;

  function addStream(media, { userId, kind = "camera" } = {}) {
    if (!(media instanceof MediaStream)) throw new TypeError("pagereel.addStream: a MediaStream is expected");
    if (typeof userId !== "string" || !userId || userId.length > LONGEST_USER_ID)
      throw new TypeError(`pagereel.addStream: userId must have 1 to ${LONGEST_USER_ID} characters`);
    if (kind !== "camera" && kind !== "screen")
      throw new TypeError(`pagereel.addStream: kind is ${kind}; allowed are camera and screen`);
    if (!isSupported) {
      console.warn("pagereel: streams can be recorded on https pages only (or on this machine's own)");
      return;
    }
    const known = streams.get(media);
    if (known) {
      known.look();
    } else if (ruleFor(nameOf(userId, kind)).record) {
      streams.set(media, new Stream(media, userId, kind));
    }
  }

  function removeStream(media) {
    const stream = streams.get(media);
    streams.delete(media);
    stream?.end();
  }

  // --- the whiteboard ----------------------------------------------------------------------------------------
  // The top layer is above everything, and no ancestor's transform or overflow reaches it.
  function whiteboard(element) {
    if (!(element instanceof HTMLElement) || !element.isConnected)
      throw new TypeError("pagereel.whiteboard: an element of the page is expected");
    element.setAttribute("popover", "manual");
    const fill = { position: "fixed", inset: "0", width: "100vw", height: "100vh", "max-width": "none", "max-height": "none", margin: "0", border: "0" };
    for (const [name, value] of Object.entries(fill)) element.style.setProperty(name, value, "important");
    element.showPopover();
  }

  Object.defineProperty(window, "pagereel", {
    value: Object.freeze({
      addStream,
      removeStream,
      whiteboard,
      /** What is wanted of a stream: {record, sound, small}; "small" asks for the small picture. */
      rule: (userId, kind = "camera") => ({ ...ruleFor(nameOf(userId, kind)) }),
    }),
  });
  Object.defineProperty(window, "__pagereelKey", {
    value: (ids) => {
      for (const stream of streams.values()) {
        try {
          if (ids.includes(stream.id)) stream.key();
        } catch (error) {
          console.warn("pagereel: stream of", stream.userId, error.message);
        }
      }
    },
  });
})();
