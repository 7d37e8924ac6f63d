// Chance without chance: a number in [0, 1) that depends only on its arguments, so that the same class
// time always shows the same picture.
export function chance(...keys) {
  let hash = 0x9e3779b9;
  for (const key of keys) {
    hash = Math.imul(hash ^ (key | 0), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 2 ** 32;
}

/** A slow wander in [-1, 1] with no visible period, different for every seed. */
export function wander(time, seed) {
  const phase = 7 * chance(seed);
  return 0.5 * Math.sin(time + phase) + 0.3 * Math.sin(time * 1.73 + phase * 2) + 0.2 * Math.sin(time * 2.91 + phase * 3);
}
