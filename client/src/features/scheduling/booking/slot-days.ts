/** Days with their slots, as a person chooses from them. */
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { SlotState } from '@jaqyn/shared/scheduling/slot';

interface ListedSlot {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly mode: 'video' | 'async';
  readonly state: SlotState;
}

export interface SlotDay<S extends ListedSlot = ListedSlot> {
  readonly day: CalendarDate;
  /** To come, in the order of time; taken ones too, so that the day is seen as it is. */
  readonly slots: readonly S[];
  readonly free: number;
}

/** `days` local days from `from`, also those without a slot. What has begun by the server's clock is left out. */
export function slotDays<S extends ListedSlot>(
  slots: readonly S[],
  { from, days, mode, now }: { from: CalendarDate; days: number; mode: 'video' | 'async'; now: Date },
): SlotDay<S>[] {
  const begun = now.toISOString();
  const toCome = slots
    .filter((slot) => slot.mode === mode && slot.startsAt > begun)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(from, index);
    const ofDay = toCome.filter(({ startsAt }) => localDate(startsAt) === day);
    return { day, slots: ofDay, free: ofDay.filter(({ state }) => state === 'free').length };
  });
}

/** The first free slot of the days that is not one of `except`. */
export function firstFree<S extends ListedSlot>(
  days: readonly SlotDay<S>[],
  except: readonly Instant[] = [],
): S | undefined {
  return days
    .flatMap(({ slots }) => slots)
    .find(({ state, startsAt }) => state === 'free' && !except.includes(startsAt));
}
