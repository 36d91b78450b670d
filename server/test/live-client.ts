import type { Problem } from '@jaqyn/shared/errors/problem';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { RtpCapabilities } from '@jaqyn/shared/media/rtp';
import { KIND_OF_SOURCE, type MediaSource } from '@jaqyn/shared/media/source';
import type { Ack } from '@jaqyn/shared/signalling/ack';
import type {
  NotificationData,
  NotificationName,
  RequestInput,
  RequestName,
  ResponseData,
} from '@jaqyn/shared/signalling/events';
import { io, type Socket } from 'socket.io-client';
import { newId } from '../src/kernel/ids.ts';
import { COOKIE } from './live-server.ts';
import { rtpParametersOf } from './rtp.ts';
import { until } from './until.ts';

/** What the server refused, with the fields of its Problem. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly code: Problem['code'];
  readonly fields: Problem['fields'];

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
    this.code = problem.code;
    this.fields = problem.fields;
  }
}

/** A socket as a browser tab would have it, with a record of everything it was told. */
export class LiveClient {
  readonly socket: Socket;
  readonly told: { name: string; data: unknown }[] = [];
  readonly disconnects: string[] = [];

  constructor(
    origin: string,
    token: string | undefined,
    options: { origin?: string | null; reconnection?: boolean } = {},
  ) {
    const pageOrigin = options.origin === undefined ? origin : options.origin;
    this.socket = io(origin, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: options.reconnection ?? false,
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
      extraHeaders: {
        ...(pageOrigin !== null && { origin: pageOrigin }),
        ...(token !== undefined && { cookie: `theme=dark; ${COOKIE}=${token}` }),
      },
    });
    this.socket.onAny((name: string, data: unknown) => this.told.push({ name, data }));
    this.socket.on('disconnect', (reason) => this.disconnects.push(reason));
  }

  /** Resolves when connected; rejects with the problem or the message of the refusal. */
  connected(): Promise<this> {
    return new Promise((resolve, reject) => {
      if (this.socket.connected) resolve(this);
      this.socket.once('connect', () => resolve(this));
      this.socket.once('connect_error', (error: Error & { data?: Problem }) =>
        reject(error.data === undefined ? error : new Refusal(error.data)),
      );
    });
  }

  /** Whatever is said, also what the table does not allow. */
  raw(...args: unknown[]): Promise<Ack<unknown>> {
    const [name, ...rest] = args;
    return this.socket.timeout(10_000).emitWithAck(name as string, ...rest);
  }

  async call<Name extends RequestName>(name: Name, data: RequestInput<Name>): Promise<ResponseData<Name>> {
    const ack = (await this.raw(name, data)) as Ack<ResponseData<Name>>;
    if (!ack.ok) throw new Refusal(ack.problem);
    return ack.data;
  }

  heard<Name extends NotificationName>(name: Name): NotificationData<Name>[] {
    return this.told.filter((one) => one.name === name).map(({ data }) => data as NotificationData<Name>);
  }

  /** Waits for the n-th notification of that name. */
  hears<Name extends NotificationName>(name: Name, count = 1): Promise<NotificationData<Name>> {
    return until(`notification ${name}`, () => this.heard(name)[count - 1]);
  }

  async join(
    requestId: RequestId,
    narrow: (caps: RtpCapabilities) => RtpCapabilities = (caps) => caps,
    { hasRed = false, isVideoWanted = true } = {},
  ) {
    const { version, rtpCapabilities } = await this.call('media:capabilities', {});
    return this.call('room:join', {
      requestId,
      capabilitiesVersion: version,
      rtpCapabilities: narrow(rtpCapabilities),
      hasRed,
      isVideoWanted,
    });
  }

  async produce(source: MediaSource) {
    const producerKey = newId<string>();
    const kind = KIND_OF_SOURCE[source];
    const answer = await this.call('producer:create', {
      producerKey,
      kind,
      source,
      rtpParameters: rtpParametersOf(kind),
      isPaused: false,
    });
    return { producerKey, ...answer };
  }

  close(): void {
    this.socket.disconnect();
  }
}
