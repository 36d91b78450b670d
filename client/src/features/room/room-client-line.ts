import type { NotificationData, RequestData, ResponseData } from '@jaqyn/shared/signalling/events';
import { fromBytes, type NumberedReport, toBytes } from '@jaqyn/shared/signalling/way-report-bytes';
import type { types } from 'mediasoup-client';
import { noteProblem } from '../../lib/diagnostics.ts';
import { ProblemError } from '../../lib/problem-error.ts';

type Offered = NonNullable<ResponseData<'room:join'>['reportLine']>;
type Advice = NotificationData<'sender:advised'>;

interface Options {
  readonly send: types.Transport;
  readonly recv: types.Transport;
  readonly offered: Offered;
  readonly onAdvice: (advice: Advice) => void;
}

/** As the server has it (server/src/media/report-line.ts). */
const DELIVERY = { ordered: false, maxRetransmits: 0 } as const;
/** While the way is away nothing is piled up for later. */
const MOST_WAITING_BYTES = 512;

/**
 * Reports of how sound arrives, beside the media instead of over the socket: there a lost packet holds up all that follow it, on a link that loses
 * a twentieth for seconds at a time, and a sender that hears nothing fills the queue.
 */
export class ReportLine {
  static create(options: Options): ReportLine {
    return new ReportLine(options);
  }

  readonly #options: Options;
  #up: types.DataProducer | undefined;

  private constructor(options: Options) {
    this.#options = options;
    // Without it the socket carries them, as it does where a browser has no data channels.
    Promise.all([this.#listen(), this.#speak()]).catch(
      (error: unknown) => options.recv.closed || noteProblem(ProblemError.from(error)),
    );
  }

  get isOpen(): boolean {
    return this.#up?.readyState === 'open';
  }

  say(report: RequestData<'receiver:report'> & Pick<NumberedReport, 'sequence'>): void {
    const line = this.#up;
    if (line?.readyState === 'open' && line.bufferedAmount < MOST_WAITING_BYTES) line.send(toBytes(report));
  }

  async #listen(): Promise<void> {
    const { recv, offered, onAdvice } = this.#options;
    const { consumerId: id, producerId: dataProducerId, streamId } = offered.down;
    const sctpStreamParameters = { streamId, ...DELIVERY };
    const line = await recv.consumeData({ id, dataProducerId, sctpStreamParameters, label: 'reports' });
    line.binaryType = 'arraybuffer';
    line.on('message', (data: unknown) => {
      const report = data instanceof ArrayBuffer ? fromBytes(new Uint8Array(data)) : undefined;
      if (report !== undefined) onAdvice(report);
    });
  }

  async #speak(): Promise<void> {
    const { send, offered } = this.#options;
    send.on('producedata', (_, go) => go({ id: offered.up.producerId }));
    this.#up = await send.produceData({ ...DELIVERY, label: 'reports' });
  }
}
