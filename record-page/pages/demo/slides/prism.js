// Slide 4: a prism takes white light apart.
import { arc, arrow, ink, line, phrase, ring, timed, underline, words } from "../pen.js";
import { box, heading, point, text } from "./paper.js";

const rainbow = ["#ff4d4d", "#ff9f2e", "#ffe14a", "#4ade80", "#38d6f5", "#5b8cff", "#b56bff"];

export function draw(ctx) {
  heading(ctx, "三棱镜与光的色散", "A prism and the dispersion of light");
  point(ctx, 250, "白光由多种色光组成", "White light is made of many colours");
  point(ctx, 364, "不同色光的折射率不同", "Each colour has its own refractive index");
  point(ctx, 478, "紫光偏折最大，红光最小", "Violet bends the most, red the least");
  darkroom(ctx);
}

function darkroom(ctx) {
  box(ctx, 690, 180, 680, 650, 26);
  ctx.fillStyle = "#101a33";
  ctx.fill();
  ctx.beginPath();
  ctx.moveTo(985, 330);
  ctx.lineTo(1145, 640);
  ctx.lineTo(825, 640);
  ctx.closePath();
  const glass = ctx.createLinearGradient(825, 330, 1145, 640);
  glass.addColorStop(0, "#35507f");
  glass.addColorStop(1, "#5f86b8");
  ctx.fillStyle = glass;
  ctx.fill();
  ctx.lineJoin = "round";
  ctx.lineWidth = 5;
  ctx.strokeStyle = "#c9defa";
  ctx.stroke();
  text(ctx, "玻璃棱镜 glass prism", 985, 690, { size: 25, colour: "#9fb6da", align: "center" });
  text(ctx, "白光", 722, 446, { size: 27, colour: "#e8efff" });
  text(ctx, "white light", 722, 478, { size: 21, colour: "#9fb6da" });
  text(ctx, "红 red", 1348, 488, { size: 25, colour: rainbow[0], align: "right" });
  text(ctx, "紫 violet", 1348, 800, { size: 25, colour: rainbow[6], align: "right" });
}

// In through the left face, spreading inside the glass, fanning out behind the right face.
const rays = rainbow.flatMap((colour, i) => [
  ...line(colour, [897, 506], [1066 + i * 6, 486 + i * 12], 4),
  ...line(colour, [1066 + i * 6, 486 + i * 12], [1340, 520 + i * 38], 7),
]);

export const strokes = timed(
  [
    ...arrow(ink.white, [718, 590], [826, 540], 7),
    ...line(ink.white, [826, 540], [895, 508], 7),
    ...rays,
    ...underline(ink.orange, [146, 264], 290),
    ...ring(ink.violet, [213, 466], [108, 27]),
    ...phrase([[ink.violet, "n_v"], [ink.blue, " > "], [ink.red, "n_r"]], [120, 570], 92),
    ...words(ink.green, "✓", [500, 575], 84, 8),
    ...underline(ink.orange, [116, 698], 300),
    ...rainbow.flatMap((colour, i) => arc(colour, [300, 850], [118 - i * 11, 108 - i * 10], 182, 358, 8)),
  ],
  1,
  17.5,
);
