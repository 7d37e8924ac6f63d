// Brings the model's shown page onto the canvas, touching as little as possible: more ink is painted on top, what went
// or moved is painted anew where it was, and a page that was there before comes back from a copy. What is painted
// in pieces and what is painted at once are the same pixels, so a replay may begin anywhere.
import { background, box, draw } from "./elements.js";
import { Layout, touching } from "./layout.js";

const BESIDE = "#e6e6e6"; // the video where it is not board
const MAX_COPIES = 6;
const MAX_REGIONS = 8;
const LASER = 90; // radius, in 1/10000 of the board's height

export class Painter {
  #copies = new Map(); // canvases by page, the latest last
  #under = []; // what lies under the lasers
  #boxes = new WeakMap(); // where an element was painted
  #page;

  constructor(canvas, pictures) {
    this.canvas = canvas;
    this.pictures = pictures;
    this.ctx = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    this.tools = { pictures, ctx: this.ctx };
  }

  clear() {
    this.#copies.clear();
    this.#under = [];
    this.#page = this.layout = undefined;
  }

  /** Paints what is different; where that was: rectangles {x, y, width, height}, none for nothing. */
  paint(model) {
    const changed = this.#lift();
    if (model.everything || !this.layout) changed.push(this.#whole(model));
    else changed.push(...this.#parts(model));
    changed.push(...this.#lasers(model));
    model.forget();
    return joined(changed).map(({ left, top, right, bottom }) => ({ x: left, y: top, width: right - left, height: bottom - top }));
  }

  // --- all of it -------------------------------------------------------------------------------------------------
  #whole(model) {
    this.#keep();
    const page = model.page();
    const layout = new Layout(this.canvas.width, this.canvas.height, model.ratio, page.view);
    this.#page = page;
    this.layout = layout;
    this.cover = (page.background?.cover ?? false) || model.fit === 2;
    this.ctx.fillStyle = BESIDE;
    this.ctx.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.#boxes = new WeakMap();
    const copy = this.#copies.get(page);
    this.#copies.delete(page);
    if (copy && !page.stale && copy.id === layout.id) {
      this.ctx.drawImage(copy.canvas, layout.left, layout.top);
      for (const { element } of page.drawn) this.#box(element);
    } else {
      this.#region(layout.all());
    }
    page.stale = false;
    return { left: 0, top: 0, right: this.canvas.width, bottom: this.canvas.height };
  }

  /** A copy of the page that shows, for when it shows again. */
  #keep() {
    const page = this.#page;
    // What it was given since it was painted last is not in the picture.
    if (!page || page.stale) return;
    const { layout } = this;
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: layout.width, height: layout.height });
    const ctx = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    ctx.drawImage(this.canvas, layout.left, layout.top, layout.width, layout.height, 0, 0, layout.width, layout.height);
    this.#copies.set(page, { canvas, id: layout.id });
    if (this.#copies.size > MAX_COPIES) this.#copies.delete(this.#copies.keys().next().value);
  }

  // --- what is different -------------------------------------------------------------------------------------------
  #parts({ pieces, touched }) {
    const changed = [];
    this.#clipped(this.layout.all(), pieces.length > 0, () => {
      for (const { element, from, to } of pieces) {
        if (!element.visible) continue;
        const where = box(element, this.layout, this.tools, from, to);
        if (!where) continue;
        draw(this.ctx, element, this.layout, this.tools, from, to);
        changed.push(where);
        this.#boxes.set(element, around(this.#boxes.get(element), where));
      }
    });
    const regions = [];
    for (const element of touched) {
      const was = this.#boxes.get(element);
      const is = box(element, this.layout, this.tools);
      if (was) regions.push(was);
      if (is && element.visible) regions.push(is);
      this.#boxes.set(element, is);
    }
    for (const region of joined(regions)) {
      this.#region(region);
      changed.push(region);
    }
    this.#page.stale = false;
    return changed;
  }

  /** Everything within a rectangle of whole pixels, anew. */
  #region(region) {
    const { ctx, layout, tools } = this;
    const page = this.#page;
    this.#clipped(region, true, () => {
      ctx.fillStyle = "#ffffff"; // under a paper that shines through
      ctx.fillRect(layout.left, layout.top, layout.width, layout.height);
      ctx.fillStyle = page.colour.css;
      ctx.fillRect(layout.left, layout.top, layout.width, layout.height);
      if (page.background) background(ctx, layout, this.pictures.get(page.background.url), this.cover);
      if (page.removed) page.drawn = page.drawn.filter(({ element }) => page.elements.get(element.key) === element);
      page.removed = false;
      for (const { element, from, to } of page.drawn) {
        if (!element.visible) continue;
        if (!touching(this.#box(element), region)) continue;
        if (touching(box(element, layout, tools, from, to), region)) draw(ctx, element, layout, tools, from, to);
      }
    });
  }

  #box(element) {
    if (!this.#boxes.has(element)) this.#boxes.set(element, box(element, this.layout, this.tools));
    return this.#boxes.get(element);
  }

  #clipped({ left, top, right, bottom }, wanted, paint) {
    if (!wanted) return;
    const { ctx } = this;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, right - left, bottom - top);
    ctx.clip();
    paint();
    ctx.restore();
  }

  // --- lasers ------------------------------------------------------------------------------------------------------
  /** Takes them away. */
  #lift() {
    const changed = [];
    for (const { pixels, where } of this.#under.reverse()) {
      this.ctx.putImageData(pixels, where.left, where.top);
      changed.push(where);
    }
    this.#under = [];
    return changed;
  }

  #lasers(model) {
    const changed = [];
    for (const laser of model.lasers.values()) {
      if (laser.id !== model.shown) continue;
      const { layout, ctx } = this;
      const [x, y] = [layout.x(laser.x), layout.y(laser.y)];
      const radius = Math.max(3, (LASER * layout.height) / 10_000);
      const where = layout.around(x - radius, y - radius, x + radius, y + radius);
      if (!where) continue;
      const pixels = ctx.getImageData(where.left, where.top, where.right - where.left, where.bottom - where.top);
      this.#under.push({ pixels, where });
      this.#clipped(where, true, () => {
        ctx.beginPath();
        ctx.arc(x, y, radius * 0.8, 0, 2 * Math.PI);
        ctx.fillStyle = "#ff2020";
        ctx.fill();
      });
      changed.push(where);
    }
    return changed;
  }
}

const around = (one, other) => one ? {
  left: Math.min(one.left, other.left), top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right), bottom: Math.max(one.bottom, other.bottom),
} : other;

/** The same rectangles, none touching another, and not too many. */
function joined(rectangles) {
  const apart = [];
  for (let one of rectangles) {
    for (let i = 0; i < apart.length; i++) {
      if (!touching(apart[i], one)) continue;
      one = around(one, apart.splice(i, 1)[0]);
      i = -1;
    }
    apart.push(one);
    if (apart.length > MAX_REGIONS) apart.splice(0, apart.length, apart.reduce(around));
  }
  return apart;
}
