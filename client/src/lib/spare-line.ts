/**
 * Between what fits a call to its link and what sends files beside it; neither knows the other. Bit/s and bytes.
 */
interface SpareLine {
  /** What the call leaves to files; undefined: no call knows. */
  budgetBps: number | undefined;
  /** A file is on its way. */
  isSending: boolean;
  /** Of files, since the page began. */
  sentBytes: number;
}

export const spareLine: SpareLine = { budgetBps: undefined, isSending: false, sentBytes: 0 };
