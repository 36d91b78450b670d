/**
 * Who is shown as speaking. Whoever has just become it stays for a while: a cough must not move the one picture of a thin link, and
 * each move costs a key frame there.
 */
export const SPEAKER_HOLD_MS = 2500;

export class SpeakerHold<Speaker> {
  static create<Speaker>(onChanged: (speaker: Speaker | null) => void, holdMs = SPEAKER_HOLD_MS): SpeakerHold<Speaker> {
    return new SpeakerHold(onChanged, holdMs);
  }

  readonly #onChanged: (speaker: Speaker | null) => void;
  readonly #holdMs: number;
  #speaker: Speaker | null = null;
  #next: Speaker | null = null;
  #since = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  private constructor(onChanged: (speaker: Speaker | null) => void, holdMs: number) {
    this.#onChanged = onChanged;
    this.#holdMs = holdMs;
  }

  get speaker(): Speaker | null {
    return this.#speaker;
  }

  /** The loudest now. It counts once the one before has had its time, unless that one speaks again first. */
  note(speaker: Speaker): void {
    this.#next = speaker;
    clearTimeout(this.#timer);
    if (speaker === this.#speaker) return;
    const wait = this.#since + this.#holdMs - performance.now();
    if (wait <= 0) this.#change(speaker);
    else this.#timer = setTimeout(() => this.#change(speaker), wait).unref();
  }

  /** They are gone. */
  forget(speaker: Speaker): void {
    if (this.#next === speaker) {
      clearTimeout(this.#timer);
      this.#next = this.#speaker;
    }
    if (this.#speaker !== speaker) return;
    this.#since = Number.NEGATIVE_INFINITY;
    this.#speaker = null;
    this.#onChanged(null);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #change(speaker: Speaker): void {
    this.#speaker = speaker;
    this.#since = performance.now();
    this.#onChanged(speaker);
  }
}
