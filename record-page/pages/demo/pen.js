// What a teacher does with a pen: lines, arrows, arcs, circles, waves and words.
// Each function returns strokes {colour, width, points}; `timed` puts them one after another.
import { chance } from "./random.js";
import { evenly, smooth } from "./curve.js";
import { glyphs } from "./glyphs.js";

export const ink = { red: "#e03e3e", blue: "#2563eb", green: "#16915a", orange: "#ee8310", violet: "#7c3aed", white: "#ffffff" };

const stroke = (colour, width, knots) => ({ colour, width, points: smooth(knots) });

// A hand is never quite straight: the middle of a line strays a little.
export function line(colour, from, to, width = 6) {
  const stray = 5 * (chance(from[0], from[1], to[0]) - 0.5);
  const middle = [(from[0] + to[0]) / 2 + stray, (from[1] + to[1]) / 2 - stray];
  return [stroke(colour, width, [from, middle, to])];
}

export function arrow(colour, from, to, width = 6, size = 26) {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const barb = (turn) => [to[0] - size * Math.cos(angle + turn), to[1] - size * Math.sin(angle + turn)];
  return [...line(colour, from, to, width), ...line(colour, barb(0.5), to, width), ...line(colour, to, barb(-0.5), width)];
}

export function dashes(colour, from, to, width = 5, dash = 22) {
  const points = evenly([from, to], dash);
  const result = [];
  for (let i = 0; i + 1 < points.length; i += 2) result.push(stroke(colour, width, [points[i], points[i + 1]]));
  return result;
}

/** Part of an ellipse from angle `a` to angle `b` in degrees (0 is right, 90 is down). */
export function arc(colour, [x, y], [rx, ry], a, b, width = 5) {
  const knots = [];
  const steps = Math.max(4, Math.ceil(Math.abs(b - a) / 20));
  for (let i = 0; i <= steps; i++) {
    const angle = ((a + ((b - a) * i) / steps) * Math.PI) / 180;
    knots.push([x + rx * Math.cos(angle), y + ry * Math.sin(angle)]);
  }
  return [stroke(colour, width, knots)];
}

/** A hasty ring around something: it overshoots its own beginning and drifts outward. */
export function ring(colour, [x, y], [rx, ry], width = 5) {
  const knots = [];
  for (let i = 0; i <= 21; i++) {
    const angle = -2.2 + (i / 19) * 2 * Math.PI;
    const grow = 0.96 + 0.006 * i;
    knots.push([x + rx * grow * Math.cos(angle), y + ry * grow * Math.sin(angle)]);
  }
  return [stroke(colour, width, knots)];
}

export function underline(colour, [x, y], length, width = 5) {
  return [stroke(colour, width, [[x, y], [x + length * 0.3, y - 4], [x + length * 0.7, y + 3], [x + length, y - 3]])];
}

export function wave(colour, [x, y], length, width = 5) {
  const knots = [];
  for (let i = 0; i * 16 <= length; i++) knots.push([x + i * 16, y + (i % 2 ? -6 : 6)]);
  return [stroke(colour, width, knots)];
}

/** Handwriting; `_` makes the next character an index. */
export function words(colour, text, [x, y], size, width = size / 12) {
  return phrase([[colour, text]], [x, y], size, width);
}

/** Handwriting in several colours: parts are [colour, text]. */
export function phrase(parts, [x, y], size, width = size / 12) {
  const result = [];
  for (const [colour, text] of parts) x = write(result, colour, text, [x, y], size, width);
  return result;
}

// Adds the strokes of a text and returns where the next one may begin.
function write(result, colour, text, [x, y], size, width) {
  let index = false;
  for (const [i, letter] of [...text].entries()) {
    if (letter === "_") {
      index = true;
      continue;
    }
    const scale = size * (index ? 0.52 : 1);
    const drop = (index ? size * 0.66 : 0) + size * 0.04 * (chance(i, size, x) - 0.5);
    const [room, ...parts] = glyphs[letter];
    for (const part of parts) result.push({ colour, width, points: smooth(part.map(([u, v]) => [x + u * scale, y + drop + v * scale]), 4) });
    x += (room + 0.06) * scale;
    index = false;
  }
  return x;
}

/** Give the strokes their times (seconds), so that they fill the span from `start` to `end`. */
export function timed(strokes, start, end) {
  // Lifting and placing the pen takes about as long as writing 70 units.
  const lift = 70;
  const total = strokes.reduce((sum, { points }) => sum + points.length * 5 + lift, 0);
  let clock = start;
  return strokes.map((stroke) => {
    const begin = clock;
    const pace = (end - start) / total;
    clock += (stroke.points.length * 5 + lift) * pace;
    return { ...stroke, start: begin, end: clock - lift * pace };
  });
}
