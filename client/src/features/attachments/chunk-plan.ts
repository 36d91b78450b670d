/** How an upload is cut, by what the line has shown so far. Bytes and milliseconds. */
export interface ChunkPlan {
  readonly bytes: number;
  /** Bytes a second of the last pieces, undefined before the first. */
  readonly rate: number | undefined;
}

const KB = 1024;
export const FIRST_CHUNK: ChunkPlan = { bytes: 16 * KB, rate: undefined };
const LEAST = 4 * KB;
const MOST = 4096 * KB;
/** A piece takes about so long: a cut costs no more than that, and the answer to each is a small part of it. */
const AIM_MS = 3000;
/** Beside a call a piece is a short burst, which a queue of voice can wait for. */
const AIM_IN_CALL_MS = 250;
/** Beside a call two thirds of the time are the call's. */
const REST_IN_CALL = 2;

/** After a piece of `bytes` took `ms`: small first, then up to twice as large each time, and smaller at once on a line that got slow. */
export function planChunk(before: ChunkPlan, sent: { bytes: number; ms: number }, isInCall: boolean): ChunkPlan {
  const measured = sent.bytes / (Math.max(sent.ms, 1) / 1000);
  const rate = before.rate === undefined ? measured : before.rate * 0.6 + measured * 0.4;
  const fitting = Math.min(measured, rate) * ((isInCall ? AIM_IN_CALL_MS : AIM_MS) / 1000);
  const bytes = Math.round(Math.min(fitting, before.bytes * 2, MOST));
  return { bytes: Math.max(LEAST, bytes), rate };
}

/** Milliseconds to wait before the next piece. */
export function restAfter(ms: number, isInCall: boolean): number {
  return isInCall ? Math.min(ms * REST_IN_CALL, 10_000) : 0;
}

export function secondsLeft(plan: ChunkPlan, bytes: number, isInCall: boolean): number | undefined {
  if (plan.rate === undefined || plan.rate <= 0) return undefined;
  return Math.ceil((bytes / plan.rate) * (isInCall ? 1 + REST_IN_CALL : 1));
}

/** A piece beside a call that says what it can spare: so long a burst waits a voice behind it, at most. */
const PIECE_MS = 200;
const LEAST_PIECE = 2 * KB;
const MOST_PIECE = 256 * KB;
/** Nothing stands still for good, however little is spare. Bit/s. */
const LEAST_BPS = 12_000;
/** What goes with each piece: its request's headers. */
export const REQUEST_BYTES = 700;

/** Bytes of the next piece under a budget in bit/s. */
export function pieceFor(budgetBps: number): number {
  const bytes = Math.round((Math.max(LEAST_BPS, budgetBps) / 8) * (PIECE_MS / 1000));
  return Math.min(MOST_PIECE, Math.max(LEAST_PIECE, bytes));
}

/** A bucket of one piece: milliseconds until the next may go, after one of `bytes` took `ms`. */
export function restUnder(budgetBps: number, sent: { bytes: number; ms: number }): number {
  const ms = ((sent.bytes + REQUEST_BYTES) * 8000) / Math.max(LEAST_BPS, budgetBps);
  return Math.max(0, Math.min(10_000, ms - sent.ms));
}
