// Which rule a stream has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, nameOf, ruleFor } from "../../../main/resources/org/pagereel/recorder/browser/streams/plan.js";

test("the first rule whose prefix matches counts", () => {
  const rules = [
    { prefix: "student_7", record: false },
    { prefix: "student_", record: true, small: true },
    { prefix: "", record: true },
  ];
  follow({ rules, screenPrefix: "@screen_" });
  assert.equal(ruleFor("student_77"), rules[0]);
  assert.equal(ruleFor("student_1"), rules[1]);
  assert.equal(ruleFor("teacher"), rules[2]);
});

test("a shared screen has the name that the plan gives it", () => {
  follow({ rules: [{ prefix: "shared:", record: false }], screenPrefix: "shared:" });
  assert.equal(nameOf("anna", "screen"), "shared:anna");
  assert.equal(nameOf("anna", "camera"), "anna");
  assert.equal(ruleFor(nameOf("anna", "screen")).record, false);
  assert.deepEqual(ruleFor("anna"), { record: true, sound: true });
});
