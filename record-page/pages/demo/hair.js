// Hair, in two parts: what hangs behind the head, and what lies over the forehead.
// The head is centred on 0,0 and about 104 wide, 124 high.
export const hairBehind = {
  bob(ctx) {
    ctx.beginPath();
    ctx.moveTo(-64, 54);
    ctx.bezierCurveTo(-82, -20, -66, -86, 0, -86);
    ctx.bezierCurveTo(66, -86, 82, -20, 64, 54);
    ctx.quadraticCurveTo(0, 74, -64, 54);
    ctx.fill();
  },
  long(ctx) {
    ctx.beginPath();
    ctx.moveTo(-76, 128);
    ctx.bezierCurveTo(-62, 40, -86, -84, 0, -86);
    ctx.bezierCurveTo(86, -84, 62, 40, 76, 128);
    ctx.closePath();
    ctx.fill();
  },
  short(ctx) {
    ctx.beginPath();
    ctx.ellipse(0, -22, 57, 60, 0, 0, 7);
    ctx.fill();
  },
  curls(ctx) {
    ctx.beginPath();
    for (let i = 0; i < 15; i++) {
      const turn = Math.PI * (0.8 + (1.4 * i) / 14);
      const x = 62 * Math.cos(turn);
      const y = -18 + 60 * Math.sin(turn);
      ctx.moveTo(x + 24, y);
      ctx.arc(x, y, 24, 0, 7);
    }
    for (const [x, y] of [[-66, 44], [66, 44], [-62, 72], [62, 72]]) {
      ctx.moveTo(x + 24, y);
      ctx.arc(x, y, 24, 0, 7);
    }
    ctx.fill();
  },
};

export const hairBefore = {
  bob(ctx) {
    ctx.beginPath();
    ctx.moveTo(-56, 14);
    ctx.bezierCurveTo(-62, -66, -30, -74, 0, -74);
    ctx.bezierCurveTo(34, -74, 62, -62, 56, 14);
    ctx.quadraticCurveTo(50, -22, 26, -36);
    ctx.quadraticCurveTo(-16, -24, -40, -32);
    ctx.quadraticCurveTo(-52, -14, -56, 14);
    ctx.fill();
  },
  long(ctx) {
    ctx.beginPath();
    ctx.moveTo(-58, 30);
    ctx.bezierCurveTo(-66, -66, -26, -76, 2, -75);
    ctx.bezierCurveTo(32, -76, 66, -62, 58, 30);
    ctx.quadraticCurveTo(50, -18, 4, -52);
    ctx.quadraticCurveTo(-48, -22, -58, 30);
    ctx.fill();
  },
  short(ctx) {
    ctx.beginPath();
    ctx.moveTo(-54, -4);
    ctx.bezierCurveTo(-68, -70, -22, -86, 12, -80);
    ctx.bezierCurveTo(50, -82, 64, -46, 54, -4);
    ctx.quadraticCurveTo(50, -30, 38, -36);
    ctx.quadraticCurveTo(18, -24, 4, -38);
    ctx.quadraticCurveTo(-14, -24, -28, -37);
    ctx.quadraticCurveTo(-50, -30, -54, -4);
    ctx.fill();
  },
  curls(ctx) {
    ctx.beginPath();
    for (const [x, y, r] of [[-42, -42, 18], [-18, -54, 19], [10, -56, 19], [36, -46, 19], [-53, -20, 13], [52, -22, 14]]) {
      ctx.moveTo(x + r, y);
      ctx.arc(x, y, r, 0, 7);
    }
    ctx.fill();
  },
};
