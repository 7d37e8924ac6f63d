// A participant's stream: its tracks come and go.
import { now } from "./clock.js";
import { Pictures } from "./pictures.js";
import { nameOf, ruleFor } from "./plan.js";
import { isHopeless } from "./reading.js";
import { Sound } from "./sound.js";
import { flush, send } from "./wire.js";

const TELL_DROPPED_EVERY_MICROS = 10e6;

let count = 0;
export const streams = new Map();

export class Stream {
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
