// Curves as lists of points [x, y].

/** A smooth curve through the given points (Catmull-Rom spline), as points `gap` apart. */
export function smooth(knots, gap = 5) {
  if (knots.length < 3) return evenly(knots, gap);
  const at = (i) => knots[Math.max(0, Math.min(knots.length - 1, i))];
  const fine = [knots[0]];
  for (let i = 0; i < knots.length - 1; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let s = 1; s <= 12; s++) {
      const u = s / 12;
      fine.push([0, 1].map((k) => spline(a[k], b[k], c[k], d[k], u)));
    }
  }
  return evenly(fine, gap);
}

function spline(a, b, c, d, u) {
  return b + 0.5 * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
}

/** Points along a polyline, `gap` apart: the pen then moves at an even pace. */
export function evenly(points, gap = 5) {
  const result = [points[0]];
  let walked = 0;
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    for (let next = gap - walked; next < length; next += gap) {
      const u = next / length;
      result.push([from[0] + u * (to[0] - from[0]), from[1] + u * (to[1] - from[1])]);
    }
    walked = (walked + length) % gap;
  }
  result.push(points[points.length - 1]);
  return result;
}
