import type * as ms from 'mediasoup/types';

/**
 * Lines for short messages beside the media, by SCTP over the same DTLS: a packet that is lost holds up nothing behind it, as it would on
 * the socket. None is sent again. (By its age one would be given up on a satellite while it is on its way, and that is told in a packet more.)
 */
const DELIVERY = { ordered: false, maxRetransmits: 0 } as const;
/** Bytes of one message; all that may wait for a way that is away; and of what came in pieces or out of turn. */
export const LINE_LIMITS = { messageBytes: 256, bufferBytes: 4096, windowBytes: 65_536 } as const;
/** mediasoup-client counts from here, and a transport has one line. */
const UP_STREAM = 0;
/** A client tells of each of five others four times a second; who says much more says it to make work. */
const MESSAGES_A_SECOND = 60;

/** Of a client, or of whatever else speaks SCTP. */
type SctpTransport = ms.WebRtcTransport | ms.PlainTransport;

export interface DownLine {
  readonly parameters: { readonly consumerId: string; readonly producerId: string; readonly streamId: number };
  /** Whether the client answers on it. */
  readonly isOpen: boolean;
  /** Lost with its packet, and dropped while the line is not open. */
  send(bytes: Uint8Array): void;
}

export interface UpLine {
  readonly producerId: string;
}

/** From the server to the client of `transport`. */
export async function openDownLine(transport: SctpTransport, nobody: ms.DataProducer): Promise<DownLine> {
  const line = await transport.consumeData({
    dataProducerId: nobody.id,
    ...DELIVERY,
  });
  const isOpen = () => !line.closed && transport.sctpState === 'connected';
  return {
    parameters: {
      consumerId: line.id,
      producerId: nobody.id,
      streamId: line.sctpStreamParameters?.streamId ?? 0,
    },
    get isOpen() {
      return isOpen();
    },
    send(bytes) {
      // Full, or gone with its worker: the next report says more.
      if (isOpen()) line.send(Buffer.from(bytes)).catch(() => undefined);
    },
  };
}

/** From the client of `transport` to the server. Closed for good when more comes than anybody has to say. */
export async function openUpLine(
  transport: SctpTransport,
  here: ms.DirectTransport,
  onMessage: (bytes: Uint8Array) => void,
): Promise<UpLine> {
  const producer = await transport.produceData({
    sctpStreamParameters: { streamId: UP_STREAM, ...DELIVERY },
    label: 'reports',
  });
  const consumer = await here.consumeData({ dataProducerId: producer.id });
  let second = 0;
  let count = 0;
  consumer.on('message', (bytes) => {
    const now = Math.floor(performance.now() / 1000);
    count = now === second ? count + 1 : 1;
    second = now;
    if (count > MESSAGES_A_SECOND) producer.close();
    else onMessage(bytes);
  });
  return { producerId: producer.id };
}
