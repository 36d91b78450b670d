import { createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { crc32 } from 'node:zlib';
import type { IceParameters, TransportParameters } from '@jaqyn/shared/media/transport';

const MAGIC = 0x2112_a442;
const BINDING = 0x0001;
const BINDING_OK = 0x0101;
const HEADER_BYTES = 20;

const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlling: 0x802a,
} as const;

/** Asks a transport, from one address, whether it takes ICE parameters: what a browser does many times a second (RFC 8445, RFC 8489). */
export class StunClient {
  readonly #socket: Socket = createSocket('udp4');
  readonly #to: { readonly ip: string; readonly port: number };

  constructor({ iceCandidates }: TransportParameters) {
    const candidate = iceCandidates.find(({ protocol, ip }) => protocol === 'udp' && !ip.includes(':'));
    if (candidate === undefined) throw new Error('no way by UDP');
    this.#to = candidate;
  }

  /**
   * Sends until there is an answer. The first request from here has to be one that is taken: others are not answered. `isChosen`: from
   * now on this is the way.
   */
  async takes(parameters: IceParameters, { isChosen = false } = {}): Promise<boolean> {
    const request = createRequest(parameters, isChosen);
    const answered = once(this.#socket, 'message', { signal: AbortSignal.timeout(10_000) });
    const send = () => this.#socket.send(request, this.#to.port, this.#to.ip);
    send();
    const again = setInterval(send, 500);
    try {
      const [message] = (await answered) as [Buffer];
      return message.readUInt16BE(0) === BINDING_OK;
    } finally {
      clearInterval(again);
    }
  }

  close(): void {
    this.#socket.close();
  }
}

function createRequest({ usernameFragment, password }: IceParameters, isChosen: boolean): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(BINDING, 0);
  header.writeUInt32BE(MAGIC, 4);
  randomBytes(12).copy(header, 8);
  let message = Buffer.concat([
    header,
    attribute(ATTRIBUTE.username, Buffer.from(`${usernameFragment}:test`)),
    attribute(ATTRIBUTE.priority, Buffer.from([0x6e, 0, 0, 1])),
    attribute(ATTRIBUTE.iceControlling, randomBytes(8)),
    ...(isChosen ? [attribute(ATTRIBUTE.useCandidate, Buffer.alloc(0))] : []),
  ]);
  // Each counts itself in the length before it is made.
  setLength(message, message.length + 24);
  message = Buffer.concat([
    message,
    attribute(ATTRIBUTE.messageIntegrity, createHmac('sha1', password).update(message).digest()),
  ]);
  setLength(message, message.length + 8);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(message) ^ 0x5354_554e) >>> 0);
  return Buffer.concat([message, attribute(ATTRIBUTE.fingerprint, fingerprint)]);
}

function setLength(message: Buffer, end: number): void {
  message.writeUInt16BE(end - HEADER_BYTES, 2);
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
