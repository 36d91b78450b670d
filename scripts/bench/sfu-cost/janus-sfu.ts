import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { CannotRun } from '../bench.ts';
import type { Sfu } from './sfu.ts';

const BIN = '/usr/bin/janus';
const START_MS = 20_000;
const NO_SUCH_FEED = 428;
const UNUSED_PLUGINS = [
  'audiobridge',
  'duktape',
  'echotest',
  'lua',
  'nosip',
  'recordplay',
  'sip',
  'streaming',
  'textroom',
  'videocall',
  'voicemail',
];
const UNUSED_TRANSPORTS = ['mqtt', 'nanomsg', 'pfunix', 'rabbitmq', 'websockets'];

/** Of what Janus says, what is looked at. */
interface Answer {
  readonly janus: string;
  readonly transaction?: string;
  readonly data?: { readonly id: number };
  readonly plugindata?: {
    readonly data: { readonly error?: string; readonly error_code?: number; readonly id?: number };
  };
  readonly jsep?: { readonly type: string; readonly sdp: string };
}

/** Debian's Janus with its video room, on loopback, with settings of its own and nothing but HTTP and that plugin loaded. */
export class JanusSfu implements Sfu {
  /** Throws CannotRun where Janus is not installed. */
  static async start(folder: string): Promise<JanusSfu> {
    if (!existsSync(BIN)) throw new CannotRun('needs Janus: apt-get install -y --no-install-recommends janus');
    const port = await freePort();
    const configs = path.join(folder, 'janus');
    mkdirSync(configs, { recursive: true });
    writeFileSync(
      path.join(configs, 'janus.jcfg'),
      `general: {
  configs_folder = "${configs}"
  debug_level = 2
}
nat: { ice_enforce_list = "127.0.0.1" }
plugins: { disable = "${toFiles(UNUSED_PLUGINS)}" }
transports: { disable = "${toFiles(UNUSED_TRANSPORTS)}" }
`,
    );
    writeFileSync(
      path.join(configs, 'janus.transport.http.jcfg'),
      `general: {
  json = "plain"
  base_path = "/janus"
  http = true
  port = ${port}
  ip = "127.0.0.1"
  https = false
}
admin: { admin_http = false }
`,
    );
    writeFileSync(path.join(configs, 'janus.plugin.videoroom.jcfg'), 'general: { }\n');
    const child = spawn(BIN, ['-F', configs], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => void said.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void said.push(chunk.toString()));
    const janus = new JanusSfu(child, `http://127.0.0.1:${port}/janus`);
    const until = performance.now() + START_MS;
    while (!(await janus.#isUp())) {
      if (child.exitCode !== null || performance.now() > until) {
        await janus.close();
        throw new CannotRun(`Janus did not start: ${said.join('').slice(-2000)}`);
      }
      await delay(100);
    }
    return janus;
  }

  readonly #child: ChildProcess;
  readonly #url: string;
  #transactions = 0;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
  }

  get pid(): number {
    const { pid, exitCode } = this.#child;
    if (pid === undefined || exitCode !== null) throw new Error('Janus has ended');
    return pid;
  }

  async connect(name: string, pages: readonly [Page, Page]): Promise<void> {
    const session = await this.#openSession();
    const room = Number(name.replace(/\D/g, ''));
    const maker = await session.attach();
    // The bit rate is the sender's to choose, as with ours.
    await maker.ask({ request: 'create', room, publishers: 2, bitrate: 0, audiocodec: 'opus', videocodec: 'vp8' });
    const feeds: number[] = [];
    for (const page of pages) {
      const sender = await session.attach();
      const joined = await sender.tell({ request: 'join', ptype: 'publisher', room });
      const sdp = await page.evaluate(() => window.sfu.offerToJanus());
      const answer = await sender.tell({ request: 'configure', audio: true, video: true }, { type: 'offer', sdp });
      await page.evaluate((sdp) => window.sfu.acceptFromJanus(sdp), answer.jsep?.sdp ?? '');
      feeds.push(joined.plugindata?.data.id ?? 0);
    }
    for (const [index, page] of pages.entries()) {
      const receiver = await session.attach();
      const streams = [{ feed: feeds[1 - index] }];
      const offer = await patiently(() => receiver.tell({ request: 'join', ptype: 'subscriber', room, streams }));
      const sdp = await page.evaluate((sdp) => window.sfu.answerJanus(sdp), offer.jsep?.sdp ?? '');
      await receiver.tell({ request: 'start' }, { type: 'answer', sdp });
    }
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
  }

  async #isUp(): Promise<boolean> {
    try {
      return (await fetch(`${this.#url}/info`)).ok;
    } catch {
      return false;
    }
  }

  async #post(where: string, body: object): Promise<Answer> {
    this.#transactions += 1;
    const response = await fetch(`${this.#url}${where}`, {
      method: 'POST',
      body: JSON.stringify({ transaction: String(this.#transactions), ...body }),
    });
    const answer = (await response.json()) as Answer;
    if (answer.janus === 'error' || answer.plugindata?.data.error !== undefined) {
      throw new JanusRefusal(answer);
    }
    return answer;
  }

  /** A session, whose events are read until Janus ends: it keeps a session only while somebody reads. */
  async #openSession() {
    const { data } = await this.#post('', { janus: 'create' });
    const id = data?.id;
    const waiting = new Map<string, (answer: Answer) => void>();
    const read = async (): Promise<void> => {
      while (this.#child.exitCode === null) {
        const response = await fetch(`${this.#url}/${id}?maxev=1`).catch(() => undefined);
        const event = (await response?.json().catch(() => undefined)) as Answer | undefined;
        if (event === undefined) return;
        const { transaction = '' } = event;
        waiting.get(transaction)?.(event);
        waiting.delete(transaction);
      }
    };
    void read();
    return {
      attach: async () => {
        const handle = (await this.#post(`/${id}`, { janus: 'attach', plugin: 'janus.plugin.videoroom' })).data?.id;
        const where = `/${id}/${handle}`;
        return {
          /** Answered at once. */
          ask: (body: object) => this.#post(where, { janus: 'message', body }),
          /** Answered by an event. */
          tell: async (body: object, jsep?: object): Promise<Answer> => {
            const transaction = `t${id}-${handle}-${waiting.size}-${performance.now()}`;
            const answered = new Promise<Answer>((resolve) => waiting.set(transaction, resolve));
            await this.#post(where, { janus: 'message', transaction, body, ...(jsep !== undefined && { jsep }) });
            const event = await answered;
            if (event.plugindata?.data.error !== undefined) throw new JanusRefusal(event);
            return event;
          },
        };
      },
    };
  }
}

function toFiles(names: readonly string[]): string {
  return names.map((name) => `libjanus_${name}.so`).join(',');
}

class JanusRefusal extends Error {
  readonly code: number | undefined;

  constructor(answer: Answer) {
    super(`Janus refused: ${JSON.stringify(answer)}`);
    this.code = answer.plugindata?.data.error_code;
  }
}

/** Whoever sends is there for others once its connection stands. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + START_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof JanusRefusal) || error.code !== NO_SUCH_FEED || performance.now() > until) throw error;
      await delay(100);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
