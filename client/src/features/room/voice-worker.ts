/**
 * Runs beside the page and handles each piece of sound as it leaves and as it comes: puts copies of earlier ones in front (shared
 * `red.ts`), and looks at when it arrives (shared `link-witness.ts`).
 */
import { LinkWitness } from '@jaqyn/shared/media/link-witness';
import { opusDurationMs } from '@jaqyn/shared/media/opus-duration';
import { type RedBlock, RedWriter, unwrapRed } from '@jaqyn/shared/media/red';
import type { VoiceOrder, VoiceReading, VoiceTransformOptions } from './voice-worker-messages.ts';

/** What TypeScript's list of browser types does not have for workers beside a page's. */
interface EncodedFrame {
  data: ArrayBuffer;
  getMetadata(): { rtpTimestamp?: number; sequenceNumber?: number };
}
interface TransformEvent extends Event {
  readonly transformer: {
    readonly readable: ReadableStream<EncodedFrame>;
    readonly writable: WritableStream<EncodedFrame>;
    readonly options: VoiceTransformOptions;
  };
}

const NOTHING = new Uint8Array();
/** How often the page hears how the way is. */
const TELL_MS = 100;

addEventListener('rtctransform', (event) => {
  const { readable, writable, options } = (event as TransformEvent).transformer;
  const handle = options.kind === 'send' ? repeatEarlier(options) : watchArrivals(options);
  const stream = new TransformStream<EncodedFrame, EncodedFrame>({
    transform(frame, controller) {
      let isWanted = true;
      try {
        isWanted = handle(frame);
      } finally {
        // Whatever was wrong with it: sound is never held back.
        if (isWanted) controller.enqueue(frame);
      }
    },
  });
  // It ends with the connection, which is no error of anybody's.
  readable
    .pipeThrough(stream)
    .pipeTo(writable)
    .catch(() => undefined);
});

/** Whether a frame is to go on. While a link is away the browser keeps what it is given, and sends all of it, long said, when it is back. */
function repeatEarlier({
  port,
  copies,
}: Extract<VoiceTransformOptions, { kind: 'send' }>): (frame: EncodedFrame) => boolean {
  const writer = RedWriter.create(copies);
  let isAway = false;
  port.addEventListener('message', ({ data }: MessageEvent<VoiceOrder>) => {
    if ('copies' in data) writer.plan = data.copies;
    else isAway = data.isAway;
  });
  port.start();
  return (frame) => {
    if (isAway) return false;
    const timestamp = frame.getMetadata().rtpTimestamp ?? 0;
    frame.data = writer.write({ timestamp, data: new Uint8Array(frame.data).slice() }).buffer;
    return true;
  };
}

function watchArrivals({
  port,
  isRedundant,
}: Extract<VoiceTransformOptions, { kind: 'receive' }>): (frame: EncodedFrame) => boolean {
  const witness = LinkWitness.create();
  let toldAt = 0;
  return (frame) => {
    const { rtpTimestamp, sequenceNumber } = frame.getMetadata();
    if (rtpTimestamp === undefined) return true;
    const now = performance.now();
    const pieces = piecesOf(frame, rtpTimestamp, isRedundant);
    const durationMs = opusDurationMs(pieces.at(-1)?.data ?? NOTHING);
    witness.add({ at: now, rtpTimestamp, sequenceNumber, durationMs });
    if (now - toldAt < TELL_MS) return true;
    toldAt = now;
    const reading = witness.read(now);
    if (reading === undefined) return true;
    const reachMs = ((rtpTimestamp - (pieces[0]?.timestamp ?? rtpTimestamp)) >>> 0) / 48;
    port.postMessage({ ...reading, reachMs } satisfies VoiceReading);
    return true;
  };
}

/** Oldest first, the one that is new last. */
function piecesOf({ data }: EncodedFrame, timestamp: number, isRedundant: boolean): readonly RedBlock[] {
  const bytes = new Uint8Array(data);
  return isRedundant ? (unwrapRed(timestamp, bytes) ?? []) : [{ timestamp, data: bytes }];
}

postMessage('ready');
