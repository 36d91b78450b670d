import { MARKS_PER_SECOND, type SharedMark } from '@jaqyn/shared/attachments/shared-view';

/** A mark on a picture, by somebody in the room; one's own has no name. */
export interface PlacedMark {
  readonly mark: SharedMark;
  readonly by: string | null;
}

/** How long something stays that nobody takes away, ms. Strokes fade (ui/picture-marks.module.css). */
export const MARK_LIFE_MS = { pointer: 8000, ruler: 120_000, stroke: 4500 } as const;
/** Points of a stroke that are kept. */
const MOST_POINTS = 400;

/** Marks of everybody on every picture, each for as long as it lasts. Pure but for its clock. */
export class MarkStore<Placed extends PlacedMark> {
  static create<Placed extends PlacedMark>(
    onChange: () => void,
    now: () => number = () => performance.now(),
  ): MarkStore<Placed> {
    return new MarkStore(onChange, now);
  }

  readonly #onChange: () => void;
  readonly #now: () => number;
  readonly #marks = new Map<string, { readonly placed: Placed; readonly until: number }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(onChange: () => void, now: () => number) {
    this.#onChange = onChange;
    this.#now = now;
  }

  get marks(): readonly Placed[] {
    return [...this.#marks.values()].map(({ placed }) => placed);
  }

  /** One pointer and one ruler a person; strokes grow with each piece. `none` takes all of the person's away. */
  add(placed: Placed): void {
    const { mark, by } = placed;
    if (mark.kind === 'none') {
      for (const key of [...this.#marks.keys()]) if (key.startsWith(`${by} `)) this.#marks.delete(key);
    } else {
      const key = `${by} ${mark.kind === 'stroke' ? mark.id : mark.kind}`;
      const before = this.#marks.get(key)?.placed;
      this.#marks.set(key, { placed: grown(before, placed), until: this.#now() + MARK_LIFE_MS[mark.kind] });
    }
    this.#sweep();
    this.#onChange();
  }

  clear(): void {
    this.#marks.clear();
    this.#sweep();
    this.#onChange();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #sweep(): void {
    clearTimeout(this.#timer);
    const now = this.#now();
    for (const [key, { until }] of this.#marks) if (until <= now) this.#marks.delete(key);
    const next = Math.min(...[...this.#marks.values()].map(({ until }) => until));
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(
      () => {
        this.#sweep();
        this.#onChange();
      },
      next - now + 1,
    );
  }
}

function grown<Placed extends PlacedMark>(before: Placed | undefined, placed: Placed): Placed {
  if (before?.mark.kind !== 'stroke' || placed.mark.kind !== 'stroke') return placed;
  const points = [...before.mark.points, ...placed.mark.points].slice(-MOST_POINTS);
  return { ...placed, mark: { ...placed.mark, points } };
}

/** Sends marks no faster than they are to be heard: the newest pointer or ruler, and all of a stroke in pieces. */
export function createMarkSender(send: (mark: SharedMark) => void): (mark: SharedMark) => void {
  let waiting: SharedMark[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const next = waiting.shift();
    if (next === undefined) return;
    send(next);
    timer = setTimeout(flush, 1000 / MARKS_PER_SECOND);
  };
  return (mark) => {
    const last = waiting.at(-1);
    if (
      last?.kind === 'stroke' &&
      mark.kind === 'stroke' &&
      last.id === mark.id &&
      last.points.length + mark.points.length <= 48
    )
      waiting[waiting.length - 1] = { ...mark, points: [...last.points, ...mark.points] };
    else waiting = [...waiting.filter(({ kind }) => kind === 'stroke' && mark.kind !== 'none'), mark].slice(-16);
    if (timer === undefined) flush();
  };
}
