// Slide 1: a ray of light bends where air meets water.
import { arc, arrow, ink, line, ring, timed, underline, words } from "../pen.js";
import { box, heading, point, segment, text } from "./paper.js";

const FOOT = [1030, 500]; // where the ray meets the water

export function draw(ctx) {
  heading(ctx, "什么是光的折射？", "What is the refraction of light?");
  point(ctx, 250, "光从一种介质斜射入另一种介质", "Light passes at an angle into another medium");
  point(ctx, 364, "传播方向发生偏折", "and its direction of travel bends");
  point(ctx, 478, "光在水中的速度比空气中慢", "Light is slower in water than in air");
  media(ctx);
}

function media(ctx) {
  ctx.save();
  box(ctx, 690, 180, 680, 650, 26);
  ctx.clip();
  ctx.fillStyle = "#eef5ff";
  ctx.fillRect(690, 180, 680, 320);
  const water = ctx.createLinearGradient(0, 500, 0, 830);
  water.addColorStop(0, "#bfe3fb");
  water.addColorStop(1, "#86c1ee");
  ctx.fillStyle = water;
  ctx.fillRect(690, 500, 680, 330);
  ctx.restore();
  segment(ctx, [690, 500], [1370, 500], { colour: "#3b82c4", width: 4 });
  segment(ctx, [FOOT[0], 210], [FOOT[0], 805], { colour: "#5b6b82", dash: [14, 11] });
  text(ctx, "法线 normal", FOOT[0] + 16, 234, { size: 24, colour: "#5b6b82" });
  text(ctx, "空气 Air", 1350, 440, { size: 32, bold: true, align: "right", colour: "#35639a" });
  text(ctx, "n₁ = 1.00", 1350, 478, { size: 26, align: "right", colour: "#35639a" });
  text(ctx, "水 Water", 720, 760, { size: 32, bold: true, colour: "#174a80" });
  text(ctx, "n₂ = 1.33", 720, 798, { size: 26, colour: "#174a80" });
}

export const strokes = timed(
  [
    ...underline(ink.orange, [180, 264], 400),
    ...arrow(ink.red, [790, 230], [912, 367]),
    ...line(ink.red, [912, 367], FOOT),
    ...arc(ink.violet, FOOT, [110, 110], -90, -131),
    ...words(ink.violet, "θ_1", [946, 306], 54),
    ...arrow(ink.blue, FOOT, [1116, 650]),
    ...line(ink.blue, [1116, 650], [1196, 790]),
    ...arc(ink.green, FOOT, [120, 120], 90, 61),
    ...words(ink.green, "θ_2", [1050, 640], 54),
    ...ring(ink.red, [246, 352], [140, 27]),
    ...words(ink.blue, "θ_2 < θ_1", [120, 590], 84),
    ...underline(ink.orange, [116, 706], 320),
    ...words(ink.red, "n 大 → θ 小", [120, 752], 66),
    ...words(ink.green, "✓", [500, 590], 84, 8),
  ],
  1,
  17.5,
);
