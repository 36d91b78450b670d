import type { MediaProfile } from '@jaqyn/shared/media/media-profile';
import * as mediasoup from 'mediasoup';
import type { Router, TransportListenInfo, WebRtcServer, WebRtcTransport, Worker } from 'mediasoup/types';
import type { Logger } from '../kernel/logger.ts';
import { MEDIA_CODECS } from './codecs.ts';
import type { Direction } from './media-port.ts';
import { LINE_LIMITS } from './report-line.ts';

export interface WorkerOptions {
  /** One port for UDP and TCP; undefined takes free ones. */
  readonly port: number | undefined;
  readonly listenIps: readonly string[];
  readonly announcedAddress?: string | undefined;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  /** Milliseconds between two looks at whether the process still answers. */
  readonly pulseMs?: number;
}

const PULSE_MS = 5000;
/** A process that answered none of so many looks hangs: it is ended like a dead one, so that its rooms can move. */
const MISSED_PULSES = 6;

/** One mediasoup process with its WebRTC server. */
export class MediaWorker {
  /** Throws when the process or its port cannot be had. */
  static async create(options: WorkerOptions): Promise<MediaWorker> {
    const worker = await mediasoup.createWorker({ logLevel: 'warn' });
    keepOutOfSignals(worker);
    try {
      const server = await worker.createWebRtcServer({ listenInfos: listenInfos(options) });
      const { udpSockets } = await server.dump();
      return new MediaWorker(worker, server, udpSockets[0]?.port, options);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  readonly port: number | undefined;
  readonly #worker: Worker;
  readonly #server: WebRtcServer;
  readonly #died = new Set<() => void>();
  readonly #logger: WorkerOptions['logger'];
  readonly #pulse: NodeJS.Timeout;
  #routers = 0;
  #transports = 0;
  #missedPulses = 0;

  private constructor(worker: Worker, server: WebRtcServer, port: number | undefined, options: WorkerOptions) {
    const { logger, pulseMs = PULSE_MS } = options;
    this.#worker = worker;
    this.#server = server;
    this.#logger = logger;
    this.port = port;
    this.#pulse = setInterval(() => this.#feelPulse(), pulseMs);
    this.#pulse.unref();
    worker.on('died', (error) => {
      clearInterval(this.#pulse);
      logger.error({ err: error, pid: worker.pid }, 'media worker died');
      for (const listener of this.#died) listener();
    });
  }

  get isUp(): boolean {
    return !this.#worker.closed;
  }

  get pid(): number {
    return this.#worker.pid;
  }

  get transports(): number {
    return this.#transports;
  }

  /** For choosing a worker: transports carry the work, an empty room will soon have four. */
  get load(): number {
    return this.#transports + this.#routers;
  }

  onDied(listener: () => void): void {
    this.#died.add(listener);
  }

  async createRouter(): Promise<Router> {
    const router = await this.#worker.createRouter({ mediaCodecs: MEDIA_CODECS });
    this.#routers += 1;
    router.observer.once('close', () => {
      this.#routers -= 1;
    });
    return router;
  }

  async createTransport(
    router: Router,
    direction: Direction,
    { recovery, estimate }: MediaProfile,
  ): Promise<WebRtcTransport> {
    const transport = await router.createWebRtcTransport({
      webRtcServer: this.#server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      iceConsentTimeout: direction === 'send' ? recovery.iceConsentSeconds : recovery.downConsentSeconds,
      initialAvailableOutgoingBitrate: estimate.initialBps,
      ...(estimate.isFitted && {
        enableSctp: true,
        maxSendMessageSize: LINE_LIMITS.messageBytes,
        maxReceiveMessageSize: LINE_LIMITS.messageBytes,
        sctpSendBufferSize: LINE_LIMITS.bufferBytes,
        sctpPerStreamSendQueueLimit: LINE_LIMITS.bufferBytes,
        sctpMaxReceiverWindowBufferSize: LINE_LIMITS.windowBytes,
      }),
      appData: { direction },
    });
    this.#transports += 1;
    transport.observer.once('close', () => {
      this.#transports -= 1;
    });
    return transport;
  }

  /** Resolves when the process has ended. */
  async close(): Promise<void> {
    clearInterval(this.#pulse);
    if (this.#worker.subprocessClosed) return;
    const ended = new Promise<void>((resolve) => this.#worker.once('subprocessclose', () => resolve()));
    this.#worker.close();
    await ended;
  }

  /** Counts looks, not time: after the whole machine stood still, one answered look makes up for it. */
  #feelPulse(): void {
    if (this.#missedPulses >= MISSED_PULSES) {
      this.#logger.error({ pid: this.pid }, 'media worker hangs and is ended');
      process.kill(this.pid, 'SIGKILL');
      return;
    }
    const isWaiting = this.#missedPulses > 0;
    this.#missedPulses += 1;
    if (isWaiting) return;
    this.#worker.getResourceUsage().then(
      () => {
        this.#missedPulses = 0;
      },
      () => undefined, // died meanwhile, which is told by itself
    );
  }
}

/** What mediasoup and its workers complain about, in our log. */
export function listenToMediasoup(logger: Pick<Logger, 'error' | 'debug'>): void {
  mediasoup.setLogEventListeners({
    onwarn: (namespace, message) => logger.debug({ namespace }, message),
    onerror: (namespace, message, error) => logger.error({ namespace, err: error }, message),
  });
}

function listenInfos({ port, listenIps, announcedAddress }: WorkerOptions): TransportListenInfo[] {
  return listenIps.flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      ...(port !== undefined && { port }),
      ...(announcedAddress !== undefined && !isLoopback(ip) && { announcedAddress }),
    })),
  );
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.');
}

/**
 * mediasoup closes every worker as soon as the process gets SIGTERM. Here the server decides: it drains first, so that live
 * consults end in their own time.
 */
function keepOutOfSignals(worker: Worker): void {
  const { onSignal } = worker as unknown as { onSignal?: () => void };
  if (onSignal === undefined) throw new Error('mediasoup handles signals in a way this server does not know');
  process.removeListener('SIGINT', onSignal);
  process.removeListener('SIGTERM', onSignal);
}
