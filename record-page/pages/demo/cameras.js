// The camera tiles: one small canvas per person, redrawn 15 times a second, and who is speaking.
import { people } from "./people.js";
import { drawPerson } from "./person.js";
import { paintRoom } from "./room.js";
import { loudness, speakerAt } from "./voices.js";

export function createCameras(container) {
  const tiles = people.map((person) => createTile(container, person));
  let speaker = -2;

  function draw(time) {
    const now = speakerAt(time);
    if (now !== speaker) {
      speaker = now;
      tiles.forEach(({ figure }, i) => figure.classList.toggle("speaking", i === speaker));
    }
    tiles.forEach((tile, i) => tile.draw(i, time, i === speaker ? loudness(time) : 0));
  }

  return { resize: () => tiles.forEach((tile) => tile.resize()), draw };
}

function createTile(container, person) {
  const figure = document.createElement("figure");
  const canvas = document.createElement("canvas");
  const caption = document.createElement("figcaption");
  caption.innerHTML = `<span class="voice"><i></i><i></i><i></i></span>${person.name}<small>${person.note}</small>`;
  figure.append(canvas, caption);
  container.append(figure);
  const ctx = canvas.getContext("2d", { alpha: false });
  const room = document.createElement("canvas");

  // The room never changes, so it is painted once and then only copied below the person.
  function resize() {
    const { width, height } = canvas.getBoundingClientRect();
    canvas.width = room.width = Math.max(1, Math.round(width * devicePixelRatio));
    canvas.height = room.height = Math.max(1, Math.round(height * devicePixelRatio));
    const roomCtx = room.getContext("2d", { alpha: false });
    fit(roomCtx);
    paintRoom(roomCtx, person);
  }

  // 320 x 240 units fill the tile; a tile of another shape cuts off at the sides or at the bottom.
  function fit(ctx) {
    const scale = Math.max(ctx.canvas.width / 320, ctx.canvas.height / 240);
    ctx.setTransform(scale, 0, 0, scale, (ctx.canvas.width - 320 * scale) / 2, 0);
  }

  function draw(seed, time, open) {
    ctx.resetTransform();
    ctx.drawImage(room, 0, 0);
    fit(ctx);
    drawPerson(ctx, person, seed, time, open);
  }

  return { figure, resize, draw };
}
