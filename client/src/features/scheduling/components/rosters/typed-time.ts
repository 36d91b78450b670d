/** Minutes after midnight from a time as people type it: `9`, `900`, `09:00`, `9.00`, `24:00`; undefined when it is none. */
export function parseTypedTime(text: string): number | undefined {
  const found = /^\s*(\d{1,2})(?:[:.,\- ]?(\d{2}))?\s*$/.exec(text);
  if (!found) return undefined;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  const minute = hours * 60 + minutes;
  return minutes < 60 && minute <= 1440 ? minute : undefined;
}

/** `540` as `09:00`; past midnight the time of the next day. */
export function toTypedTime(minute: number): string {
  const ofDay = minute > 1440 ? minute - 1440 : minute;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

/** A whole number as it is typed; undefined when it is none or out of the range. */
export function parseTypedWhole(text: string, least: number, most: number): number | undefined {
  if (!/^\s*\d{1,5}\s*$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
