// Put into the replay page before its own scripts: turns the virtual clock (docs/REPLAY_PAGE.md), encodes what changed
// (WebCodecs, H.264) and sends it to the recorder by HTTP. Times are milliseconds of the class.
(() => {
  if (window !== top || window.pagereel) return;
  const { base, width, height, ratio, fps, bitrate, patience } = /*SETTINGS*/ {};
  const fetch = window.fetch.bind(window);

  const REPEAT_EVERY_MS = 5_000; // a picture that rests: players can seek, files stay alive
  const KEYFRAME_EVERY_MS = 10_000;
  const SEND_BYTES = 128 * 1024;
  const SEND_EVERY_MS = 500;
  const MAX_WAITING = 4; // pictures before the encoder
  const LOOK_AHEAD = 2_000; // messages handed over at once
  const SETTLE_EVERY = 50_000; // on the way to a later beginning, so that messages need not all wait

  // --- the way to the recorder ---------------------------------------------------------------------------------
  async function call(path, body) {
    const answer = await fetch(base + path, body === undefined ? {} : { method: "POST", body });
    if (!answer.ok) throw new Error(`the recorder answered ${answer.status} to ${path.split("?")[0]}`);
    return answer;
  }

  let player;
  let arrived;
  const given = new Promise((resolve) => (arrived = resolve));

  Object.defineProperty(window, "pagereel", {
    value: Object.freeze({
      replay(one) {
        for (const name of ["load", "push", "seek", "next"])
          if (typeof one?.[name] !== "function") throw new TypeError(`pagereel.replay: the player has no ${name}()`);
        arrived(one);
      },
    }),
  });

  // What the page is being asked, for whoever waits.
  let asked = "to call pagereel.replay(player)";
  const within = async (what, promise) => {
    asked = what;
    let timer;
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`it did not answer ${what} within ${patience / 1000} s`)), patience);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  };

  // A page that is busy for ever does not get here, and the recorder notices.
  setInterval(() => call("alive", asked).catch(() => {}), 1_000);

  async function image(url) {
    const isInline = String(url).startsWith("data:image/");
    // The recorder itself knows what it could not fetch.
    const answer = await (isInline ? fetch(url) : call("fetch?url=" + encodeURIComponent(url)));
    try {
      return await decode(await answer.blob());
    } catch (error) {
      await call("missing", JSON.stringify({ url, reason: "no picture that can be decoded" }));
      throw error;
    }
  }

  async function decode(blob) {
    if (!blob.type.startsWith("image/svg")) return createImageBitmap(blob);
    const address = URL.createObjectURL(blob);
    try {
      const element = new Image();
      element.src = address;
      await element.decode();
      return await createImageBitmap(element, { resizeWidth: element.width || 1000, resizeHeight: element.height || 1000 });
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  // --- the script ----------------------------------------------------------------------------------------------
  class Script {
    #offset = 0;
    #waiting = [];
    #from = 0;
    last = -Infinity; // time of the last message that was handed over
    ended = false;

    /** Hands over some more; those without a time belong to the one before. */
    async more() {
      if (this.#from >= this.#waiting.length) await this.#read();
      const messages = this.#waiting.slice(this.#from, this.#from + LOOK_AHEAD);
      this.#from += messages.length;
      if (messages.length > 0) await within("push", player.push(messages));
    }

    async #read() {
      const bytes = await (await call("script?from=" + this.#offset)).arrayBuffer();
      this.#offset += bytes.byteLength;
      this.ended = bytes.byteLength === 0;
      this.#waiting = [];
      this.#from = 0;
      for (const line of new TextDecoder().decode(bytes).split("\n")) {
        const message = parsed(line);
        if (message === null || typeof message !== "object") continue;
        const at = Number.isFinite(message.at) ? message.at : this.last;
        this.last = message.at = Math.max(this.last, at, 0);
        this.#waiting.push(message);
      }
    }

    /** Until all messages of this time are with the page. */
    async reach(ms) {
      let count = 0;
      while (!this.ended && (this.#from < this.#waiting.length ? this.#waiting[this.#from].at : this.last) <= ms) {
        await this.more();
        count += LOOK_AHEAD;
        if (count < SETTLE_EVERY) continue;
        count = 0;
        const settled = this.#waiting[this.#from - 1]?.at ?? this.last;
        if (settled < ms) await seek(settled - 1);
      }
    }
  }

  const parsed = (line) => {
    try {
      return line ? JSON.parse(line) : null;
    } catch {
      return null; // a line that was cut off
    }
  };

  // --- pictures ------------------------------------------------------------------------------------------------
  // What changed is converted here, and only that: handing the canvas over would copy and convert all of it, which
  // costs more than encoding does.
  class Picture {
    static COLOURS = { matrix: "bt709", primaries: "bt709", transfer: "bt709", fullRange: false };
    planes = new Uint8Array((width * height * 3) / 2);

    /** The page's canvas, where these rectangles of it are, or wherever it differs. */
    take(canvas, rectangles) {
      const ctx = this.#context(canvas);
      if (!rectangles) return this.#compare(ctx.getImageData(0, 0, width, height).data);
      this.#before = undefined; // no longer what the planes hold
      for (const rectangle of rectangles) {
        const left = even(rectangle.x, width);
        const top = even(rectangle.y, height);
        const wide = even(rectangle.x + rectangle.width + 1, width) - left;
        const high = even(rectangle.y + rectangle.height + 1, height) - top;
        if (wide <= 0 || high <= 0) continue;
        this.#convert(ctx.getImageData(left, top, wide, high).data, 0, wide, left, top, wide, high);
      }
    }

    // Looking for what differs takes a fraction of converting it.
    #before;
    #compare(rgba) {
      const now = new Uint32Array(rgba.buffer);
      const before = this.#before;
      this.#before = now;
      let [left, top, right, bottom] = before ? [width, height, 0, 0] : [0, 0, width, height];
      for (let row = 0; before && row < height; row++) {
        const start = row * width;
        let first = 0;
        while (first < width && now[start + first] === before[start + first]) first++;
        if (first === width) continue;
        let last = width - 1;
        while (now[start + last] === before[start + last]) last--;
        left = Math.min(left, first);
        right = Math.max(right, last + 1);
        top = Math.min(top, row);
        bottom = row + 1;
      }
      left &= ~1;
      top &= ~1;
      const [wide, high] = [((right + 1) & ~1) - left, ((bottom + 1) & ~1) - top];
      if (wide > 0 && high > 0) this.#convert(rgba, top * width + left, width, left, top, wide, high);
    }

    // A canvas of another kind or size is painted onto one of ours.
    #context(canvas) {
      const fits = canvas instanceof HTMLCanvasElement && canvas.width === width && canvas.height === height;
      const own = fits && canvas.getContext("2d");
      if (own) return own;
      this.copy ??= Object.assign(document.createElement("canvas"), { width, height }).getContext("2d", {
        alpha: false,
        willReadFrequently: true,
      });
      this.copy.fillStyle = "#fff";
      this.copy.fillRect(0, 0, width, height);
      this.copy.drawImage(canvas, 0, 0, width, height);
      return this.copy;
    }

    // ITU-R BT.709-6, 3.2 to 3.4, limited range, in 1/65536; a colour of four pixels is their mean.
    // The rectangle's pixels begin at `start` and have `stride` to a row.
    #convert(rgba, start, stride, left, top, wide, high) {
      const { planes } = this;
      const blues = width * height;
      const reds = blues + (blues >> 2);
      for (let row = 0; row < high; row += 2) {
        let one = (start + row * stride) * 4;
        let two = one + stride * 4;
        let at = (top + row) * width + left;
        let half = ((top + row) >> 1) * (width >> 1) + (left >> 1);
        for (let column = 0; column < wide; column += 2, one += 8, two += 8, at += 2, half++) {
          const r0 = rgba[one], g0 = rgba[one + 1], b0 = rgba[one + 2];
          const r1 = rgba[one + 4], g1 = rgba[one + 5], b1 = rgba[one + 6];
          const r2 = rgba[two], g2 = rgba[two + 1], b2 = rgba[two + 2];
          const r3 = rgba[two + 4], g3 = rgba[two + 5], b3 = rgba[two + 6];
          planes[at] = (r0 * 11966 + g0 * 40254 + b0 * 4064 + 1081344) >> 16;
          planes[at + 1] = (r1 * 11966 + g1 * 40254 + b1 * 4064 + 1081344) >> 16;
          planes[at + width] = (r2 * 11966 + g2 * 40254 + b2 * 4064 + 1081344) >> 16;
          planes[at + width + 1] = (r3 * 11966 + g3 * 40254 + b3 * 4064 + 1081344) >> 16;
          const r = r0 + r1 + r2 + r3;
          const g = g0 + g1 + g2 + g3;
          const b = b0 + b1 + b2 + b3;
          planes[blues + half] = (r * -6596 + g * -22189 + b * 28785 + 33685504) >> 18;
          planes[reds + half] = (r * 28785 + g * -26145 + b * -2640 + 33685504) >> 18;
        }
      }
    }

    frame(timestamp, duration) {
      return new VideoFrame(this.planes, {
        format: "I420", codedWidth: width, codedHeight: height, timestamp, duration, colorSpace: Picture.COLOURS,
      });
    }
  }

  const even = (value, most) => Math.min(most, Math.max(0, Math.floor(value / 2) * 2)) || 0;

  // --- one file ------------------------------------------------------------------------------------------------
  class Part {
    #chunks = [];
    #bytes = 0;
    #sentAt = performance.now();
    #keyAt = -Infinity;
    #failure;
    count = 0;

    constructor(number) {
      this.number = number;
      const pixels = width * height;
      this.encoder = new VideoEncoder({
        output: (chunk) => this.#keep(chunk),
        error: (error) => (this.#failure = error),
      });
      this.encoder.configure({
        codec: pixels > 2088960 ? "avc1.42E033" : pixels > 414720 ? "avc1.42E028" : "avc1.42E01F",
        width,
        height,
        bitrate,
        framerate: fps,
        bitrateMode: "variable",
        latencyMode: "realtime",
        hardwareAcceleration: "prefer-software",
        avc: { format: "annexb" },
      });
    }

    // [length u32, key u32, timestamp f64, duration f64] in µs, then the bytes
    #keep(chunk) {
      const record = new Uint8Array(24 + chunk.byteLength);
      const head = new DataView(record.buffer);
      head.setUint32(0, chunk.byteLength);
      head.setUint32(4, chunk.type === "key" ? 1 : 0);
      head.setFloat64(8, chunk.timestamp);
      head.setFloat64(16, chunk.duration ?? 0);
      chunk.copyTo(record.subarray(24));
      this.#chunks.push(record);
      this.#bytes += record.length;
      this.count--;
    }

    /** Encodes the picture as that of `at` ms after the part's beginning. */
    async add(picture, at, duration) {
      const key = at - this.#keyAt >= KEYFRAME_EVERY_MS;
      if (key) this.#keyAt = at;
      const frame = picture.frame(Math.round(at * 1000), Math.round(duration * 1000));
      try {
        this.encoder.encode(frame, { keyFrame: key });
      } finally {
        frame.close();
      }
      this.count++;
      while (this.encoder.encodeQueueSize > MAX_WAITING && !this.#failure)
        await within("for the encoder", new Promise((done) => this.encoder.addEventListener("dequeue", done, { once: true })));
      if (this.#failure) throw new Error("encoding failed: " + this.#failure.message);
      if (this.#bytes > SEND_BYTES || performance.now() - this.#sentAt > SEND_EVERY_MS) await this.#send();
    }

    async #send() {
      this.#sentAt = performance.now();
      const chunks = this.#chunks;
      this.#chunks = [];
      this.#bytes = 0;
      await within("for the recorder", call("chunks?part=" + this.number, new Blob(chunks)));
    }

    async end() {
      await within("for the encoder", this.encoder.flush());
      if (this.#failure) throw new Error("encoding failed: " + this.#failure.message);
      if (this.count !== 0) throw new Error(`the encoder lost ${this.count} pictures`);
      await this.#send();
    }

    close() {
      if (this.encoder.state !== "closed") this.encoder.close();
    }
  }

  // --- the clock -----------------------------------------------------------------------------------------------
  let script;
  let position = Infinity; // nothing is loaded

  const picture = new Picture();
  let settled; // what changed on the way to the beginning

  const seek = async (ms) => {
    const changed = await within(`seek(${Math.round(ms)})`, player.seek(ms));
    position = ms;
    return changed;
  };

  async function next(ms) {
    while (true) {
      await script.reach(ms);
      const at = Number(player.next(ms));
      // Infinity: nothing among what it has; there may be more.
      if (at < Infinity || script.ended) return at > ms || Number.isNaN(at) ? at : ms;
      await script.more();
    }
  }

  async function take(changed) {
    if (player.canvas) return picture.take(player.canvas, Array.isArray(changed) ? changed : undefined);
    const shot = await within("for a screenshot", call("shot", ""));
    const bitmap = await createImageBitmap(await shot.blob());
    picture.take(bitmap);
    bitmap.close();
  }

  async function begin(from) {
    player = await within("to call pagereel.replay(player)", given);
    if (from >= position) return;
    await within("load", player.load({ width, height, ratio, fps, image }));
    script = new Script();
    position = -1;
  }

  async function render({ part: number, from, to }) {
    const part = new Part(number);
    try {
      await begin(from);
      await script.reach(from);
      await call("alive", `seek(${from})`); // the first time is when a page goes astray
      await seek(from);
      await take(true);
      const step = 1000 / fps;
      // Pictures lie on a grid that begins with the class, so that where a part begins changes nothing.
      const end = Math.max(Math.ceil(to / step - 1e-6) - 1, Math.floor(from / step));
      let at = Math.floor(from / step + 1e-6); // on the grid
      let encoded = at;
      const lasts = (index) => (index >= end ? to - Math.max(from, index * step) : 0);
      await part.add(picture, 0, lasts(at));
      while (at < end) {
        const change = Math.ceil((await next(at * step)) / step - 1e-6);
        const repeat = encoded + Math.max(1, Math.floor(REPEAT_EVERY_MS / step));
        at = Math.min(Math.max(Number.isNaN(change) ? 0 : change, at + 1), repeat, end);
        let changed = false;
        if (at >= change) {
          await script.reach(at * step);
          changed = await seek(at * step);
          if (changed) await take(changed);
        }
        if (!changed && at < repeat && at < end) continue;
        await part.add(picture, at * step - from, lasts(at));
        encoded = at;
      }
      await part.end();
      await call("done?part=" + number, JSON.stringify(player.ignored?.() ?? {}));
    } catch (error) {
      position = Infinity;
      await call("failed?part=" + number, String(error?.message ?? error)).catch(() => {});
    } finally {
      part.close();
    }
  }

  Object.defineProperty(window, "__pagereelRender", { value: render });
})();
