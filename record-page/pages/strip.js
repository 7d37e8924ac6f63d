// A number as 16 black or white cells of 40x40 CSS pixels, for tools that read pictures.
// The leftmost cell is the highest bit (32768), the rightmost the lowest; white is 1.
export const CELLS = 16;
const CELL = 40;

export function createStrip(canvas) {
  canvas.width = CELLS * CELL;
  canvas.height = CELL;
  canvas.style.cssText += `;width:${CELLS * CELL}px;height:${CELL}px;image-rendering:pixelated`;
  const ctx = canvas.getContext("2d", { alpha: false });
  let shown = -1;

  function show(number) {
    const value = number & 0xffff;
    if (value === shown) return;
    shown = value;
    drawStrip(ctx, value, CELL);
  }

  show(0);
  return { show };
}

/** The strip at the top left of a picture, with square cells of this size. */
export function drawStrip(ctx, number, size) {
  for (let cell = 0; cell < CELLS; cell++) {
    ctx.fillStyle = (number >> (CELLS - 1 - cell)) & 1 ? "#fff" : "#000";
    ctx.fillRect(cell * size, 0, size, size);
  }
}
