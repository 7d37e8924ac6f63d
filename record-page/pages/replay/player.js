// The board by the replay page's contract (docs/REPLAY_PAGE.md): messages come ahead of time, and at every instant
// that is asked for the canvas shows what the class saw.
import { Model } from "./model.js";
import { Painter } from "./painter.js";
import { Pictures } from "./pictures.js";

export class Player {
  #ahead = []; // messages whose time has not come, from #first on
  #first = 0;

  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Everything from the beginning. */
  async load({ width, height, ratio, image }) {
    Object.assign(this.canvas, { width, height });
    this.pictures = new Pictures(image);
    this.painter = new Painter(this.canvas, this.pictures);
    this.model = new Model(ratio);
    this.#ahead = [];
    this.#first = 0;
  }

  async push(messages) {
    this.#ahead = this.#ahead.slice(this.#first).concat(messages);
    this.#first = 0;
  }

  async seek(ms) {
    const { model } = this;
    while (this.#first < this.#ahead.length && this.#ahead[this.#first].at <= ms) {
      model.apply(this.#ahead[this.#first]);
      this.#ahead[this.#first++] = undefined;
    }
    if (model.wantsPictures) await this.pictures.need(this.#addresses());
    const isSame = !model.everything && !model.lasersMoved && model.pieces.length === 0 && model.touched.size === 0;
    if (isSame) {
      model.forget();
      return false;
    }
    const changed = this.painter.paint(model);
    return changed.length > 0 && changed;
  }

  next() {
    return this.#first < this.#ahead.length ? this.#ahead[this.#first].at : Infinity;
  }

  /** How often an action came that nothing was drawn for, by its number. */
  ignored() {
    return this.model.ignored;
  }

  #addresses() {
    const page = this.model.page();
    const found = new Set();
    if (page.background) found.add(page.background.url);
    for (const { url, visible } of page.elements.values()) if (url && visible) found.add(url);
    return found;
  }
}
