// Once per second: a flash and a beep that begin at the same instant and last 100 ms.
//
// A picture can only change on a frame, a sound can start anywhere but has to be ordered ahead. So the
// frame comes first: shortly before each second we watch the frames go by, foresee which one will be
// nearest to the second, and order the beep for the moment in which that frame's callback will run.
// The flash is then set in exactly that callback. The pair is at most half a frame (8 ms at 60 Hz) away
// from the true second, but flash and beep stay together, which is what a recorder is measured by.
// There is no compensation for output latency, neither of the sound nor of the screen, unless `heard` asks for
// the former.
import { createBeeper } from "./beep.js";
import { createFrames } from "./frames.js";

const LENGTH = 100; // ms of flash and of beep; six frames at 60 Hz
const WATCH = 350; // ms before the second: begin to watch the frames
const LEAD = 200; // ms before the second: order the beep
const TOO_LATE = 20; // ms before the second: with less than this left, leave the second out

/**
 * onFlash(second, on, { planned, ran, sounding }) is called inside requestAnimationFrame: `planned` is
 * the performance.now() for which the beep was ordered, `ran` the one at which the flash is set.
 * `origin` is the performance.now() of second 0. `outlet` and `heard` are the beeper's (beep.js).
 */
export function startSync({ onFlash, frequency = 1000, origin = performance.now(), outlet, heard = false }) {
  const beeper = createBeeper(frequency, outlet, heard);
  const frames = createFrames();
  let second;
  let beep;

  function awaitSecond() {
    second = Math.max(0, Math.ceil((performance.now() + LEAD - origin) / 1000));
    beep = null;
    wakeAt(origin + second * 1000 - WATCH, watch);
  }

  function watch(stamp) {
    frames.add(stamp, performance.now());
    beeper.sample();
    const left = origin + second * 1000 - stamp;
    if (!beep && left < TOO_LATE) return awaitSecond(); // the page was held up
    if (!beep && left < LEAD) beep = order(origin + second * 1000);
    if (beep && stamp > beep.frame - frames.interval() / 2) return flash(stamp);
    requestAnimationFrame(watch);
  }

  function order(instant) {
    const frame = frames.nearest(instant);
    const planned = frame + frames.lag();
    return { frame, planned, sounding: beeper.play(planned, LENGTH) };
  }

  function flash(stamp) {
    tell(true);
    const end = stamp + LENGTH - frames.interval() / 2;
    wakeAt(end - frames.interval(), function darken(stamp) {
      if (stamp < end) return requestAnimationFrame(darken);
      tell(false);
      awaitSecond();
    });
  }

  function tell(on) {
    onFlash(second, on, { planned: beep.planned, ran: performance.now(), sounding: beep.sounding });
  }

  awaitSecond();
}

// Sleep by timer, then go on in a frame: no frame callbacks while there is nothing to watch for.
function wakeAt(instant, callback) {
  setTimeout(() => requestAnimationFrame(callback), Math.max(0, instant - performance.now()));
}
