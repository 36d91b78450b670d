import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import { addDays, fromMinute, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { markSlots, type TakenSpan } from '@jaqyn/shared/scheduling/slot';
import type { Tx } from '../../db/store.ts';
import { type ClaimRow, claimRepository } from './claim.repository.ts';
import { type DayLoadRow, dayLoadRepository } from './day-load.repository.ts';
import { type ReadRoster, scheduleReader, spanOfDays } from './schedule-reader.ts';

/** How far ahead the earliest free slot is looked for. */
export const HORIZON_DAYS = 120;

/** A claim as a part of somebody's day. */
export function toTaken(claim: Pick<ClaimRow, 'startsAt' | 'endsAt' | 'expiresAt'>): TakenSpan {
  return {
    from: toMinute(claim.startsAt as Instant),
    to: toMinute(claim.endsAt as Instant),
    isTentative: claim.expiresAt !== null,
  };
}

/** Keeps `day_load` true to rosters and claims. */
export const dayLoad = {
  /** Writes the load of some days of one specialist anew; days that are over, or too far ahead to be searched, are left alone. */
  async refresh(
    tx: Tx,
    practitionerId: PractitionerId,
    days: readonly CalendarDate[],
    today: CalendarDate,
  ): Promise<void> {
    const last = addDays(today, HORIZON_DAYS);
    const wanted = [...new Set(days)].filter((day) => day >= today && day <= last).sort();
    const [from, to] = [wanted[0], wanted.at(-1)];
    if (from === undefined || to === undefined) return;
    const read = await scheduleReader.readRoster(tx, practitionerId, from, to);
    const claims = await claimRepository.listTaken(tx, 'practitioner', [practitionerId], spanOfDays(from, to));
    await dayLoadRepository.replace(tx, practitionerId, wanted, loadOf(read, wanted, claims.map(toTaken)));
  },
};

/** The rows of `day_load` for these days; a service that has no slot on a day has no row. */
export function loadOf(read: ReadRoster, days: readonly CalendarDate[], taken: readonly TakenSpan[]): DayLoadRow[] {
  const sorted = [...taken].sort((a, b) => a.from - b.from);
  return days.flatMap((day) => {
    const span = spanOfDays(day, day);
    const today = sorted.filter((claim) => claim.from < span.to && claim.to > span.from);
    const byService = new Map<string, { slots: Span[]; row: Pick<DayLoadRow, 'service' | 'mode'> }>();
    for (const session of read.sessionsOf(day)) {
      if (session.mode === 'on_call') continue;
      const key = `${session.service} ${session.mode}`;
      const entry = byService.get(key) ?? { slots: [], row: { service: session.service, mode: session.mode } };
      entry.slots.push(...slotsOf(session));
      byService.set(key, entry);
    }
    return [...byService.values()]
      .filter(({ slots }) => slots.length > 0)
      .map(({ slots, row }) => {
        const free = markSlots(slots, today).filter(({ state }) => state === 'free');
        const [first, last] = [free[0], free.at(-1)];
        return {
          ...row,
          practitionerId: read.practitionerId,
          day,
          slots: slots.length,
          free: free.length,
          firstFreeAt: first === undefined ? null : fromMinute(first.from),
          lastFreeAt: last === undefined ? null : fromMinute(last.from),
        };
      });
  });
}
