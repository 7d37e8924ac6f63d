// Slide 3: why a pool looks shallower than it is.
import { arrow, arc, dashes, ink, line, ring, timed, underline, words } from "../pen.js";
import { box, heading, point, segment, text } from "./paper.js";

const SURFACE = 470;
const EYE = [800, 300];
const FOOT = [965, SURFACE]; // where the ray leaves the water
const FISH = [1085, 745];

export function draw(ctx) {
  heading(ctx, "池水为什么看起来变浅？", "Why does a pool look shallower?");
  point(ctx, 250, "鱼反射的光从水射向空气", "Light from the fish leaves the water");
  point(ctx, 364, "折射光线远离法线", "and bends away from the normal");
  point(ctx, 478, "眼睛逆着光线看到虚像", "The eye looks back along a straight line");
  water(ctx);
  fish(ctx, ...FISH, 1);
  eye(ctx);
  text(ctx, "真实位置 real fish", 1160, 800, { size: 25, colour: "#0c3b68" });
}

function water(ctx) {
  ctx.save();
  box(ctx, 690, 180, 680, 650, 26);
  ctx.clip();
  ctx.fillStyle = "#fef6e7";
  ctx.fillRect(690, 180, 680, 300);
  ctx.fillStyle = "#fcd34d";
  ctx.beginPath();
  ctx.arc(1280, 262, 42, 0, 7);
  ctx.fill();
  const depth = ctx.createLinearGradient(0, SURFACE, 0, 830);
  depth.addColorStop(0, "#b5e2f5");
  depth.addColorStop(1, "#6fb6e4");
  ctx.fillStyle = depth;
  ctx.fillRect(690, SURFACE, 680, 360);
  ctx.fillStyle = "#d9bf8c";
  ctx.beginPath();
  ctx.ellipse(1000, 850, 520, 46, 0, 0, 7);
  ctx.fill();
  ctx.restore();
  segment(ctx, [690, SURFACE], [1370, SURFACE], { colour: "#3b82c4", width: 4 });
  segment(ctx, [FOOT[0], 360], [FOOT[0], 640], { colour: "#5b6b82", dash: [12, 10], width: 2 });
  text(ctx, "空气 Air", 1350, 446, { size: 26, bold: true, align: "right", colour: "#8a6413" });
  text(ctx, "水 Water", 1350, 512, { size: 26, bold: true, align: "right", colour: "#174a80" });
}

function fish(ctx, x, y, scale) {
  ctx.fillStyle = "#f97316";
  ctx.beginPath();
  ctx.ellipse(x, y, 62 * scale, 30 * scale, 0, 0, 7);
  ctx.moveTo(x + 50 * scale, y);
  ctx.lineTo(x + 98 * scale, y - 32 * scale);
  ctx.quadraticCurveTo(x + 84 * scale, y, x + 98 * scale, y + 32 * scale);
  ctx.fill();
  ctx.fillStyle = "#fff7ed";
  ctx.fillRect(x - 14 * scale, y - 28 * scale, 11 * scale, 56 * scale);
  ctx.beginPath();
  ctx.arc(x - 38 * scale, y - 7 * scale, 7 * scale, 0, 7);
  ctx.fill();
}

function eye(ctx) {
  const [x, y] = EYE;
  ctx.beginPath();
  ctx.moveTo(x - 52, y - 8);
  ctx.quadraticCurveTo(x, y - 58, x + 52, y + 6);
  ctx.quadraticCurveTo(x - 4, y + 32, x - 52, y - 8);
  ctx.fillStyle = "#fff";
  ctx.fill();
  ctx.lineWidth = 5;
  ctx.strokeStyle = "#334155";
  ctx.stroke();
  ctx.fillStyle = "#5b3a1e";
  ctx.beginPath();
  ctx.arc(x + 8, y - 8, 17, 0, 7);
  ctx.fill();
  text(ctx, "眼睛 eye", x - 50, y - 62, { size: 25, colour: "#334155" });
}

export const strokes = timed(
  [
    ...arrow(ink.red, [FISH[0] - 30, FISH[1] - 34], [1018, 600]),
    ...line(ink.red, [1018, 600], FOOT),
    ...arrow(ink.red, FOOT, [842, 342]),
    ...underline(ink.red, [114, 262], 320),
    ...dashes(ink.blue, FOOT, [1130, 640]),
    ...ring(ink.blue, [1164, 650], [86, 44]),
    ...words(ink.blue, "?", [1270, 596], 74),
    ...arc(ink.violet, FOOT, [84, 84], -90, -134),
    ...arc(ink.green, FOOT, [96, 96], 90, 67),
    ...ring(ink.orange, [246, 352], [140, 27]),
    ...words(ink.violet, "θ_2 > θ_1", [120, 596], 84),
    ...underline(ink.orange, [116, 712], 320),
    ...words(ink.green, "✓", [500, 590], 84, 8),
    ...arrow(ink.green, [1340, 766], [1340, 650]),
    ...words(ink.red, "θ 小 → θ 大", [120, 752], 66),
  ],
  1,
  17.5,
);
