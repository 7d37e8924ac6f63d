// Where frames are put whose stamps come from a clock of their own.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Clock } from "../../../main/resources/org/pagereel/recorder/browser/streams/clock.js";

/** Sees frames at these moments (ms) with these stamps (µs), and says where each was put (µs). */
function places(frames) {
  const clock = new Clock();
  return frames.map(([millis, stamp]) => {
    mock.method(performance, "now", () => millis);
    return clock.at(stamp);
  });
}

test("frames that come in time are put where they come", () => {
  const frames = Array.from({ length: 30 }, (_, i) => [5000 + i * 33, i * 33e3]);
  places(frames).forEach((at, i) => assert.equal(at, 5e6 + i * 33e3));
});

test("a frame that comes late is put where it belongs", () => {
  const frames = Array.from({ length: 30 }, (_, i) => [5000 + i * 33 + (i === 20 ? 25 : 0), i * 33e3]);
  assert.equal(places(frames)[20], 5e6 + 20 * 33e3);
});

test("a stamp's clock that was set is followed within a second", () => {
  const frames = Array.from({ length: 90 }, (_, i) => [5000 + i * 33, (i < 30 ? 0 : 7e6) + i * 33e3]);
  assert.equal(places(frames)[89], 5e6 + 89 * 33e3);
});
