/** Weekdays (Monday 1) as they are stored: bits, Monday the lowest. */
export function toBits(weekdays: readonly number[]): number {
  return weekdays.reduce((bits, weekday) => bits | (1 << (weekday - 1)), 0);
}

export function fromBits(bits: number): number[] {
  return [1, 2, 3, 4, 5, 6, 7].filter((weekday) => (bits >> (weekday - 1)) & 1);
}
