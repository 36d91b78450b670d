import { createHash } from 'node:crypto';
import { createApp } from '../../../server/src/app.ts';
import type { Config } from '../../../server/src/config.ts';
import type { Store } from '../../../server/src/db/store.ts';
import type { Clock } from '../../../server/src/kernel/clock.ts';
import { DomainError } from '../../../server/src/kernel/domain-error.ts';
import { newId } from '../../../server/src/kernel/ids.ts';
import { createLogger } from '../../../server/src/kernel/logger.ts';
import type { MediaPort } from '../../../server/src/media/media-port.ts';
import { Refusal } from '../../../server/src/modules/attachments/checked-file.ts';
import type { FileChecker } from '../../../server/src/modules/attachments/file-checker.ts';
import { toInstant } from '../../../shared/src/kernel/time.ts';
import { MEDIA_PROFILES } from '../../../shared/src/media/media-profile.ts';
import { DEMO_PASSWORD } from '../demo-accounts.ts';

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  readonly remoteAddress: string;
  readonly headers?: Record<string, string>;
  readonly payload?: object | Buffer;
}

/** Nobody talks while the demo is told. */
const noMedia: MediaPort = {
  profile: MEDIA_PROFILES.fitted,
  capabilities: { version: 'none', rtpCapabilities: { codecs: [], headerExtensions: [] }, profile: 'fitted' },
  createRouter: () => Promise.reject(new DomainError('media.unavailable')),
  workers: () => [],
  close: () => Promise.resolve(),
};

/** The demo's own files need no process each to be looked at. */
const ownFiles: FileChecker = {
  async check(file, folder) {
    try {
      if (file.endsWith('.pdf')) throw new Refusal('attachment.type_refused');
      const { checkImage } = await import('../../../server/src/modules/attachments/check-image.ts');
      return { kind: 'made', pages: 1, renditions: await checkImage(file, folder) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { checkPdf } = await import('../../../server/src/modules/attachments/check-pdf.ts');
      return { kind: 'made', ...(await checkPdf(file, folder)) };
    }
  },
  close: () => undefined,
};

/** Somebody of the demo, at their screen. */
export interface Person {
  ask<Answer>(method: 'GET' | 'POST' | 'PUT', url: string, body?: object): Promise<Answer>;
  /** Announced, sent, and looked at by the server. */
  send(requestId: string, file: { kind: string; note: string; fileName: string; bytes: Buffer }): Promise<void>;
}

/**
 * The server itself without media and without a port, at whatever time it is in the story: what people do in it leaves behind what it leaves
 * behind in real work, signatures and files included.
 */
export async function openStory(store: Store, config: Config, begin: Date) {
  let now = begin;
  const clock: Clock = { now: () => now, instant: () => toInstant(now) };
  const app = await createApp({
    config,
    store,
    clock,
    logger: createLogger({ level: 'silent', pretty: false }),
    version: 'demo',
    startMedia: () => Promise.resolve(noMedia),
    fileChecker: ownFiles,
    isTold: true,
  });
  await app.http.ready();
  let people = 0;

  const injectOnce = async (call: Call) => app.http.inject(call);

  /** As a patient client: a machine that does many things at once may be overloaded for a moment. */
  async function inject(call: Call) {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await injectOnce(call);
      if (answer.statusCode !== 503 || attempt === 120) return answer;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  async function enter(login: string): Promise<Person> {
    people += 1;
    const remoteAddress = `10.99.0.${people}`;
    const credentials = { login, password: DEMO_PASSWORD };
    const hello = await inject({ method: 'POST', url: '/api/session', remoteAddress, payload: credentials });
    const [cookie] = hello.cookies;
    if (cookie === undefined) throw new Error(`${login} cannot sign in: ${hello.body}`);
    const headers = { cookie: `${cookie.name}=${cookie.value}` };
    const ask = async <Answer>(method: 'GET' | 'POST' | 'PUT', url: string, body?: object): Promise<Answer> => {
      const answer = await inject({ method, url, remoteAddress, headers, ...(body && { payload: body }) });
      if (answer.statusCode >= 400) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
      return answer.json<Answer>();
    };
    return {
      ask,
      async send(requestId, { bytes, ...label }) {
        const id = newId<string>();
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const announcement = { id, ...label, byteLength: bytes.byteLength, sha256 };
        const url = `/api/consultations/${requestId}/attachments`;
        await ask('POST', url, announcement);
        const sent = await inject({
          method: 'PATCH',
          url: `/api/uploads/${id}`,
          remoteAddress,
          headers: {
            ...headers,
            'tus-resumable': '1.0.0',
            'upload-offset': '0',
            'content-type': 'application/offset+octet-stream',
          },
          payload: bytes,
        });
        if (sent.statusCode >= 400) throw new Error(`${label.fileName}: ${sent.statusCode} ${sent.body}`);
        for (;;) {
          const { status } = await ask<{ status: string }>('POST', url, announcement);
          if (status === 'stored') return;
          if (status === 'refused') throw new Error(`${label.fileName} was refused`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      },
    };
  }

  return {
    enter,
    setTime(at: Date): void {
      now = at;
    },
    close: () => app.close(),
  };
}
export type Story = Awaited<ReturnType<typeof openStory>>;
