// The room behind a person, painted once per size. A camera picture is 320 x 240 units.
export function paintRoom(ctx, { wall, room }) {
  const fill = ctx.createLinearGradient(0, 0, 0, 240);
  fill.addColorStop(0, wall[0]);
  fill.addColorStop(1, wall[1]);
  ctx.fillStyle = fill;
  ctx.fillRect(-200, -200, 720, 640); // beyond the edges too: tiles have different shapes
  rooms[room](ctx);
}

const rooms = {
  books(ctx) {
    const spines = ["#d96c6c", "#e8b04a", "#5aa382", "#5b82c9", "#8d6bc4", "#d98a5c"];
    for (const [row, y] of [20, 96].entries()) {
      for (let i = 0; i < 15; i++) {
        if ((i + row) % 6 === 5) continue;
        const height = 38 + ((i * 7 + row * 5) % 4) * 5;
        ctx.fillStyle = spines[(i * 5 + row * 2) % spines.length];
        ctx.fillRect(6 + i * 21, y + 58 - height, 17, height);
      }
      ctx.fillStyle = "#b58a63";
      ctx.fillRect(-200, y + 58, 720, 7);
    }
  },
  window(ctx) {
    ctx.fillStyle = "#fffaf3";
    ctx.fillRect(196, 16, 112, 128);
    ctx.fillStyle = "#a9d8f5";
    ctx.fillRect(204, 24, 96, 112);
    disc(ctx, "#ffe28a", 278, 46, 13);
    disc(ctx, "#8cc98f", 222, 142, 34, 136);
    disc(ctx, "#74b87b", 276, 150, 38, 136);
    ctx.fillStyle = "#fffaf3";
    ctx.fillRect(249, 24, 6, 112);
    ctx.fillRect(204, 76, 96, 6);
    ctx.fillStyle = "#f6b8a8";
    ctx.fillRect(16, 34, 66, 52);
    disc(ctx, "#fff3ea", 49, 60, 16);
  },
  poster(ctx) {
    ctx.fillStyle = "#1f3b57";
    ctx.fillRect(14, 22, 84, 108);
    disc(ctx, "#f6c453", 56, 66, 20);
    ctx.strokeStyle = "#f3e6cf";
    ctx.lineWidth = 4;
    ctx.beginPath();
    ctx.ellipse(56, 66, 33, 10, -0.4, 0, 7);
    ctx.stroke();
    ctx.fillStyle = "#8fb6a8";
    ctx.fillRect(26, 106, 60, 6);
    ctx.fillStyle = "#c79a6b";
    ctx.fillRect(226, 84, 84, 7);
    disc(ctx, "#e86f51", 250, 68, 16);
    ctx.fillStyle = "#6aa6c9";
    ctx.fillRect(278, 50, 22, 34);
  },
  plant(ctx) {
    ctx.fillStyle = "#5ca36a";
    for (const [x, y, turn] of [[262, 92, -0.7], [290, 78, 0], [318, 96, 0.8], [276, 120, -1.1], [308, 124, 1.1]]) {
      ctx.beginPath();
      ctx.ellipse(x - 10, y, 11, 38, turn, 0, 7);
      ctx.fill();
    }
    ctx.fillStyle = "#d98863";
    ctx.fillRect(252, 146, 56, 96);
    ctx.strokeStyle = "#c9a53f";
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.moveTo(-20, 26);
    ctx.quadraticCurveTo(90, 62, 190, 22);
    ctx.stroke();
    for (let i = 0; i < 7; i++) disc(ctx, "#ffd76a", 6 + i * 28, 36 + 11 * Math.sin((i + 0.5) / 2.2), 6);
  },
};

// A disc, or with `floor` only its part above that height.
function disc(ctx, colour, x, y, r, floor) {
  const cut = floor === undefined || y + r <= floor ? Math.PI / 2 : Math.asin(Math.max(-1, Math.min(1, (floor - y) / r)));
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.arc(x, y, r, Math.PI - cut, cut + 2 * Math.PI);
  ctx.fill();
}
