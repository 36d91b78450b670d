/**
 * Runs beside the page and handles each piece of sound as it leaves and as it comes: puts copies of earlier ones in front (shared
 * `red.ts`), and looks at when it arrives (shared `link-witness.ts`).
 */
import { LinkWitness } from '@jaqyn/shared/media/link-witness';
import { type RedPlan, RedWriter, unwrapRed } from '@jaqyn/shared/media/red';
import type { VoiceReading, VoiceTransformOptions } from './voice-worker-messages.ts';

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

/** How often the page hears how the way is. */
const TELL_MS = 100;

addEventListener('rtctransform', (event) => {
  const { readable, writable, options } = (event as TransformEvent).transformer;
  const handle = options.kind === 'send' ? repeatEarlier(options) : watchArrivals(options);
  const stream = new TransformStream<EncodedFrame, EncodedFrame>({
    transform(frame, controller) {
      try {
        handle(frame);
      } finally {
        // Whatever was wrong with it: sound is never held back.
        controller.enqueue(frame);
      }
    },
  });
  // It ends with the connection, which is no error of anybody's.
  readable
    .pipeThrough(stream)
    .pipeTo(writable)
    .catch(() => undefined);
});

function repeatEarlier({
  port,
  copies,
}: Extract<VoiceTransformOptions, { kind: 'send' }>): (frame: EncodedFrame) => void {
  const writer = RedWriter.create(copies);
  port.addEventListener('message', ({ data }: MessageEvent<RedPlan>) => {
    writer.plan = data;
  });
  port.start();
  return (frame) => {
    const timestamp = frame.getMetadata().rtpTimestamp ?? 0;
    frame.data = writer.write({ timestamp, data: new Uint8Array(frame.data).slice() }).buffer;
  };
}

function watchArrivals({
  port,
  isRedundant,
}: Extract<VoiceTransformOptions, { kind: 'receive' }>): (frame: EncodedFrame) => void {
  const witness = LinkWitness.create();
  let toldAt = 0;
  return (frame) => {
    const { rtpTimestamp, sequenceNumber } = frame.getMetadata();
    if (rtpTimestamp === undefined) return;
    const now = performance.now();
    witness.add({ at: now, rtpTimestamp, sequenceNumber });
    if (now - toldAt < TELL_MS) return;
    toldAt = now;
    const reading = witness.read(now);
    if (reading === undefined) return;
    const [oldest] = isRedundant ? (unwrapRed(rtpTimestamp, new Uint8Array(frame.data)) ?? []) : [];
    const reachMs = oldest === undefined ? 0 : ((rtpTimestamp - oldest.timestamp) >>> 0) / 48;
    port.postMessage({ ...reading, reachMs } satisfies VoiceReading);
  };
}

postMessage('ready');
