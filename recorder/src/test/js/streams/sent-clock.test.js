// The sender's clock on ours.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SentClock, Ticks } from "../../../main/resources/org/pagereel/recorder/browser/streams/sent-clock.js";

test("the frame with the least delay says how the clocks differ", () => {
  const clock = new SentClock();
  [30e3, 5e3, 80e3].forEach((delay, i) => clock.see(i * 33e3, 1e6 + i * 33e3 + delay));
  assert.ok(Math.abs(clock.least - (1e6 + 5e3)) < 100, String(clock.least));
  assert.equal(clock.behind, 1e6 + 80e3);
});

test("clocks that run apart are followed", () => {
  const clock = new SentClock();
  for (let second = 0; second < 600; second++) clock.see(second * 1e6, 1e6 + second * (1e6 + 50));
  assert.ok(Math.abs(clock.least - clock.behind) < 1e3, `${clock.least} ${clock.behind}`);
});

test("a sender that begins to count anew begins a new era", () => {
  const clock = new SentClock();
  clock.see(500e6, 501e6);
  clock.see(0, 502e6);
  assert.equal(clock.least, 502e6);
  assert.equal(clock.era, 2);
});

test("what the page was too busy to look at lies between", () => {
  const clock = new SentClock();
  clock.see(0, 1e6);
  clock.see(1e6, 2.1e6);
  assert.equal(clock.behindAt(1.55e6), 1e6 + 50e3);
  assert.equal(clock.behindAt(3e6), 1.1e6);
});

test("ticks of 32 bits go on where they overflow", () => {
  const ticks = new Ticks();
  assert.equal(ticks.micros(0xffffff00, 90e3), 0);
  assert.ok(Math.abs(ticks.micros(0xffffff00 + 90e3 - 2 ** 32, 90e3) - 1e6) < 1);
  assert.ok(Math.abs(ticks.micros(0xffffff00 + 45e3 - 2 ** 32, 90e3) - 0.5e6) < 1, "also backwards");
});
