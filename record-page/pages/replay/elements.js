// How each element is drawn, and which pixels it may touch: `box` and `draw` by the number of its action.
const FONT = "sans-serif"; // a recorder makes that Liberation Sans, Noto Sans CJK SC and Noto Color Emoji
const LINE_HEIGHT = 1.25;
const THINNEST = 1;
const MISSING = "#d0d0d0";

const thickness = (element, layout) => Math.max(THINNEST, layout.long(element.thin));

function corners({ begin, end, dx, dy }, layout) {
  const [x1, x2] = [layout.x(begin.x + dx), layout.x(end.x + dx)];
  const [y1, y2] = [layout.y(begin.y + dy), layout.y(end.y + dy)];
  return { left: Math.min(x1, x2), top: Math.min(y1, y2), right: Math.max(x1, x2), bottom: Math.max(y1, y2), x1, y1, x2, y2 };
}

function pen(ctx, element, layout) {
  ctx.strokeStyle = ctx.fillStyle = element.colour.css;
  ctx.lineWidth = thickness(element, layout);
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.setLineDash(element.dashed ? [3 * ctx.lineWidth, 3 * ctx.lineWidth] : []);
}

const shape = {
  box(element, layout) {
    const { left, top, right, bottom } = corners(element, layout);
    const half = thickness(element, layout) / 2;
    return layout.around(left - half, top - half, right + half, bottom + half);
  },
  draw(ctx, element, layout) {
    pen(ctx, element, layout);
    const { left, top, right, bottom, x1, y1, x2, y2 } = corners(element, layout);
    ctx.beginPath();
    if (element.kind === 10) {
      ctx.moveTo(x1, y1);
      ctx.lineTo(x2, y2);
    } else if (element.kind === 11) {
      ctx.ellipse((left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2, 0, 0, 2 * Math.PI);
    } else {
      ctx.rect(left, top, right - left, bottom - top);
    }
    if (element.filled && element.kind !== 10) ctx.fill();
    else ctx.stroke();
  },
};

const stroke = {
  /** Of the points from index `from` up to `to`. */
  box(element, layout, from = 0, to = Infinity) {
    const { points, dx, dy } = element;
    const end = Math.min(to, points.length);
    if (from >= end) return undefined;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = from; i < end; i += 2) {
      left = Math.min(left, points[i]);
      right = Math.max(right, points[i]);
      top = Math.min(top, points[i + 1]);
      bottom = Math.max(bottom, points[i + 1]);
    }
    const half = thickness(element, layout) / 2;
    return layout.around(
      layout.x(left + dx) - half, layout.y(top + dy) - half, layout.x(right + dx) + half, layout.y(bottom + dy) + half,
    );
  },
  draw(ctx, element, layout, from = 0, to = Infinity) {
    const { points, dx, dy } = element;
    const end = Math.min(to, points.length);
    if (from >= end) return;
    pen(ctx, element, layout);
    ctx.beginPath();
    ctx.moveTo(layout.x(points[from] + dx), layout.y(points[from + 1] + dy));
    for (let i = from + 2; i < end; i += 2) ctx.lineTo(layout.x(points[i] + dx), layout.y(points[i + 1] + dy));
    // A line without length would not be drawn.
    if (end - from === 2) ctx.lineTo(layout.x(points[from] + dx) + 0.01, layout.y(points[from + 1] + dy));
    ctx.stroke();
  },
};

function font(ctx, element, layout) {
  ctx.font = `${element.italic ? "italic " : ""}${element.bold ? "bold " : ""}${layout.long(element.size)}px ${FONT}`;
  ctx.textBaseline = "top";
}

const words = {
  box(element, layout, from, to, { ctx }) {
    font(ctx, element, layout);
    const size = layout.long(element.size);
    const width = Math.max(...element.lines.map((line) => ctx.measureText(line).width));
    const [x, y] = [layout.x(element.begin.x + element.dx), layout.y(element.begin.y + element.dy)];
    // Letters hang over: in italics, with accents.
    return layout.around(x - size, y - size / 2, x + width + size, y + size * (LINE_HEIGHT * element.lines.length + 0.5));
  },
  draw(ctx, element, layout) {
    font(ctx, element, layout);
    ctx.fillStyle = element.colour.css;
    const [x, y] = [layout.x(element.begin.x + element.dx), layout.y(element.begin.y + element.dy)];
    element.lines.forEach((line, i) => ctx.fillText(line, x, y + i * LINE_HEIGHT * layout.long(element.size)));
  },
};

function place(element, layout, picture) {
  const width = element.width * layout.kx;
  const height = element.height !== undefined ? element.height * layout.ky
    : width * (picture ? picture.height / picture.width : 3 / 4);
  return { x: layout.x(element.begin.x + element.dx), y: layout.y(element.begin.y + element.dy), width, height };
}

const picture = {
  box(element, layout, from, to, { pictures }) {
    const { x, y, width, height } = place(element, layout, pictures.get(element.url));
    return layout.around(x, y, x + width, y + height);
  },
  draw(ctx, element, layout, from, to, { pictures }) {
    const bitmap = pictures.get(element.url);
    const { x, y, width, height } = place(element, layout, bitmap);
    if (bitmap) ctx.drawImage(bitmap, x, y, width, height);
    else placeholder(ctx, x, y, width, height);
  },
};

/** Where a picture could not be had. */
function placeholder(ctx, x, y, width, height) {
  ctx.fillStyle = MISSING;
  ctx.fillRect(x, y, width, height);
}

/** A page's background, as large as fits, or so that it covers all. */
export function background(ctx, layout, bitmap, cover) {
  const width = layout.kx * 10_000;
  const height = layout.ky * 10_000;
  if (!bitmap) return placeholder(ctx, layout.x0, layout.y0, width, height);
  const scales = [width / bitmap.width, height / bitmap.height];
  const scale = cover ? Math.max(...scales) : Math.min(...scales);
  const [wide, high] = [bitmap.width * scale, bitmap.height * scale];
  ctx.drawImage(bitmap, layout.x0 + (width - wide) / 2, layout.y0 + (height - high) / 2, wide, high);
}

const HOW = { 1: stroke, 10: shape, 11: shape, 12: shape, 13: words, 20: picture };

export const box = (element, layout, tools, from, to) => HOW[element.kind].box(element, layout, from, to, tools);
export const draw = (ctx, element, layout, tools, from, to) =>
  HOW[element.kind].draw(ctx, element, layout, from, to, tools);
