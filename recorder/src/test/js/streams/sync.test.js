// Which sound belongs to which picture.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SentClock } from "../../../main/resources/org/pagereel/recorder/browser/streams/sent-clock.js";
import { Delay, Sync } from "../../../main/resources/org/pagereel/recorder/browser/streams/sync.js";

/** A receiver with these statistics, and what its frames say. */
function track(behind, report) {
  const sent = new SentClock();
  sent.see(0, behind);
  sent.see(1e6, 1e6 + behind);
  const receiver = { getStats: async () => new Map([["r", { type: "inbound-rtp", ...report }]]) };
  return { sent, receiver, delay: new Delay() };
}

test("the sender's reports say how sound and picture belong together", async () => {
  // Both were made at the same instant; the picture has been under way for 100 ms, the sound for 300.
  const picture = track(5e6, { timestamp: 10_100, estimatedPlayoutTimestamp: 10_000 });
  const sound = track(8e6, { timestamp: 10_300, estimatedPlayoutTimestamp: 10_000 });
  const sync = new Sync(picture, sound);
  await sync.measure();
  // What arrives now was made with the picture that arrived 200 ms ago.
  assert.equal(sync.at(20e6), 20e6 - 8e6 + 5e6 + (100e3 - 300e3 - 5e6 + 8e6));
});

test("without reports, what each waited here says it", async () => {
  const waiting = { timestamp: 0, jitterBufferDelay: 0, jitterBufferEmittedCount: 0 };
  const picture = track(5e6, waiting);
  const sound = track(8e6, waiting);
  const sync = new Sync(picture, sound);
  const before = sync.constant;
  await sync.measure();
  assert.equal(sync.constant, before, "the first look has nothing to compare with");
  Object.assign(waiting, { jitterBufferDelay: 1, jitterBufferEmittedCount: 10 });
  picture.receiver.getStats = sound.receiver.getStats = async () => new Map([["r", { type: "inbound-rtp", ...waiting }]]);
  picture.sent.see(2e6, 7e6);
  sound.sent.see(2e6, 10e6);
  await sync.measure();
  assert.equal(sync.constant, 3e6 - Sync.NETWORK);
});

test("a sender that begins anew is measured anew", async () => {
  const picture = track(5e6, {});
  const sound = track(8e6, {});
  const sync = new Sync(picture, sound);
  picture.sent.see(0, 500e6);
  sync.at(500e6);
  assert.equal(sync.constant, 8e6 - 500e6 - Sync.NETWORK);
});
