// window.pagereel, by which the page hands over its streams.
import { follow, nameOf, ruleFor } from "./plan.js";
import { watchConnections } from "./receivers.js";
import { Stream, streams } from "./stream.js";
import { whiteboard } from "./whiteboard.js";
import { open } from "./wire.js";

const LONGEST_USER_ID = 255;
const LOOK_EVERY_MS = 250;
let isSupported;

/**
 * Puts it there.
 *
 * @param teller takes lines for the recorder
 * @param plan {rules, screenPrefix}: which streams are recorded and how
 */
export function install(teller, plan) {
  open(teller);
  follow(plan);
  watchConnections();
  isSupported = "MediaStreamTrackProcessor" in window && "VideoEncoder" in window; // not what the page may put there
  setInterval(() => forEachStream((stream) => stream.look(), (stream) => stream.measure()), LOOK_EVERY_MS);
  Object.defineProperty(window, "pagereel", {
    value: Object.freeze({
      addStream,
      removeStream,
      whiteboard,
      /** What is wanted of a stream: {record, sound, small}; "small" asks for the small picture. */
      rule: (userId, kind = "camera") => ({ ...ruleFor(nameOf(userId, kind)) }),
    }),
  });
  // The recorder wants keyframes of these streams.
  Object.defineProperty(window, "__pagereelKey", {
    value: (ids) => forEachStream((stream) => ids.includes(stream.id) && stream.key()),
  });
}

/** What goes wrong with one stream keeps nobody from the others. */
function forEachStream(...steps) {
  for (const stream of streams.values()) {
    try {
      for (const step of steps) step(stream);
    } catch (error) {
      console.warn("pagereel: stream of", stream.userId, error.message);
    }
  }
}

function addStream(media, { userId, kind = "camera" } = {}) {
  if (!(media instanceof MediaStream)) throw new TypeError("pagereel.addStream: a MediaStream is expected");
  if (typeof userId !== "string" || !userId || userId.length > LONGEST_USER_ID)
    throw new TypeError(`pagereel.addStream: userId must have 1 to ${LONGEST_USER_ID} characters`);
  if (kind !== "camera" && kind !== "screen")
    throw new TypeError(`pagereel.addStream: kind is ${kind}; allowed are camera and screen`);
  if (!isSupported) {
    console.warn("pagereel: streams can be recorded on https pages only (or on this machine's own)");
    return;
  }
  const known = streams.get(media);
  if (known) {
    known.look();
  } else if (ruleFor(nameOf(userId, kind)).record) {
    streams.set(media, new Stream(media, userId, kind));
  }
}

function removeStream(media) {
  const stream = streams.get(media);
  streams.delete(media);
  stream?.end();
}
