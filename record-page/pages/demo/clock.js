// Class time: the seconds since the class began. `?t0=` joins a class that is already under way.
export function createClock(t0) {
  const origin = performance.now() - t0 * 1000; // the performance.now() of class time 0
  return { origin, now: () => (performance.now() - origin) / 1000 };
}

/** The class time as mm:ss in an element, touched only when the text changes. */
export function createClockFace(element) {
  let shown = -1;
  return {
    show(time) {
      const second = Math.floor(time);
      if (second === shown) return;
      shown = second;
      const digits = (number) => String(number).padStart(2, "0");
      element.textContent = `${digits(Math.floor(second / 60))}:${digits(second % 60)}`;
    },
  };
}
