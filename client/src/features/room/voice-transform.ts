import type { RedPlan } from '@jaqyn/shared/media/red';
import { noteProblem } from '../../lib/diagnostics.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { workerAddress } from '../../lib/worker-address.ts';
// oxlint-disable-next-line import/default -- the bundler makes it: the address of the worker's own file
import workerUrl from './voice-worker.ts?worker&url';
import type { VoiceOrder, VoiceReading, VoiceTransformOptions } from './voice-worker-messages.ts';

interface Transforming {
  transform: unknown;
}
type TransformClass = new (worker: Worker, options: VoiceTransformOptions, transfer: Transferable[]) => object;

/** A worker that does not answer by then is not waited for: the call begins with plain sound. */
const READY_MS = 4000;

/** The worker of one call and what goes through it. */
export class VoiceTransforms {
  /** Undefined where this browser has no encoded transforms, or its worker does not start. */
  static async create(): Promise<VoiceTransforms | undefined> {
    const Transform = (globalThis as { RTCRtpScriptTransform?: TransformClass }).RTCRtpScriptTransform;
    if (Transform === undefined || typeof Worker === 'undefined') return undefined;
    let worker: Worker;
    try {
      worker = new Worker(workerAddress('voice-worker', workerUrl), { type: 'module' });
    } catch (error) {
      // Whatever keeps a browser from it, a call does without.
      noteProblem(ProblemError.from(error));
      return undefined;
    }
    const isReady = await new Promise<boolean>((resolve) => {
      worker.addEventListener('message', () => resolve(true), { once: true });
      worker.addEventListener('error', () => resolve(false), { once: true });
      setTimeout(() => resolve(false), READY_MS);
    });
    if (isReady) return new VoiceTransforms(worker, Transform);
    worker.terminate();
    return undefined;
  }

  readonly #worker: Worker;
  readonly #Transform: TransformClass;

  private constructor(worker: Worker, Transform: TransformClass) {
    this.#worker = worker;
    this.#Transform = Transform;
  }

  /** From now on this track's packets are RED. Answers how to change the copies, and how to say that the link is away. */
  attachToSender(sender: RTCRtpSender, copies: RedPlan): (order: VoiceOrder) => void {
    const { port1, port2 } = new MessageChannel();
    const options = { kind: 'send', port: port2, copies } as const;
    (sender as unknown as Transforming).transform = new this.#Transform(this.#worker, options, [port2]);
    return (order) => port1.postMessage(order);
  }

  attachToReceiver(receiver: RTCRtpReceiver, isRedundant: boolean, onReading: (reading: VoiceReading) => void): void {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }: MessageEvent<VoiceReading>) => onReading(data));
    port1.start();
    const options = { kind: 'receive', port: port2, isRedundant } as const;
    (receiver as unknown as Transforming).transform = new this.#Transform(this.#worker, options, [port2]);
  }

  close(): void {
    this.#worker.terminate();
  }
}
