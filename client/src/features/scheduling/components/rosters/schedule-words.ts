import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { Equipment } from '@jaqyn/shared/scheduling/equipment';
import type { ClosureReason, SlotMode } from '@jaqyn/shared/scheduling/roster';
import type { ImportColumn, ImportProblemCode } from '@jaqyn/shared/scheduling/roster-csv';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** Monday first, as `weekdayOf` counts from 1. */
export const weekdayWords: readonly { readonly short: MessageDescriptor; readonly full: MessageDescriptor }[] = [
  { short: msg`Mon`, full: msg`Monday` },
  { short: msg`Tue`, full: msg`Tuesday` },
  { short: msg`Wed`, full: msg`Wednesday` },
  { short: msg`Thu`, full: msg`Thursday` },
  { short: msg`Fri`, full: msg`Friday` },
  { short: msg`Sat`, full: msg`Saturday` },
  { short: msg`Sun`, full: msg`Sunday` },
];

export const modeWords: Record<SlotMode, MessageDescriptor> = {
  video: msg`Video`,
  async: msg`In writing`,
  on_call: msg`On call`,
};

export const closureWords: Record<ClosureReason, MessageDescriptor> = {
  vacation: msg`Vacation`,
  sick: msg`Sick leave`,
  training: msg`Training`,
  business_trip: msg`Business trip`,
  equipment: msg`Equipment out of order`,
  other: msg`Another reason`,
};

export const equipmentWords: Record<Equipment, MessageDescriptor> = {
  blood_pressure: msg`Blood pressure monitor`,
  pulse_oximeter: msg`Pulse oximeter`,
  ecg: msg`ECG`,
  glucometer: msg`Glucometer`,
  otoscope: msg`Otoscope`,
  dermatoscope: msg`Dermatoscope`,
  spirometer: msg`Spirometer`,
  stethoscope: msg`Stethoscope`,
  ultrasound: msg`Ultrasound`,
  fetal_doppler: msg`Fetal Doppler`,
  photo_camera: msg`Camera for photos`,
  slit_lamp: msg`Slit lamp`,
};

/** Each language by its own name, so that its speakers find it. */
export const LANGUAGE_NAMES: Record<Language, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

/** What is wrong with a cell of the file, after "row 4, column start:". */
export const importProblemWords: Record<ImportProblemCode, MessageDescriptor> = {
  not_a_number: msg`not a whole number`,
  not_a_time: msg`not a time: write it as 09:00`,
  not_a_date: msg`not a date: write it as 30.11.2026 or 2026-11-30`,
  not_a_weekday: msg`not weekdays: write numbers from 1 (Monday) to 7 (Sunday) with spaces between`,
  not_a_mode: msg`the mode does not suit the service: video, async or on_call`,
  not_yes_or_no: msg`write yes or no`,
  out_of_range: msg`too large, or in the past`,
  does_not_fit_together: msg`does not fit the other columns: the end before the start, or a slot longer than the window`,
  columns_missing: msg`the row has another number of columns than the first line`,
  unknown_specialist: msg`no specialist of yours has this login`,
  unknown_service: msg`there is no such service`,
  service_retired: msg`the service is no longer offered`,
  specialty_differs: msg`the service is of another specialty than the specialist`,
  overlaps_row: msg`at the same time as an earlier row of this file`,
  overlaps_roster: msg`at the same time as a window the specialist already has`,
};

/** The columns in words; their names in the file stay the same in every language. */
export const columnWords: Record<ImportColumn, MessageDescriptor> = {
  login: msg`the specialist's login`,
  service: msg`code of the service`,
  mode: msg`video, async or on_call`,
  weekdays: msg`1 Monday to 7 Sunday, with spaces between`,
  start: msg`09:00`,
  end: msg`13:00`,
  slot_minutes: msg`length of a slot in minutes; empty on call`,
  buffer_minutes: msg`pause after each slot in minutes`,
  holidays: msg`yes or no: also on public holidays`,
  rank: msg`on call only: 1 rings first`,
  valid_from: msg`first day, 2026-11-30`,
  valid_to: msg`last day; empty: until further notice`,
};
