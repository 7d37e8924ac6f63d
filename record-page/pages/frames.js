// The rhythm of requestAnimationFrame: which instant will a coming frame have?
const KEPT_FRAMES = 24;
const USUAL_INTERVAL = 1000 / 60;

export function createFrames() {
  let stamps = [];
  let lags = [];

  /** Note a frame: its rAF timestamp, and when its callback really ran. */
  function add(stamp, ran) {
    stamps = [...stamps, stamp].slice(-KEPT_FRAMES);
    lags = [...lags, ran - stamp].slice(-KEPT_FRAMES);
  }

  // Gaps of dropped frames and of sleeping between seconds are longer than most: the median ignores them.
  function interval() {
    const gaps = stamps.slice(1).map((stamp, i) => stamp - stamps[i]).filter((gap) => gap > 2 && gap < 60);
    return gaps.length ? median(gaps) : USUAL_INTERVAL;
  }

  /** The timestamp of the frame nearest to `instant`, going on from the last one seen. */
  function nearest(instant) {
    const last = stamps[stamps.length - 1];
    return last + Math.round((instant - last) / interval()) * interval();
  }

  /** How long after its timestamp a frame's callback usually runs. */
  function lag() {
    return lags.length ? median(lags) : 0;
  }

  return { add, interval, nearest, lag };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
