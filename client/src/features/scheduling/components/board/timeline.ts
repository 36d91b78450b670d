/** Geometry of the day view: minutes to pixels. Pure. */

export const ZOOMS = [1, 2, 3] as const;
export type Zoom = (typeof ZOOMS)[number];

/** No target is narrower than this, whatever the zoom (WCAG 2.2 asks for 24). */
const NARROWEST_PX = 26;
/** What the narrowest zoom shows of an hour at least. */
const LEAST_PX_PER_MINUTE = 1.2;
const FACTORS: Readonly<Record<Zoom, number>> = { 1: 1, 2: 1.7, 3: 3 };

export interface Timeline {
  /** Minutes after local midnight. */
  readonly from: number;
  readonly to: number;
  readonly pxPerMinute: number;
}

interface Fit {
  readonly shortestMinutes: number;
  /** Pixels there are for the hours; the narrowest zoom fills them. */
  readonly room: number;
  readonly zoom: Zoom;
}

export function timelineOf(hours: { from: number; to: number }, { shortestMinutes, room, zoom }: Fit): Timeline {
  const readable = Math.max(LEAST_PX_PER_MINUTE, NARROWEST_PX / Math.max(1, shortestMinutes));
  const filling = (room - 2) / Math.max(60, hours.to - hours.from);
  return { ...hours, pxPerMinute: Math.max(readable, filling) * FACTORS[zoom] };
}

/** Left edge and width of a span of minutes of the day; a hair is left free between neighbours. */
export function placeOn(
  { from, pxPerMinute }: Timeline,
  span: { from: number; to: number },
): { left: number; width: number } {
  const round = (minutes: number) => Math.round(minutes * pxPerMinute);
  const left = round(span.from - from);
  return { left, width: Math.max(24, round(span.to - from) - left - 2) };
}

export function widthOf({ from, to, pxPerMinute }: Timeline): number {
  return Math.round((to - from) * pxPerMinute);
}

/** Full hours of the scale, minutes after midnight. */
export function hourMarks({ from, to }: Timeline): number[] {
  const marks: number[] = [];
  for (let minute = Math.ceil(from / 60) * 60; minute < to; minute += 60) marks.push(minute);
  return marks;
}
