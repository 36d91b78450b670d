import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocketServer } from 'ws';

/** Who holds the key that the signer chooses in NCALayer's window, or that they close it, or that it breaks. */
export type KeyHolder = { readonly commonName: string; readonly iin: string } | 'closes the window' | 'fails';

/** What a request of kz.gov.pki.knca.basics looks like. */
interface BasicsRequest {
  readonly module: string;
  readonly method: string;
  readonly args?: {
    readonly format: string;
    readonly data: string | readonly string[];
    readonly signingParams: Readonly<Record<string, unknown>>;
    readonly signerParams: { readonly extKeyUsageOids: readonly string[] };
    readonly locale: string;
  };
}

/**
 * NCALayer as a page sees it: a websocket over TLS on its one port, speaking kz.gov.pki.knca.basics. Its "CMS" is a JSON text that says
 * what was signed and by whom; the node below believes nothing else.
 */
export class FakeNcaLayer {
  readonly requests: BasicsRequest[] = [];
  holder: KeyHolder;
  readonly #server: TlsServer;
  readonly #sockets: WebSocketServer;

  private constructor(server: TlsServer, sockets: WebSocketServer, holder: KeyHolder) {
    this.#server = server;
    this.#sockets = sockets;
    this.holder = holder;
  }

  static async create(holder: KeyHolder): Promise<FakeNcaLayer> {
    const server = createServer(makeCertificate());
    const sockets = new WebSocketServer({ server });
    const layer = new FakeNcaLayer(server, sockets, holder);
    sockets.on('connection', (socket) => {
      // It speaks first, and says which version it is.
      socket.send(JSON.stringify({ result: { version: '1.4' } }));
      socket.on('message', (message: Buffer) => socket.send(JSON.stringify(layer.#answer(message.toString('utf8')))));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(13579, '127.0.0.1', resolve);
    });
    return layer;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #answer(message: string): object {
    const request = JSON.parse(message) as BasicsRequest;
    if (request.module !== 'kz.gov.pki.knca.basics' || request.args === undefined) {
      return { status: false, code: '404', message: 'MODULE_NOT_FOUND', details: request.module };
    }
    this.requests.push(request);
    const { holder } = this;
    if (holder === 'fails') return { status: false, code: '500', message: 'INTERNAL_ERROR', details: 'no token' };
    if (holder === 'closes the window') return { status: true, body: {} };
    const { data } = request.args;
    const sign = (base64: string) => {
      const sha256 = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
      const cms = Buffer.from(JSON.stringify({ sha256, ...holder })).toString('base64');
      return `-----BEGIN CMS-----\n${cms}\n-----END CMS-----\n`;
    };
    return { status: true, body: { result: typeof data === 'string' ? sign(data) : data.map(sign) } };
  }
}

/** NCANode's POST /cms/verify for the signatures above: valid over the very bytes, stamped now. */
export class FakeNcaNode {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async create(): Promise<FakeNcaNode> {
    const server = createHttpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const answer = request.url === '/cms/verify' ? judge(Buffer.concat(chunks).toString()) : undefined;
        response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer ?? {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeNcaNode(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

// One moment for one signature, as a time stamp inside of it would say.
const stamps = new Map<string, string>();

function judge(body: string): object {
  const { cms, data } = JSON.parse(body) as { cms: string; data: string };
  const signed = JSON.parse(Buffer.from(cms, 'base64').toString()) as Record<'sha256' | 'commonName' | 'iin', string>;
  const sha256 = createHash('sha256').update(Buffer.from(data, 'base64')).digest('hex');
  const genTime = stamps.get(cms) ?? new Date().toISOString().replace('Z', '+00:00');
  stamps.set(cms, genTime);
  const certificate = {
    valid: true,
    serialNumber: createHash('sha256').update(signed.iin).digest('hex').slice(0, 40),
    notBefore: '2026-01-01T00:00:00.000+00:00',
    notAfter: '2027-01-01T00:00:00.000+00:00',
    keyUsage: 'SIGN',
    revocations: [{ revoked: false, by: 'OCSP' }],
    subject: { commonName: signed.commonName, iin: signed.iin },
  };
  return { valid: signed.sha256 === sha256, signers: [{ certificates: [certificate], tsp: { genTime } }] };
}

/** NCALayer brings a certificate for 127.0.0.1 of its own; here the browser is told not to ask. */
function makeCertificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-ncalayer-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  try {
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', ...kind, '-subj', '/CN=127.0.0.1', '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
