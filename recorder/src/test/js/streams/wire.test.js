// The lines that the recorder reads.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { base64, chunkLine, flush, open, send } from "../../../main/resources/org/pagereel/recorder/browser/streams/wire.js";

mock.timers.enable({ apis: ["setInterval"] });
const told = [];
open((text) => told.push(text));

test("lines go in batches, and nothing goes when there are none", () => {
  assert.deepEqual(told.splice(0), ["hello 0"]);
  send("one");
  send("two");
  assert.deepEqual(told, []);
  mock.timers.tick(1000);
  assert.deepEqual(told.splice(0), ["one\ntwo"]);
  flush();
  assert.deepEqual(told, []);
});

test("bytes are Base64, also many of them", () => {
  for (const size of [0, 1, 2, 3, 100_000]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => i * 7);
    assert.deepEqual(Buffer.from(base64(bytes), "base64"), Buffer.from(bytes));
  }
});

test("a chunk is a line", () => {
  const bytes = Uint8Array.of(1, 2, 255);
  const chunk = { type: "key", byteLength: 3, copyTo: (to) => to.set(bytes) };
  chunkLine({ id: 4 }, "v", chunk, 1234.6);
  flush();
  assert.deepEqual(told.splice(0), ["v 4 1 1235 0 AQL/"]);
});
