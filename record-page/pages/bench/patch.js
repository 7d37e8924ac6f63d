// A canvas as a camera: black or white, with a block that moves, so that there is a picture thirty times a second.
const BETWEEN = 30; // ms, less than a thirtieth of a second

export function createPicture() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const ctx = canvas.getContext("2d", { alpha: false });
  let lit = false;
  let drawn = 0;

  function draw(stamp) {
    ctx.fillStyle = lit ? "#fff" : "#000";
    ctx.fillRect(0, 0, 640, 360);
    ctx.fillStyle = "#808080";
    ctx.fillRect((stamp * 0.2) % 620, 330, 20, 20);
    drawn = stamp;
  }

  function step(stamp) {
    if (stamp - drawn > BETWEEN) draw(stamp);
    requestAnimationFrame(step);
  }

  // Within a frame's callback: drawn at once, it is in that very frame.
  function show(on) {
    lit = on;
    draw(performance.now());
  }

  draw(0);
  requestAnimationFrame(step);
  return { track: canvas.captureStream().getVideoTracks()[0], show };
}
