// From pointer to ink: what is drawn shows at once here and every 60 ms at the others.
const PACE = 60; // ms

/** `tool()` says what is in the hand: {colour, width}. `write(piece)` gets the ink for the others. */
export function createPen(board, tool, write) {
  const { element } = board;
  let points = null; // of the piece under way
  let held;
  let timer;

  function flush() {
    if (points.length > 2) write({ ...held, points });
    points = points.slice(-2);
  }

  function add(event) {
    const [x, y] = board.at(event);
    const [lastX, lastY] = points.slice(-2);
    if (x === lastX && y === lastY) return;
    board.ink({ ...held, points: [lastX, lastY, x, y] });
    points.push(x, y);
  }

  element.style.touchAction = "none";
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || points || !tool()) return;
    element.setPointerCapture(event.pointerId);
    held = { ...tool() };
    points = board.at(event);
    board.ink({ ...held, points });
    write({ ...held, points }); // a tap is a dot
    timer = setInterval(flush, PACE);
  });
  element.addEventListener("pointermove", (event) => {
    if (!points) return;
    for (const step of event.getCoalescedEvents?.() ?? [event]) add(step);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    element.addEventListener(end, () => {
      if (!points) return;
      clearInterval(timer);
      flush();
      points = null;
    });
  }
}
