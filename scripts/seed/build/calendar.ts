/** Keeps people from being in two places: a span of a busy person overlaps none of their others. */
export class Calendar {
  readonly #spans = new Map<string, [from: number, to: number][]>();

  isFree(who: string, from: Date, to: Date): boolean {
    return !(this.#spans.get(who) ?? []).some(([start, end]) => start < to.getTime() && from.getTime() < end);
  }

  book(who: string, from: Date, to: Date): void {
    const spans = this.#spans.get(who) ?? [];
    spans.push([from.getTime(), to.getTime()]);
    this.#spans.set(who, spans);
  }
}
