// Everything moves: the picture slides to the left, and every change of the page carries a number.
import { createStrip } from "../strip.js";
import { signalReady } from "../ready.js";
import { paintPicture } from "./picture.js";

const SPEED = 240; // CSS pixels per second: 8 per change at 30 changes per second, 4 at 60

const query = new URLSearchParams(location.search);
const fps = Math.min(60, Math.max(1, Number(query.get("fps") ?? 30)));
const picture = document.querySelector("#picture");
const counter = document.querySelector("#counter");
const strip = createStrip(document.querySelector("[data-frame-strip]"));

let period; // after this many pixels the picture repeats
let start;
let shown = -1;

// The picture is made once, twice as wide as the window, so that any offset within one period fills it.
function paint() {
  period = innerWidth;
  paintPicture(picture, period, innerHeight);
  shown = -1;
}

function step(stamp) {
  start ??= stamp;
  // The small addition keeps 33.333 ms from being just short of one thirtieth of a second.
  const frame = Math.floor(((stamp - start) / 1000) * fps + 0.01);
  if (frame !== shown) show(frame);
  requestAnimationFrame(step);
}

// Picture, strip and digits change in one frame callback, so they reach the screen together.
function show(frame) {
  shown = frame;
  // Whole pixels only: in between, software scaling would cost time and blur the picture.
  const offset = Math.round((frame * SPEED) / fps) % period;
  picture.style.transform = `translateX(${-offset}px)`;
  strip.show(frame);
  counter.textContent = String(frame).padStart(6, "0");
}

addEventListener("resize", paint);
paint();
show(0);
requestAnimationFrame(step);
signalReady(["notify", "console"]);
