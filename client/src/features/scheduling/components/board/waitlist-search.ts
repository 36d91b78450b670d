import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';

/** Entries that have every word of the search in the patient's name, the request's number or the station. */
export function searchWaitlist<Entry extends { readonly appointment: Appointment }>(
  entries: readonly Entry[],
  search: string,
): readonly Entry[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return entries;
  return entries.filter(({ appointment: { patient, requestNumber, station } }) => {
    const text = [patient.shortName, requestNumber, station.name.kk, station.name.ru, station.name.en]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
