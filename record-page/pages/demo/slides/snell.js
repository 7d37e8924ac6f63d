// Slide 2: Snell's law, written by hand, and an example worked out.
import { arrow, ink, phrase, ring, timed, underline, wave, words } from "../pen.js";
import { card, colours, heading, segment, text } from "./paper.js";

const media = [
  ["空气 Air", 1.0, "#93c5fd"],
  ["水 Water", 1.33, "#38bdf8"],
  ["玻璃 Glass", 1.5, "#34d399"],
  ["钻石 Diamond", 2.42, "#a78bfa"],
];

export function draw(ctx) {
  heading(ctx, "折射定律（斯涅尔定律）", "The law of refraction: Snell's law");
  card(ctx, 70, 196, 760, 236, "#fffdf3");
  text(ctx, "公式 Formula", 100, 242, { size: 24, colour: colours.quiet });
  table(ctx);
  card(ctx, 70, 470, 760, 364);
  text(ctx, "例题 Example", 100, 524, { size: 30, bold: true, colour: colours.accent });
  text(ctx, "光从空气射入水中，θ₁ = 45°，求折射角 θ₂ 。", 100, 574, { size: 29 });
  text(ctx, "Light enters water from air at 45°. Find θ₂.", 100, 610, { size: 22, colour: colours.quiet });
}

function table(ctx) {
  card(ctx, 880, 196, 490, 638);
  text(ctx, "折射率 n", 912, 252, { size: 32, bold: true });
  text(ctx, "Refractive index", 1338, 252, { size: 24, colour: colours.quiet, align: "right" });
  media.forEach(([name, index, colour], row) => {
    const y = 322 + row * 128;
    segment(ctx, [912, y - 40], [1338, y - 40], { colour: colours.rule, width: 2 });
    text(ctx, name, 912, y + 8, { size: 30 });
    text(ctx, index.toFixed(2), 1338, y + 8, { size: 34, bold: true, align: "right" });
    ctx.fillStyle = "#e4eaf4";
    ctx.fillRect(912, y + 30, 426, 18);
    ctx.fillStyle = colour;
    ctx.fillRect(912, y + 30, (426 * index) / 2.42, 18);
  });
}

export const strokes = timed(
  [
    ...phrase([[ink.blue, "n_1 sin θ_1"], [ink.red, " = "], [ink.green, "n_2 sin θ_2"]], [114, 282], 66, 7),
    ...wave(ink.orange, [116, 390], 664),
    ...ring(ink.red, [1300, 450], [66, 34]),
    ...words(ink.violet, "sin θ_2 = 0.71 / 1.33 ≈ 0.53", [104, 650], 50, 5),
    ...arrow(ink.orange, [112, 772], [190, 770]),
    ...words(ink.red, "θ_2 ≈ 32°", [218, 730], 70),
    ...underline(ink.orange, [216, 818], 270),
    ...words(ink.green, "✓", [520, 728], 76, 8),
  ],
  1,
  17.5,
);
