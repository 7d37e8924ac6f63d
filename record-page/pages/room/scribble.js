// Ink for tests: the stroke of a second, the same whenever and wherever it is drawn.
import { SIZE } from "./board.js";

const COLUMNS = 10;
const ROWS = 6;

/** A loop in one of sixty fields of the board, depending on the second, with a shape that depends on who draws. */
export function scribble(second, user, colour) {
  const seed = [...user].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
  const field = ((second % 60) + 60) % 60;
  const width = SIZE.width / COLUMNS;
  const height = SIZE.height / ROWS;
  const x = ((field % COLUMNS) + 0.5) * width;
  const y = (Math.floor(field / COLUMNS) + 0.5) * height;
  const petals = 2 + (seed % 4);
  const points = [];
  for (let i = 0; i <= 60; i++) {
    const angle = (i / 60) * 2 * Math.PI;
    const reach = 0.42 * (0.55 + 0.45 * Math.cos(petals * angle + seed));
    points.push(Math.round(x + width * reach * Math.cos(angle)), Math.round(y + height * reach * Math.sin(angle)));
  }
  return { colour, width: 7, points };
}
