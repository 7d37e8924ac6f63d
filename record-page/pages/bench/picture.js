// A detailed landscape with text, shapes and grain; always the same for the same size.
// It repeats after `period` pixels and is painted two periods wide.

export function paintPicture(canvas, period, height) {
  canvas.width = period * 2;
  canvas.height = height;
  const ctx = canvas.getContext("2d", { alpha: false });
  const random = createRandom(20240901);
  sky(ctx, period, height);
  for (let layer = 0; layer < 5; layer++) hills(ctx, period, height, layer);
  balloons(ctx, period, height, random);
  words(ctx, period, height, random);
  grain(ctx, period, height, random);
  ctx.drawImage(canvas, 0, 0, period, height, period, 0, period, height);
}

function sky(ctx, period, height) {
  const fill = ctx.createLinearGradient(0, 0, 0, height);
  ["#1b2a6b", "#6a4fa3", "#e58f8a", "#ffd9a0"].forEach((colour, i) => fill.addColorStop(i / 3, colour));
  ctx.fillStyle = fill;
  ctx.fillRect(0, 0, period, height);
}

// Sums of whole waves per period: the ridge meets itself at the seam.
function hills(ctx, period, height, layer) {
  ctx.fillStyle = `hsl(${230 - layer * 22} 38% ${46 - layer * 7}%)`;
  ctx.beginPath();
  ctx.moveTo(0, height);
  for (let x = 0; x <= period; x += 4) {
    const turn = (x / period) * 2 * Math.PI;
    const wave = Math.sin(turn * (layer + 1) + layer) + 0.5 * Math.sin(turn * (3 * layer + 4)) + 0.12 * Math.sin(turn * 37);
    ctx.lineTo(x, height * (0.5 + layer * 0.1 - 0.05 * wave));
  }
  ctx.lineTo(period, height);
  ctx.fill();
}

function balloons(ctx, period, height, random) {
  for (let i = 0; i < 26; i++) {
    const r = height * (0.02 + 0.06 * random());
    const x = r + random() * (period - 2 * r);
    const y = height * (0.08 + 0.6 * random());
    const hue = 360 * random();
    const fill = ctx.createRadialGradient(x - r / 3, y - r / 3, r / 8, x, y, r);
    fill.addColorStop(0, `hsl(${hue} 90% 80%)`);
    fill.addColorStop(1, `hsl(${hue} 70% 42%)`);
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 7);
    ctx.moveTo(x - r * 0.3, y + r * 1.5);
    ctx.rect(x - r * 0.2, y + r * 1.3, r * 0.4, r * 0.3);
    ctx.fill();
  }
}

function words(ctx, period, height, random) {
  const texts = ["光的折射", "Refraction", "在线课堂", "Classroom", "实验与观察", "n₁ sin θ₁ = n₂ sin θ₂", "画面流畅", "Every pixel moves"];
  for (let i = 0; i < 40; i++) {
    ctx.font = `${i % 3 ? 400 : 700} ${Math.round(height * (0.018 + 0.05 * random()))}px "Noto Sans CJK SC", sans-serif`;
    const text = texts[i % texts.length];
    const room = period - ctx.measureText(text).width;
    ctx.fillStyle = `hsl(${360 * random()} 80% ${i % 2 ? 92 : 18}%)`;
    ctx.fillText(text, Math.max(0, room * random()), height * (0.1 + 0.88 * random()));
  }
}

// Grain, so that also flat areas differ from one pixel to the next and move visibly for an encoder.
function grain(ctx, period, height, random) {
  const image = ctx.getImageData(0, 0, period, height);
  const { data } = image;
  for (let i = 0; i < data.length; i += 4) {
    const shade = Math.floor(random() * 25) - 12;
    data[i] += shade;
    data[i + 1] += shade;
    data[i + 2] += shade;
  }
  ctx.putImageData(image, 0, 0);
}

// A plain linear congruential generator: small, fast, and the same everywhere.
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
