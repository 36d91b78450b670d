/** Milliseconds since 1970, both ends; the end is after the start. */
export type Span = readonly [from: number, to: number];

/** The same time without doubles, in order. */
export function union(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** The time that is in both. */
export function overlap(a: readonly Span[], b: readonly Span[]): Span[] {
  const [left, right] = [union(a), union(b)];
  const common: Span[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const [x, y] = [left[i] as Span, right[j] as Span];
    if (Math.min(x[1], y[1]) > Math.max(x[0], y[0])) common.push([Math.max(x[0], y[0]), Math.min(x[1], y[1])]);
    if (x[1] < y[1]) i += 1;
    else j += 1;
  }
  return common;
}

/** The time of `a` that is not in `b`. */
export function without(a: readonly Span[], b: readonly Span[]): Span[] {
  let left: Span[] = union(a);
  for (const [from, to] of union(b)) {
    left = left.flatMap(([start, end]): Span[] => [
      ...(start < from ? [[start, Math.min(end, from)] as const] : []),
      ...(end > to ? [[Math.max(start, to), end] as const] : []),
    ]);
  }
  return union(left);
}

/** Whole seconds, each moment once. */
export function secondsOf(spans: readonly Span[]): number {
  return Math.floor(union(spans).reduce((sum, [from, to]) => sum + to - from, 0) / 1000);
}
