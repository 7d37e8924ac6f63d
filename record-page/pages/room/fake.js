// A camera and a microphone for tests: at every whole second of Date.now() the picture flashes and a beep
// sounds, both for 100 ms, and the picture shows the second.
//
// The picture (made for 640 x 360; everything grows with the width, u = width / 640):
//   strip of the second modulo 65536 at the top left, 16 cells of 40u x 40u, as in strip.js;
//   flash patch of 240u x 140u in the centre, black, or white for 100 ms from the whole second on;
//   name between the two; the rest is one plain colour.
//
// 15 pictures a second, of which one is exactly at the second and one 100 ms later. Each carries the instant
// for which it was planned as its time stamp, and the beep is ordered ahead for the same instant, so timers
// that come late do not part them.
import { createBeeper } from "../beep.js";
import { CELLS, drawStrip } from "../strip.js";

const RATE = 15;
const LENGTH = 100; // ms of flash and of beep
const LEAD = 300; // ms before the second: order the beep
const LATE = 30; // ms after which a picture is left out
const instants = Array.from({ length: RATE }, (_, i) => (i === 2 ? LENGTH : (i * 1000) / RATE));

/** `colour` as "RRGGBB", `pitch` in Hz. */
export function createFake({ name, colour, pitch, width, height }) {
  const canvas = new OffscreenCanvas(width, height);
  const ctx = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  const picture = createPictureTrack(canvas);
  let sound;
  const beeper = createBeeper(pitch, (context) => {
    sound = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    // A destination to which nothing is connected delivers nothing, not silence: the other side would stretch
    // and repeat what it has.
    const silence = new ConstantSourceNode(context, { offset: 0 });
    silence.connect(sound);
    silence.start();
    return sound;
  });
  const stream = new MediaStream([picture.track, ...(sound?.stream.getTracks() ?? [])]);
  let ordered = 0; // the last second whose beep is ordered
  let timer;

  function draw(second, flash) {
    const unit = width / 640;
    ctx.fillStyle = `#${colour}`;
    ctx.fillRect(0, 0, width, height);
    drawStrip(ctx, second & 0xffff, width / CELLS);
    ctx.fillStyle = flash ? "#ffffff" : "#000000";
    ctx.fillRect((width - 240 * unit) / 2, (height - 140 * unit) / 2, 240 * unit, 140 * unit);
    ctx.textAlign = "center";
    ctx.font = `600 ${26 * unit}px "Noto Sans CJK SC", sans-serif`;
    ctx.fillStyle = "#000000";
    ctx.fillText(name, width / 2 + unit, 83 * unit);
    ctx.fillStyle = "#ffffff";
    ctx.fillText(name, width / 2, 82 * unit);
  }

  function order(now) {
    beeper.sample();
    const second = Math.ceil(now / 1000);
    if (second * 1000 - now > LEAD || second === ordered) return;
    ordered = second;
    beeper.play(performance.now() + second * 1000 - Date.now(), LENGTH);
  }

  function tick(second, index) {
    const planned = second * 1000 + instants[index];
    const now = Date.now();
    draw(second, instants[index] < LENGTH);
    picture.put(planned - now + performance.now());
    order(now);
    wait(second, index);
  }

  // A picture that is a little late is made all the same, with the time that it should have had.
  function wait(second, index) {
    let left;
    do {
      index++;
      if (index === RATE) [second, index] = [second + 1, 0];
      left = second * 1000 + instants[index] - Date.now();
    } while (left < -LATE);
    timer = setTimeout(tick, left, second, index);
  }

  function stop() {
    clearTimeout(timer);
    beeper.close();
    for (const track of stream.getTracks()) track.stop();
  }

  wait(Math.floor(Date.now() / 1000), -1);
  return { stream, stop };
}

// Chromium takes pictures with time stamps; elsewhere they get the instant at which they are captured.
function createPictureTrack(canvas) {
  if (!window.MediaStreamTrackGenerator) return createCapturedTrack(canvas);
  const track = new MediaStreamTrackGenerator({ kind: "video" });
  const writer = track.writable.getWriter();
  let last = 0;

  function put(instant) {
    const timestamp = Math.max(last + 1, Math.round(instant * 1000));
    last = timestamp;
    writer.write(new VideoFrame(canvas, { timestamp })).catch(() => {}); // stopped meanwhile
  }

  return { track, put };
}

function createCapturedTrack(canvas) {
  const shown = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const ctx = shown.getContext("2d", { alpha: false });
  ctx.drawImage(canvas, 0, 0);
  const [track] = shown.captureStream().getVideoTracks();
  return { track, put: () => ctx.drawImage(canvas, 0, 0) };
}
