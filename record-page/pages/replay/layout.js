// Where the board lies in the video, and where on it a unit is. All rectangles are of whole pixels.
import { UNIT } from "./numbers.js";

export class Layout {
  constructor(width, height, ratio, view) {
    const wide = Math.min(width, height * ratio);
    this.width = Math.max(1, Math.round(wide));
    this.height = Math.max(1, Math.round(wide / ratio));
    this.left = Math.round((width - this.width) / 2);
    this.top = Math.round((height - this.height) / 2);
    this.right = this.left + this.width;
    this.bottom = this.top + this.height;
    this.scale = view.scale;
    // The view's point is in the middle, as far as the board reaches.
    const shift = (at, side) => Math.min(0, Math.max(side * (1 - view.scale), side / 2 - (at / UNIT) * side * view.scale));
    this.x0 = this.left + shift(view.x, this.width);
    this.y0 = this.top + shift(view.y, this.height);
    this.kx = (this.width * view.scale) / UNIT;
    this.ky = (this.height * view.scale) / UNIT;
    this.id = [width, height, ratio, view.scale, view.x, view.y].join(" ");
  }

  x = (units) => this.x0 + units * this.kx;
  y = (units) => this.y0 + units * this.ky;
  /** Thickness and size of letters. */
  long = (units) => units * this.ky;

  all() {
    return { left: this.left, top: this.top, right: this.right, bottom: this.bottom };
  }

  /** Whole pixels around what lies between these, on the board; undefined when it is all beside it. */
  around(left, top, right, bottom) {
    const box = {
      left: Math.max(this.left, Math.floor(left) - 1),
      top: Math.max(this.top, Math.floor(top) - 1),
      right: Math.min(this.right, Math.ceil(right) + 1),
      bottom: Math.min(this.bottom, Math.ceil(bottom) + 1),
    };
    return box.left < box.right && box.top < box.bottom ? box : undefined;
  }
}

export const touching = (one, other) =>
  one && other && one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
