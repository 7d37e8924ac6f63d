// A beeper on the Web Audio clock that is told *when* in performance.now() milliseconds.
//
// The two clocks are tied together by comparing `currentTime` with `performance.now()`, and not by
// `getOutputTimestamp()`: the latter says what is leaving the loudspeaker, so it already contains the
// output latency, which this page must not compensate. A beep asked for at instant P has to enter the
// audio graph at P; what happens behind the graph is for the recorder to measure.
//
// `currentTime` moves in jumps (one per device buffer), so a single comparison is wrong by up to one
// buffer: it lies anywhere between the true line (the value just before a jump) and one buffer above it.
// So the true line is half a buffer below the median of many comparisons, and the median shrugs off
// jumps that come late on a busy machine.
//
// A sound device that has just been opened swallows some buffers at once and then pauses. So the beeper
// stays silent until it has seen half a second of steady running: no beep rather than a misplaced one.
const KEPT_SAMPLES = 90;
const ENOUGH_SAMPLES = 30;
const SLIP = 15; // ms below the line
const LATE_SAMPLES = 3;
const RAMP = 0.002; // seconds: short enough to be sharp, long enough not to click
const GAIN = 0.25;

/**
 * `outlet(context)` is the node that the beeps go to: the loudspeaker, unless told otherwise. With `heard` a beep
 * leaves the loudspeaker at its instant, as far as `getOutputTimestamp()` knows; else it enters the graph then.
 */
export function createBeeper(frequency, outlet = (context) => context.destination, heard = false) {
  const context = openContext();
  const output = context && outlet(context);
  let samples = [];
  let low = 0;
  let burst;
  let warned = false;

  function running() {
    return context?.state === "running" && context.currentTime > 0;
  }

  // What to add to performance.now() to get the audio clock, both in ms.
  function line() {
    const sorted = [...samples].sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1];
    return heard ? middle : middle - context.baseLatency * 500; // the base latency is one buffer, in s
  }

  function difference() {
    if (!heard) return context.currentTime * 1000 - performance.now();
    const { contextTime, performanceTime } = context.getOutputTimestamp();
    return contextTime * 1000 - performanceTime;
  }

  function sample() {
    if (!running()) return;
    const seen = difference();
    // One low value is a jump that comes late. Several in a row: the device has lost time for good,
    // and what was seen before is void.
    low = samples.length && seen < line() - SLIP ? low + 1 : 0;
    if (low > LATE_SAMPLES) return calibrate();
    samples.push(seen);
    if (samples.length > KEPT_SAMPLES) samples.shift();
  }

  // Begin anew, with a burst of samples. 17 ms shares no rhythm with the usual buffer lengths.
  function calibrate() {
    samples = [];
    low = 0;
    clearInterval(burst);
    burst = setInterval(() => {
      if (samples.length >= KEPT_SAMPLES) clearInterval(burst);
      else sample();
    }, 17);
  }

  /** Start a beep of `length` ms at the instant `at` of performance.now(); false if it cannot sound. */
  function play(at, length) {
    if (!running() || samples.length < ENOUGH_SAMPLES) return false;
    const start = (at + line()) / 1000;
    if (start <= context.currentTime) {
      // A late beep would be a lie about the sync, silence is not.
      if (!warned) console.warn("beep skipped: the audio buffer is longer than the lead time");
      warned = true;
      return false;
    }
    tone(output, frequency, start, start + length / 1000);
    return true;
  }

  if (context) {
    context.addEventListener("statechange", () => {
      if (context.state === "running") calibrate();
    });
    if (context.state === "running") calibrate();
    // Autoplay may be blocked: the page goes on silently, and any gesture gives it its voice.
    const wake = () => context.resume().catch(() => {});
    for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, wake);
    wake();
  }
  function close() {
    clearInterval(burst);
    context?.close();
  }

  return { sample, play, close };
}

function openContext() {
  try {
    return new AudioContext();
  } catch {
    return null; // no audio device or no Web Audio: flashes only
  }
}

// One oscillator per beep: each starts at phase zero, so every beep is the same waveform.
function tone(output, frequency, start, end) {
  const { context } = output;
  const oscillator = new OscillatorNode(context, { frequency });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(GAIN, start + RAMP);
  gain.gain.setValueAtTime(GAIN, end - RAMP);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(output);
  oscillator.start(start);
  oscillator.stop(end);
  oscillator.onended = () => gain.disconnect();
}
