// The ways in which a page tells a recorder that it is ready.
const AGORA_READY = "https://api.agora.io/edu/apps/demo/v2/rooms/demo/records/ready";

const signals = {
  notify: () => navigator.notifyReady?.(),
  console: () => console.log("START_RECORDING"),
  selector: () => document.body.append(Object.assign(document.createElement("i"), { id: "ready", textContent: "\u00a0" })),
  // Normally nobody answers there: the recorder sees the request go out, and a failure means nothing.
  put: () => fetch(AGORA_READY, { method: "PUT" }).catch(() => {}),
  none: () => {},
};

/** Signal by the given ways, once what has been drawn so far is really on the screen. */
export function signalReady(ways) {
  // The first frame callback runs before that frame is painted, the second one after it.
  requestAnimationFrame(() => requestAnimationFrame(() => ways.forEach((way) => signals[way]?.())));
}
