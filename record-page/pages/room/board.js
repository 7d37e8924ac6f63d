// The whiteboard: ink on white paper of 1600 x 1200 units, drawn at whatever size its element has.
//
// Ink comes in pieces {colour, width, points: [x, y, x, y, …]}, each complete in itself: a stroke under way is
// several pieces, the next of which begins where the last one ended. So pieces can be painted as they come,
// and painted again, sharp, when the element has another size.
export const SIZE = { width: 1600, height: 1200 };
const MAX_PIECES = 20_000;

export function createBoard(element) {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;display:block";
  if (getComputedStyle(element).position === "static") element.style.position = "relative";
  element.append(canvas);
  const ctx = canvas.getContext("2d", { alpha: false });
  let pieces = [];

  // The paper keeps its shape; what the element has more, in width or in height, stays white.
  function frame() {
    const { width, height } = element.getBoundingClientRect();
    const scale = Math.min(width / SIZE.width, height / SIZE.height);
    return { scale, left: (width - SIZE.width * scale) / 2, top: (height - SIZE.height * scale) / 2 };
  }

  function resize() {
    const { width, height } = element.getBoundingClientRect();
    canvas.width = Math.max(1, Math.round(width * devicePixelRatio));
    canvas.height = Math.max(1, Math.round(height * devicePixelRatio));
    repaint();
  }

  function repaint() {
    ctx.resetTransform();
    ctx.fillStyle = "#ffffff";
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    const { scale, left, top } = frame();
    const ratio = devicePixelRatio;
    ctx.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio);
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    pieces.forEach(paint);
  }

  function paint({ colour, width, points }) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) ctx.lineTo(points[i], points[i + 1]);
    if (points.length === 2) ctx.lineTo(points[0] + 0.01, points[1]); // a line without length would not be drawn
    ctx.stroke();
  }

  function ink(piece) {
    pieces.push(piece);
    if (pieces.length > MAX_PIECES) pieces.shift();
    paint(piece);
  }

  /** Show these pieces and no others. */
  function replace(others) {
    pieces = [...others];
    repaint();
  }

  /** Where on the paper a pointer is, in whole units. */
  function at({ clientX, clientY }) {
    const box = element.getBoundingClientRect();
    const { scale, left, top } = frame();
    const unit = (value, most) => Math.round(Math.min(Math.max(value / scale, 0), most));
    return [unit(clientX - box.left - left, SIZE.width), unit(clientY - box.top - top, SIZE.height)];
  }

  new ResizeObserver(resize).observe(element);
  resize();
  return { element, ink, replace, clear: () => replace([]), at, pieces: () => pieces };
}
