import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import type { ConflictCode } from '@jaqyn/shared/scheduling/placement';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { formatTime } from '../../lib/format.ts';

/** What stands against a placement, one sentence each: what is so, and never whose fault. */
const conflictWords: Record<ConflictCode, MessageDescriptor> = {
  in_the_past: msg`This time has passed.`,
  outside_roster: msg`The specialist does not work at this time.`,
  off_grid: msg`No slot begins at this minute.`,
  on_leave: msg`The specialist is away at this time.`,
  day_off: msg`It is a day off.`,
  slot_taken: msg`The slot is taken.`,
  specialist_busy: msg`One of the specialists is busy or away.`,
  patient_busy: msg`The patient is with somebody else at this time.`,
  station_busy: msg`Every camera of the station is in use at this time.`,
  patient_missing: msg`The request has no patient yet.`,
  service_retired: msg`The service is no longer offered.`,
  specialty_differs: msg`It is another specialty.`,
  overbooked: msg`The slot is taken; the service allows one more in it.`,
  after_treat_by: msg`It is later than the patient should be seen.`,
  language_differs: msg`The specialist does not speak the patient's language.`,
  equipment_missing: msg`The station lacks equipment that this service needs.`,
  needs_confirmation: msg`A coordinator still has to confirm it.`,
};

/** The sentence with what is known besides: whose time, from when to when, until when it is held. */
export function describeConflict(conflict: Conflict, t: (descriptor: MessageDescriptor) => string): string {
  const { code, practitionerName: name, startsAt, endsAt, heldUntil } = conflict;
  const sentence = t(conflictWords[code]);
  if (heldUntil !== undefined) {
    const time = formatTime(heldUntil);
    return `${sentence} ${t(msg`Somebody holds it until ${time}.`)}`;
  }
  if (startsAt === undefined || endsAt === undefined) return name === undefined ? sentence : `${sentence} ${name}`;
  const span = `${formatTime(startsAt)}–${formatTime(endsAt)}`;
  return [sentence, [name, span].filter((part) => part !== undefined).join(', ')].join(' ');
}
