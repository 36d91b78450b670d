import type { FastifyInstance } from 'fastify';
import { DomainError } from '../kernel/domain-error.ts';

/** Origins that may change things or open a socket: what is configured, and this machine's own names for the port. */
export class OriginList {
  readonly #allowed: Set<string>;

  constructor(options: { publicOrigin: string | undefined; allowedOrigins: readonly string[] }) {
    this.#allowed = new Set(
      [...options.allowedOrigins, ...(options.publicOrigin ? [options.publicOrigin] : [])].map(
        (origin) => new URL(origin).origin,
      ),
    );
  }

  /** Called when the port is known: loopback is always the server itself. */
  allowLoopback(port: number): void {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) this.#allowed.add(`http://${host}:${port}`);
  }

  allows(origin: string): boolean {
    return this.#allowed.has(origin);
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** SameSite=Strict is the first wall against forged requests, this is the second. Programs send no Origin and pass. */
export function installOriginCheck(app: FastifyInstance, origins: OriginList): void {
  app.addHook('onRequest', async (request) => {
    const { origin } = request.headers;
    if (origin === undefined || SAFE_METHODS.has(request.method)) return;
    if (!origins.allows(origin)) throw new DomainError('request.origin_refused');
  });
}
