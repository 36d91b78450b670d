import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { BrowserContext } from 'playwright-core';

declare global {
  interface Window {
    relayTo?: (serverPort: number) => Promise<void>;
  }
}

/** The same stretches for whoever is measured: 80 ms of every 800. */
const EVERY_MS = 800;
const BURST_MS = 80;

/** UDP between browsers and the media server on loopback, which loses everything for a while, again and again. */
export class LossyRelay {
  static async create(): Promise<LossyRelay> {
    const relay = new LossyRelay();
    relay.#front.bind(0, '127.0.0.1');
    await once(relay.#front, 'listening');
    return relay;
  }

  isLosing = false;
  lost = 0;
  /** Of the media server; the first page tells it. */
  #serverPort = 0;
  readonly #front = createSocket('udp4');
  /** By the browser's port. */
  readonly #backs = new Map<number, Socket>();

  private constructor() {
    this.#front.on('message', (packet, { port }) => {
      if (this.#serverPort === 0 || this.#loses()) return;
      this.#backOf(port).send(packet, this.#serverPort, '127.0.0.1');
    });
  }

  /** Browsers of this context reach the media server through here, and no other way. */
  async lead(context: BrowserContext): Promise<void> {
    const { port } = this.#front.address();
    await context.exposeFunction('relayTo', (serverPort: number) => {
      this.#serverPort = serverPort;
    });
    await context.addInitScript((relayPort) => {
      const connections: {
        setRemoteDescription: (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>;
      } = RTCPeerConnection.prototype;
      const real = connections.setRemoteDescription;
      connections.setRemoteDescription = function (description) {
        const { sdp = '' } = description;
        const serverPort = /^a=candidate:\S+ \d+ udp \d+ \S+ (\d+)/im.exec(sdp)?.[1];
        if (serverPort !== undefined) void window.relayTo?.(Number(serverPort));
        const led = sdp
          .replace(/^a=candidate:.* tcp .*\r\n/gim, '')
          .replace(/^(a=candidate:\S+ \d+ udp \d+ \S+) \d+/gim, `$1 ${relayPort}`);
        return real.call(this, { ...description, sdp: led });
      };
    }, port);
  }

  close(): void {
    this.#front.close();
    for (const back of this.#backs.values()) back.close();
  }

  #backOf(port: number): Socket {
    const known = this.#backs.get(port);
    if (known !== undefined) return known;
    const back = createSocket('udp4');
    back.on('message', (packet) => {
      if (!this.#loses()) this.#front.send(packet, port, '127.0.0.1');
    });
    this.#backs.set(port, back);
    return back;
  }

  #loses(): boolean {
    if (!this.isLosing || Date.now() % EVERY_MS >= BURST_MS) return false;
    this.lost += 1;
    return true;
  }
}
