import type { DayEndList } from '@jaqyn/shared/scheduling/day-end.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StatusTone } from '../../../../ui/status-badge.tsx';

interface ListWords {
  readonly title: MessageDescriptor;
  readonly note: MessageDescriptor;
  readonly none: MessageDescriptor;
  /** When there is something in it. */
  readonly tone: Extract<StatusTone, 'heed' | 'act-now'>;
}

export const dayEndWords: Record<DayEndList, ListWords> = {
  overdue: {
    title: msg`Overdue`,
    note: msg`Past the day they should have been treated by, and not seen yet`,
    none: msg`Nobody waits longer than they should.`,
    tone: 'act-now',
  },
  unsigned: {
    title: msg`Not signed`,
    note: msg`The talk is over, the conclusion is not signed`,
    none: msg`Every conclusion is signed.`,
    tone: 'act-now',
  },
  undelivered: {
    title: msg`Not received`,
    note: msg`Signed, and not opened at the station yet`,
    none: msg`Every conclusion has been opened at its station.`,
    tone: 'heed',
  },
  unacknowledged: {
    title: msg`Not read to the patient`,
    note: msg`Opened at the station, and not read to the patient yet`,
    none: msg`Every conclusion that was opened has been read to its patient.`,
    tone: 'heed',
  },
  follow_ups: {
    title: msg`Follow-ups overdue`,
    note: msg`To be done for a patient by a day that is over`,
    none: msg`Nothing that was to be done is overdue.`,
    tone: 'act-now',
  },
  no_shows: {
    title: msg`Did not meet`,
    note: msg`Booked on this day, and why nobody met`,
    none: msg`Everybody who was booked met.`,
    tone: 'heed',
  },
};

/** In the order of what hurts most. */
export const DAY_END_ORDER: readonly DayEndList[] = [
  'overdue',
  'unsigned',
  'undelivered',
  'unacknowledged',
  'follow_ups',
  'no_shows',
];
