// The two shapes of which faces are made.

export function oval(ctx, x, y, rx, ry) {
  ctx.beginPath();
  ctx.ellipse(x, y, rx, ry, 0, 0, 7);
  ctx.fill();
}

export function curve(ctx, colour, width, from, by, to) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineCap = "round";
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.quadraticCurveTo(...by, ...to);
  ctx.stroke();
}
