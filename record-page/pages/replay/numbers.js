// What comes from outside, made harmless: a number within bounds or the default, never NaN; a text of bounded length.

export const UNIT = 10_000; // a board's width, and its height

/** Strokes may leave the board, but not by more than its own size. */
const FAR = UNIT;

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

export const number = (value, otherwise, least, most) =>
  isNumber(value) ? Math.min(most, Math.max(least, value)) : otherwise;

/** A coordinate; undefined when there is none. */
export const coordinate = (value) => number(value, undefined, -FAR, UNIT + FAR);

export const point = (value) => {
  const x = coordinate(value?.x);
  const y = coordinate(value?.y);
  return x === undefined || y === undefined ? undefined : { x, y };
};

export const text = (value, otherwise, longest) => (typeof value === "string" ? value.slice(0, longest) : otherwise);

export const list = (value) => (Array.isArray(value) ? value : []);

/** R<<24|G<<16|B<<8|A, as a signed or unsigned number, into {css, alpha: 0..255}. */
export const colour = (value, otherwise) => {
  const bits = (isNumber(value) ? value : otherwise) >>> 0;
  const alpha = bits & 255;
  return { css: `rgb(${bits >>> 24} ${(bits >>> 16) & 255} ${(bits >>> 8) & 255} / ${alpha / 255})`, alpha };
};

/** Width by height, of "16:9" or 1.78; undefined when it is neither or out of all proportion. */
export const ratio = (value) => {
  let found = value;
  if (typeof value === "string") {
    const [width, height, more] = value.split(":").map(Number);
    found = more === undefined ? width / (height ?? 1) : NaN;
  }
  return isNumber(found) && found >= 0.1 && found <= 10 ? found : undefined;
};
