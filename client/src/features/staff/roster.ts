import { KAZAKHSTAN_OFFSET_MINUTES } from '@jaqyn/shared/kernel/time';
import type { OnCallShift } from '@jaqyn/shared/staff/staff.contract';

const DAY_MS = 86_400_000;
const OFFSET_MS = KAZAKHSTAN_OFFSET_MINUTES * 60_000;

/** The day in Kazakhstan that holds a moment, in milliseconds since 1970. */
export function dayAround(nowMs: number): { readonly from: number; readonly to: number } {
  const from = Math.floor((nowMs + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;
  return { from, to: from + DAY_MS };
}

export function isOnCallAt(shift: OnCallShift, nowMs: number): boolean {
  return Date.parse(shift.startsAt) <= nowMs && nowMs < Date.parse(shift.endsAt);
}

/** The shifts of each specialty that are not over: who is on call now before the others, then who rings first. */
export function groupBySpecialty(shifts: readonly OnCallShift[], nowMs: number): ReadonlyMap<string, OnCallShift[]> {
  const groups = new Map<string, OnCallShift[]>();
  const left = shifts.filter(({ endsAt }) => Date.parse(endsAt) > nowMs);
  for (const shift of left) groups.set(shift.specialty, [...(groups.get(shift.specialty) ?? []), shift]);
  for (const group of groups.values()) {
    group.sort(
      (a, b) =>
        Number(isOnCallAt(b, nowMs)) - Number(isOnCallAt(a, nowMs)) ||
        a.rank - b.rank ||
        (a.startsAt < b.startsAt ? -1 : 1),
    );
  }
  return groups;
}
