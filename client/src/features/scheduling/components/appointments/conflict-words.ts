import { Equipment } from '@jaqyn/shared/scheduling/equipment';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import type { ConflictCode } from '@jaqyn/shared/scheduling/placement';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { formatTime } from '../../../../lib/format.ts';
import { equipmentWords } from '../rosters/schedule-words.ts';

const words: Record<ConflictCode, MessageDescriptor> = {
  in_the_past: msg`This time has passed`,
  outside_roster: msg`The specialist does not work at that time`,
  off_grid: msg`No slot begins at this minute`,
  on_leave: msg`The specialist is on leave`,
  day_off: msg`A day off`,
  slot_taken: msg`Somebody else has this time`,
  specialist_busy: msg`One of the specialists has another appointment or is away`,
  patient_busy: msg`The patient has another appointment at that time`,
  station_busy: msg`The station's camera is taken at that time`,
  patient_missing: msg`The request has no patient yet`,
  service_retired: msg`This service is no longer offered`,
  specialty_differs: msg`The specialist is of another specialty`,
  overbooked: msg`Somebody is booked there already; the service allows one more`,
  after_treat_by: msg`Later than the patient should be seen`,
  licence_ends: msg`No licence is entered for that day; without one the specialist cannot answer`,
  equipment_missing: msg`The station lacks equipment for it`,
  needs_confirmation: msg`The coordinator has to confirm it`,
};

/** Names of equipment in the language of the screen, joined; an id nobody has words for stays as it is. */
export function useEquipmentNames(): (ids: readonly string[]) => string {
  const { t } = useLingui();
  return (ids) =>
    ids
      .map((id) => {
        const known = Equipment.safeParse(id);
        return known.success ? t(equipmentWords[known.data]) : id;
      })
      .join(', ');
}

/** A conflict in a line: what, whose, when, what is lacking. */
export function useConflictWords(): (conflict: Conflict) => string {
  const { t } = useLingui();
  const equipmentNames = useEquipmentNames();
  return (conflict) => {
    const { code, practitionerName, startsAt, endsAt, equipment } = conflict;
    const detail = [
      practitionerName,
      startsAt && endsAt && `${formatTime(startsAt)}–${formatTime(endsAt)}`,
      equipment && equipmentNames(equipment),
    ].filter(Boolean);
    return detail.length === 0 ? t(words[code]) : `${t(words[code])} (${detail.join(', ')})`;
  };
}
