import { FILE_RATE } from '@jaqyn/shared/media/file-rate';
import { PIECES_WINDOW_BYTES } from '@jaqyn/shared/signalling/limits';
import { ProblemError } from '../../lib/problem-error.ts';

/** A piece is so much of the line's time: longer, and a voice waits behind it; shorter, and its headers cost more than they should. */
const PIECE_MS = 180;
const LEAST_PIECE = 1400;
const MOST_PIECE = 4096;
/** What a piece costs beside its bytes: the frame's name and numbers, and the headers of its packets and of their answer's. */
export const PIECE_HEADERS = 230;
/** And no more than the line carries in so long: an answer that takes longer than a few seconds is taken for a cut. */
const WINDOW_MS = 3000;
/** As often is asked how far it is, without a byte more being there. */
const MOST_DOUBTS = 4;

export interface PieceLine {
  /** How many bytes are there. Throws ProblemError. */
  open(): Promise<number>;
  /** Sends bytes from an offset; answers how many are there then. Throws ProblemError. */
  piece(offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<number>;
  /** What may be sent, in bit/s; undefined: no longer this way. Asked before each piece. */
  budgetBps(): number | undefined;
  /** So many bytes are there, `cost` with their headers went for the newest. */
  onArrived(offset: number, cost: number): void;
  readonly signal: AbortSignal;
}

/**
 * Sends a file in pieces of which several are on their way at once, no faster than the budget says, and never more than
 * {@link PIECES_WINDOW_BYTES} unanswered: what a cut may cost. Begins at `from`, which may be a guess. Resolves with true when all is there, with false
 * when there is no budget for it any more or `signal` was raised. Throws ProblemError when the line breaks or the server refuses.
 */
export async function sendInPieces(blob: Blob, from: number, line: PieceLine): Promise<boolean> {
  let next = from;
  let there = from;
  let doubts = 0;
  let failure: ProblemError | undefined;
  let credit = 0;
  let filledAt = performance.now();
  const onWay = new Set<Promise<void>>();
  let onWayBytes = 0;

  const send = (offset: number, bytes: Uint8Array<ArrayBuffer>): void => {
    onWayBytes += bytes.byteLength;
    const sent = line
      .piece(offset, bytes)
      .then(
        (reached) => {
          if (reached > there) doubts = 0;
          there = Math.max(there, reached);
          line.onArrived(there, bytes.byteLength + PIECE_HEADERS);
        },
        (error: unknown) => {
          failure ??= ProblemError.from(error);
        },
      )
      .finally(() => {
        onWayBytes -= bytes.byteLength;
        onWay.delete(sent);
      });
    onWay.add(sent);
  };

  while (there < blob.size) {
    // All was sent and answered, and yet it is not all there.
    if (next >= blob.size && onWay.size === 0) failure ??= ProblemError.local('attachment.offset_conflict');
    if (failure !== undefined) {
      // What follows a lost piece does not fit either: all of them are heard first.
      await Promise.all(onWay);
      const lost = failure;
      failure = undefined;
      doubts += 1;
      if (lost.code !== 'attachment.offset_conflict' || doubts > MOST_DOUBTS) throw lost;
      there = await line.open();
      next = there;
      continue;
    }
    const budget = line.budgetBps();
    if (line.signal.aborted || budget === undefined) {
      await Promise.all(onWay);
      return there >= blob.size;
    }
    const bytesPerMs = Math.max(FILE_RATE.floorBps, budget) / 8000;
    const size = Math.min(
      blob.size - next,
      Math.max(LEAST_PIECE, Math.min(MOST_PIECE, Math.round(bytesPerMs * PIECE_MS))),
    );
    const cost = size + PIECE_HEADERS;
    const window = Math.min(PIECES_WINDOW_BYTES, Math.max(2 * size, bytesPerMs * WINDOW_MS));
    const now = performance.now();
    // What was not used in time is not sent in a burst afterwards.
    credit = Math.min(cost, credit + (now - filledAt) * bytesPerMs);
    filledAt = now;
    if (size > 0 && onWayBytes + size <= window && credit >= cost) {
      credit -= cost;
      const offset = next;
      next += size;
      send(offset, new Uint8Array(await blob.slice(offset, next).arrayBuffer()));
      continue;
    }
    const isFull = size === 0 || onWayBytes + size > window;
    await Promise.race([...onWay, ...(isFull ? [] : [pause((cost - credit) / bytesPerMs)])]);
  }
  await Promise.all(onWay);
  return true;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(1, ms)));
}
