// A person before a camera: shoulders, head and hair, gently moving.
import { wander } from "./random.js";
import { face } from "./face.js";
import { curve, oval } from "./outline.js";
import { hairBefore, hairBehind } from "./hair.js";

/** Draw person `look` at class time `time`; `open` (0 to 1) is how far the mouth is open. */
export function drawPerson(ctx, look, seed, time, open) {
  const sway = 5 * wander(time * 0.7, seed);
  const nod = 2.5 * wander(time * 0.9, seed + 50) - 2 * open;
  ctx.save();
  ctx.translate(160 + sway * 0.4, 112);
  ctx.scale(0.86, 0.86);
  body(ctx, look);
  ctx.translate(sway, nod);
  ctx.rotate(0.05 * wander(time * 0.6, seed + 100));
  ctx.fillStyle = look.hair;
  hairBehind[look.cut](ctx);
  neck(ctx, look);
  head(ctx, look);
  face(ctx, look, seed, time, open);
  ctx.fillStyle = look.hair;
  hairBefore[look.cut](ctx);
  if (look.headset) headset(ctx);
  ctx.restore();
}

function body(ctx, { shirt, collar }) {
  ctx.fillStyle = shirt;
  ctx.beginPath();
  ctx.moveTo(-116, 330);
  ctx.bezierCurveTo(-114, 122, -82, 104, -30, 92);
  ctx.lineTo(30, 92);
  ctx.bezierCurveTo(82, 104, 114, 122, 116, 330);
  ctx.fill();
  if (!collar) return;
  ctx.fillStyle = "#f8fafc";
  shape(ctx, [[-30, 86], [0, 128], [-26, 136], [-44, 94]]);
  shape(ctx, [[30, 86], [0, 128], [26, 136], [44, 94]]);
}

function neck(ctx, { skin }) {
  ctx.fillStyle = skin;
  ctx.beginPath();
  ctx.roundRect(-21, 36, 42, 70, 20);
  ctx.fill();
  ctx.fillStyle = "rgba(90, 40, 20, 0.16)"; // the shadow of the chin
  ctx.beginPath();
  ctx.ellipse(0, 60, 21, 13, 0, 0, 7);
  ctx.fill();
}

function head(ctx, { skin }) {
  ctx.fillStyle = skin;
  ctx.beginPath();
  ctx.ellipse(-52, 6, 9, 14, 0, 0, 7);
  ctx.ellipse(52, 6, 9, 14, 0, 0, 7);
  ctx.fill();
  ctx.beginPath();
  ctx.moveTo(-52, -16);
  ctx.bezierCurveTo(-54, -82, 54, -82, 52, -16);
  ctx.bezierCurveTo(54, 34, 26, 64, 0, 64);
  ctx.bezierCurveTo(-26, 64, -54, 34, -52, -16);
  ctx.fill();
}

function headset(ctx) {
  ctx.strokeStyle = "#39424f";
  ctx.lineWidth = 7;
  ctx.beginPath();
  ctx.arc(0, -10, 62, Math.PI * 1.03, Math.PI * 1.97);
  ctx.stroke();
  ctx.fillStyle = "#39424f";
  for (const side of [-1, 1]) oval(ctx, side * 58, 4, 11, 19);
  curve(ctx, "#39424f", 4, [-58, 18], [-52, 50], [-24, 48]);
  oval(ctx, -22, 48, 6, 4.5);
}

function shape(ctx, points) {
  ctx.beginPath();
  for (const point of points) ctx.lineTo(...point);
  ctx.fill();
}
