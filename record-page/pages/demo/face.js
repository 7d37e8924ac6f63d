// A face: eyes that look about and blink, brows, nose, and a mouth that speaks.
import { chance, wander } from "./random.js";
import { curve, oval } from "./outline.js";

export function face(ctx, { skin, hair, lips, glasses }, seed, time, open) {
  const glance = 3 * wander(time * 0.8, seed + 200);
  const lid = blink(time, seed);
  ctx.fillStyle = "rgba(235, 100, 90, 0.22)";
  for (const side of [-1, 1]) oval(ctx, side * 31, 24, 10, 7);
  for (const side of [-1, 1]) {
    ctx.fillStyle = "#fff";
    oval(ctx, side * 22, 2, 9.5, 8 * lid + 0.6);
    ctx.fillStyle = "#2c2326";
    oval(ctx, side * 22 + glance, 2, 5.4, Math.min(5.8, 8 * lid) + 0.5);
    if (lid > 0.6) {
      ctx.fillStyle = "#fff";
      oval(ctx, side * 22 + glance + 1.8, -0.4, 1.7, 1.7);
    }
    curve(ctx, hair, 4.2, [side * 11, -16 - open], [side * 22, -22 - 2 * open], [side * 33, -15]);
  }
  curve(ctx, "rgba(120, 60, 40, 0.5)", 3, [-1, 8], [6, 22], [-3, 23]);
  mouth(ctx, lips, open);
  if (glasses) spectacles(ctx);
}

function mouth(ctx, lips, open) {
  if (open < 0.08) return curve(ctx, lips, 4, [-14, 38], [0, 48], [14, 38]);
  ctx.fillStyle = "#7d2430";
  oval(ctx, 0, 42, 13 - 2 * open, 3 + 9 * open);
  ctx.fillStyle = "#fff";
  ctx.fillRect(-7, 40 - 7 * open, 14, 1 + 3 * open);
  ctx.strokeStyle = lips;
  ctx.lineWidth = 3;
  ctx.beginPath();
  ctx.ellipse(0, 42, 13 - 2 * open, 3 + 9 * open, 0, 0, 7);
  ctx.stroke();
}

function spectacles(ctx) {
  ctx.strokeStyle = "#3b3f52";
  ctx.lineWidth = 3;
  for (const side of [-1, 1]) {
    ctx.beginPath();
    ctx.roundRect(side * 23 - 17, -13, 34, 29, 12);
    ctx.stroke();
  }
  curve(ctx, "#3b3f52", 3, [-6, -1], [0, -5], [6, -1]);
}

// How far the eyes are open: shut for a moment every few seconds, each time at another instant.
function blink(time, seed) {
  const span = 3.4;
  const turn = Math.floor(time / span);
  const since = time - turn * span - (span - 0.3) * chance(turn, seed);
  return since > 0 && since < 0.2 ? Math.abs(since - 0.1) * 10 : 1;
}
