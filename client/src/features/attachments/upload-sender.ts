/**
 * Brings the bytes of an announced file to the server: by tus, or, beside a call on a thin link, in pieces over the live connection. Either goes on where
 * the other stopped.
 */
import { uploadPath } from '@jaqyn/shared/attachments/attachment.contract';
import type { AttachmentId } from '@jaqyn/shared/kernel/ids';
import { DetailedError, Upload as TusUpload } from 'tus-js-client';
import { ProblemError } from '../../lib/problem-error.ts';
import { signalling } from '../../lib/signalling.ts';
import { spareLine } from '../../lib/spare-line.ts';
import {
  type ChunkPlan,
  FIRST_CHUNK,
  pieceFor,
  planChunk,
  REQUEST_BYTES,
  restAfter,
  restUnder,
  secondsLeft,
} from './chunk-plan.ts';
import { sendInPieces } from './piece-sender.ts';

/** Above it a round trip for each piece costs little, and pieces may be large. Bit/s. */
const WIDE_BPS = 512_000;

let plan: ChunkPlan = FIRST_CHUNK;
let isInCall = false;

/** Beside a call the line is the call's first. */
export function setInCall(value: boolean): void {
  isInCall = value;
}

/** Bytes a second that the line has shown; undefined before the first piece. */
export function lineRate(): number | undefined {
  return plan.rate;
}

export interface Sending {
  readonly id: AttachmentId;
  readonly blob: Blob;
  /** So many bytes are there; what is left takes about so long, where that is known. */
  readonly onProgress: (sent: number, secondsLeft: number | undefined) => void;
  readonly signal: AbortSignal;
}

/** Resolves when all bytes are there, or `signal` was raised. Throws ProblemError. Beside a call the picture makes room until {@link giveLineBack}. */
export async function sendBytes(sending: Sending): Promise<void> {
  // See room-client-governor.ts.
  spareLine.isSending = isInCall;
  if (!(await sendBesideThinCall(sending)) && !sending.signal.aborted) await sendByTus(sending);
}

/** Nothing is sent for now: the line is the call's alone. */
export function giveLineBack(): void {
  spareLine.isSending = false;
}

/** bit/s for pieces over the live connection; undefined where they are not the better way. */
function thinBudget(): number | undefined {
  const { budgetBps } = spareLine;
  return isInCall && signalling.isConnected && budgetBps !== undefined && budgetBps <= WIDE_BPS ? budgetBps : undefined;
}

async function sendBesideThinCall({ id, blob, onProgress, signal }: Sending): Promise<boolean> {
  if (thinBudget() === undefined) return false;
  const startedAt = performance.now();
  // Where a file goes on after a reload or a cut is the server's to say.
  const open = async (): Promise<number> => (await signalling.call('upload:open', { attachmentId: id })).offset;
  const from = await open();
  return sendInPieces(blob, from, {
    signal,
    budgetBps: thinBudget,
    open,
    piece: async (offset, bytes) => (await signalling.call('upload:piece', { offset, bytes })).offset,
    onArrived: (offset, cost) => {
      spareLine.sentBytes += cost;
      spareLine.isSending = isInCall;
      const perMs = (offset - from) / (performance.now() - startedAt);
      onProgress(offset, perMs > 0 ? Math.ceil((blob.size - offset) / perMs / 1000) : undefined);
    },
  });
}

function sendByTus({ id, blob, onProgress, signal }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = performance.now();
    let rest = 0;
    /** Bytes a second with rests. */
    let paced: number | undefined;
    const upload: TusUpload = new TusUpload(blob, {
      uploadUrl: uploadPath(id),
      chunkSize: isInCall ? pieceFor(spareLine.budgetBps ?? 0) : plan.bytes,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onBeforeRequest: async () => {
        if (rest > 0) await new Promise((wake) => setTimeout(wake, rest));
        sentAt = performance.now();
      },
      onProgress: (sent) => {
        const budget = isInCall ? spareLine.budgetBps : undefined;
        const left = blob.size - sent;
        // What was measured of pieces and their rests, where a budget makes them.
        onProgress(sent, budget === undefined ? secondsLeft(plan, left, isInCall) : paced && Math.ceil(left / paced));
      },
      onChunkComplete: (bytes) => {
        const ms = performance.now() - sentAt;
        plan = planChunk(plan, { bytes, ms }, isInCall);
        const budget = isInCall ? spareLine.budgetBps : undefined;
        spareLine.sentBytes += bytes + REQUEST_BYTES;
        spareLine.isSending = isInCall;
        rest = budget === undefined ? restAfter(ms, isInCall) : restUnder(budget, { bytes, ms });
        const rate = bytes / ((ms + rest) / 1000);
        paced = paced === undefined ? rate : 0.8 * paced + 0.2 * rate;
        // Read for each piece anew.
        upload.options.chunkSize = budget === undefined ? plan.bytes : pieceFor(budget);
      },
      onSuccess: () => resolve(),
      onError: (error) => reject(problemOf(error)),
    });
    signal.addEventListener('abort', () => {
      void upload.abort();
      resolve();
    });
    if (!signal.aborted) upload.start();
    else resolve();
  });
}

function problemOf(error: unknown): ProblemError {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response || response.getStatus() === 0) return ProblemError.local('network.unreachable', error);
  let body: unknown;
  try {
    body = JSON.parse(response.getBody());
  } catch {
    // A HEAD has no words; what is wrong is said by the next announcement.
    return ProblemError.local('network.unreachable', error);
  }
  return ProblemError.fromAnswer(response.getStatus(), body);
}
