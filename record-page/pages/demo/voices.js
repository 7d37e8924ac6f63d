// Who speaks when. The teacher most of the time, the students now and then, with a pause between turns.
import { chance } from "./random.js";

const TURN = 5; // seconds

/** The index of the person speaking at class time `time`, or -1 in a pause. */
export function speakerAt(time) {
  const turn = Math.floor(time / TURN);
  if (time - turn * TURN > TURN - 0.6) return -1;
  // Every third turn or so belongs to a student.
  return turn % 3 === 2 ? 1 + Math.floor(3 * chance(turn, 17)) : 0;
}

/** How loud that voice is at this instant, 0 to 1: syllables of uneven strength. */
export function loudness(time) {
  const syllable = Math.floor(time * 4.5);
  const shape = Math.sin((time * 4.5 - syllable) * Math.PI);
  return shape * (0.35 + 0.65 * chance(syllable, 5));
}
