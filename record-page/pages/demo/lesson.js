// The demo class: puts the parts together and gives each its turn.
//
// Everything shown is a function of class time, rounded down to a thirtieth of a second (the pen) or a
// fifteenth (the cameras). Between those instants, and while the pen rests, nothing is done at all.
import { startSync } from "../sync.js";
import { signalReady } from "../ready.js";
import { createBoard } from "./board.js";
import { createCameras } from "./cameras.js";
import { createChat } from "./chat.js";
import { createClock, createClockFace } from "./clock.js";

const STEPS = 30; // per second of class time

const find = (selector) => document.querySelector(selector);
const t0 = Math.max(0, Number(new URLSearchParams(location.search).get("t0")) || 0);

const board = createBoard({ paper: find("#paper"), ink: find("#ink"), onSlide: showPage, onColour: showColour });
const cameras = createCameras(find("#cameras"));
const chat = createChat(find("#chat ol"));
const face = createClockFace(find("#time"));
const live = find("#live");
const patch = find("[data-sync-flash]");

let picture = -1; // the last camera picture drawn

function showPage(page, pages) {
  find("#page").textContent = `${page + 1} / ${pages}`;
}

function showColour(colour) {
  for (const pen of document.querySelectorAll("#pens i")) pen.classList.toggle("held", pen.dataset.colour === colour);
}

function resize() {
  board.resize();
  cameras.resize();
  picture = -1;
}

function draw(step) {
  board.draw(step / STEPS);
  if (step >> 1 !== picture) cameras.draw(((picture = step >> 1) * 2) / STEPS);
  const time = step / STEPS;
  chat.show(time);
  face.show(time);
  live.classList.toggle("dim", time % 2 >= 1);
}

resize();
const clock = createClock(t0);
draw(Math.floor(t0 * STEPS));
addEventListener("resize", () => {
  resize();
  draw(Math.floor(clock.now() * STEPS));
});

// A timer waits for the next instant at which something changes, a frame callback then draws it.
function tick() {
  const step = Math.floor(clock.now() * STEPS);
  draw(step);
  const next = board.writing(step / STEPS) ? step + 1 : (step | 1) + 1;
  setTimeout(() => requestAnimationFrame(tick), Math.max(0, (next / STEPS - clock.now()) * 1000));
}
tick();

startSync({ origin: clock.origin, onFlash: (second, on) => patch.classList.toggle("on", on) });
signalReady(["notify", "console"]);
