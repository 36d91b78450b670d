interface Answer {
  /** The server's `ETag`. */
  readonly tag: string;
  readonly answer: unknown;
}

/** Lists that are looked at again and again, and the requests among them. */
const MOST = 60;

const answers = new Map<string, Answer>();

/**
 * What was answered at this address before, to be asked for only where it changed: a list that is looked at every half minute would otherwise take a thin
 * link's queue each time. In memory alone: nothing of a patient stays on a shared computer.
 */
export function recallAnswer(url: string): Answer | undefined {
  return answers.get(url);
}

/** The one that was not heard of for longest goes. */
export function keepAnswer(url: string, answer: Answer): void {
  answers.delete(url);
  answers.set(url, answer);
  for (const oldest of answers.keys()) {
    if (answers.size <= MOST) return;
    answers.delete(oldest);
  }
}

/** Somebody else sits here now. */
export function forgetAnswers(): void {
  answers.clear();
}
