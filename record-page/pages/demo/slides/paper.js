// The common look of the slides. A slide is 1440 x 900 units.
export const SIZE = { width: 1440, height: 900 };
export const FONT = '"Noto Sans CJK SC", "Noto Color Emoji", sans-serif';
export const colours = { text: "#17233a", quiet: "#64748b", accent: "#4f46e5", rule: "#dbe3ee", tint: "#f3f6fc" };

export function text(ctx, string, x, y, { size = 30, bold = false, colour = colours.text, align = "left" } = {}) {
  ctx.font = `${bold ? 700 : 400} ${size}px ${FONT}`;
  ctx.fillStyle = colour;
  ctx.textAlign = align;
  ctx.textBaseline = "alphabetic";
  ctx.fillText(string, x, y);
}

export function heading(ctx, chinese, english) {
  ctx.fillStyle = colours.accent;
  box(ctx, 70, 62, 10, 92, 5);
  ctx.fill();
  text(ctx, chinese, 104, 110, { size: 54, bold: true });
  text(ctx, english, 106, 152, { size: 28, colour: colours.quiet });
}

/** A thought in two languages, the second one quieter. */
export function point(ctx, y, chinese, english) {
  ctx.fillStyle = colours.accent;
  ctx.beginPath();
  ctx.arc(88, y - 11, 7, 0, 7);
  ctx.fill();
  text(ctx, chinese, 114, y, { size: 33 });
  text(ctx, english, 114, y + 38, { size: 23, colour: colours.quiet });
}

export function box(ctx, x, y, width, height, radius = 22) {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, radius);
}

export function card(ctx, x, y, width, height, fill = colours.tint) {
  box(ctx, x, y, width, height);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.rule;
  ctx.stroke();
}

export function segment(ctx, from, to, { colour = colours.quiet, width = 3, dash = [] } = {}) {
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.setLineDash(dash);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
  ctx.setLineDash([]);
}
