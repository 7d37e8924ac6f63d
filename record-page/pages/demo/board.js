// The whiteboard: a slide underneath, and above it the ink of an invisible teacher's pen.
//
// Two canvases, because they change at different paces: the slide every 20 s, the ink 30 times a second.
// A stroke is drawn as many short pieces, each with a path of its own and always the same pieces. So ink
// can be added bit by bit (only the new pieces are painted), and yet a class joined in the middle shows
// exactly the same pixels as one watched from the start.
import { SIZE } from "./slides/paper.js";
import * as light from "./slides/light.js";
import * as snell from "./slides/snell.js";
import * as pond from "./slides/pond.js";
import * as prism from "./slides/prism.js";

export const SLIDE_SECONDS = 20;
const slides = [light, snell, pond, prism];

export function createBoard({ paper, ink, onSlide, onColour }) {
  const paperCtx = paper.getContext("2d", { alpha: false });
  const inkCtx = ink.getContext("2d");
  let visit = -1; // how many slides have been shown since class time 0
  let drawn = []; // pieces drawn of each stroke of this slide
  let colour;

  function resize() {
    const { width, height } = paper.getBoundingClientRect();
    for (const canvas of [paper, ink]) {
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
    }
    for (const ctx of [paperCtx, inkCtx]) fit(ctx);
    visit = -1; // everything is to be drawn again
  }

  // The slide keeps its shape; what the board has more, in width or in height, stays white.
  function fit(ctx) {
    const { width, height } = ctx.canvas;
    const scale = Math.min(width / SIZE.width, height / SIZE.height);
    ctx.setTransform(scale, 0, 0, scale, (width - SIZE.width * scale) / 2, (height - SIZE.height * scale) / 2);
    ctx.lineCap = "round";
  }

  function wipe(ctx, fill) {
    ctx.save();
    ctx.resetTransform();
    if (fill) ctx.fillStyle = fill;
    ctx[fill ? "fillRect" : "clearRect"](0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.restore();
  }

  function turnTo(next) {
    visit = next;
    const slide = slides[visit % slides.length];
    wipe(paperCtx, "#ffffff");
    slide.draw(paperCtx);
    wipe(inkCtx);
    drawn = slide.strokes.map(() => 0);
    onSlide(visit % slides.length, slides.length);
  }

  function draw(time) {
    const now = Math.floor(time / SLIDE_SECONDS);
    if (now !== visit) turnTo(now);
    const { strokes } = slides[visit % slides.length];
    const elapsed = time - visit * SLIDE_SECONDS;
    strokes.forEach((stroke, i) => {
      const pieces = stroke.points.length - 1;
      const share = Math.min(1, (elapsed - stroke.start) / (stroke.end - stroke.start));
      const wanted = share < 0 ? 0 : Math.ceil(share * pieces);
      if (wanted > drawn[i]) take(stroke.colour);
      for (; drawn[i] < wanted; drawn[i]++) piece(stroke, drawn[i]);
    });
  }

  function take(next) {
    if (next !== colour) onColour((colour = next));
  }

  function piece({ colour, width, points }, i) {
    // The pen presses a little less where it touches down and where it leaves.
    const fromEnd = Math.min(i, points.length - 2 - i);
    inkCtx.strokeStyle = colour;
    inkCtx.lineWidth = width * Math.min(1, 0.7 + 0.06 * fromEnd);
    inkCtx.beginPath();
    inkCtx.moveTo(...points[i]);
    inkCtx.lineTo(...points[i + 1]);
    inkCtx.stroke();
  }

  /** Whether the pen is on its way at this class time: if not, nothing has to be drawn. */
  function writing(time) {
    const elapsed = time % SLIDE_SECONDS;
    const { strokes } = slides[Math.floor(time / SLIDE_SECONDS) % slides.length];
    return elapsed > strokes[0].start - 0.1 && elapsed < strokes[strokes.length - 1].end + 0.1;
  }

  return { resize, draw, writing };
}
