import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type APIRequestContext, request } from 'playwright-core';
import { DEMO } from './consult.ts';
import { ProductServer } from './server.ts';
import { KEYS, type WebDriverWindow } from './webdriver.ts';
import { WebKit } from './webkit.ts';

/** Runs before everything else of a page, as the policy of the product allows: a file of its own server. */
const LISTENER = `
globalThis.complaints = [];
addEventListener('error', (event) => complaints.push(event.message ?? 'did not load: ' + event.target.outerHTML), true);
addEventListener('unhandledrejection', (event) => complaints.push('unhandled: ' + event.reason));
addEventListener('securitypolicyviolation', (event) => complaints.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
console.error = (...words) => complaints.push(words.join(' '));
`;

/** Somebody who is signed in twice: in the window, and to ask the server where things are. */
interface Visitor {
  readonly window: WebDriverWindow;
  readonly request: APIRequestContext;
}

/** One product and WebKit before it; its people come one after the other. */
export class WebKitCast {
  static async create(): Promise<WebKitCast> {
    const webkit = await WebKit.start();
    const clientDir = listeningClient();
    try {
      return new WebKitCast(webkit, await ProductServer.create({ JAQYN_CLIENT_DIR: clientDir }), clientDir);
    } catch (error) {
      await webkit.close();
      throw error;
    }
  }

  readonly url: string;
  readonly #webkit: WebKit;
  readonly #server: ProductServer;
  readonly #clientDir: string;
  #visitor: Visitor | undefined;

  private constructor(webkit: WebKit, server: ProductServer, clientDir: string) {
    this.#webkit = webkit;
    this.#server = server;
    this.#clientDir = clientDir;
    this.url = server.url;
  }

  /** Signs in by keyboard, as the only one who is here. */
  async enter(login: string): Promise<Visitor> {
    await this.#leave();
    const visitor = { window: await this.#webkit.open(), request: await request.newContext({ baseURL: this.url }) };
    this.#visitor = visitor;
    const answer = await visitor.request.post('/api/session', { data: { login, password: DEMO.password } });
    if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
    const { window } = visitor;
    await window.goto(`${this.url}/sign-in`);
    await window.waitForFunction(() => document.querySelector('input[name=password]') !== null);
    await window.type('input[name=username]', login);
    await window.type('input[name=password]', `${DEMO.password}${KEYS.enter}`);
    await window.waitForFunction(() => !location.pathname.startsWith('/sign-in'));
    return visitor;
  }

  async close(): Promise<void> {
    await this.#leave();
    await this.#webkit.close();
    await this.#server.close();
    rmSync(this.#clientDir, { recursive: true, force: true });
  }

  async #leave(): Promise<void> {
    await this.#visitor?.window.close();
    await this.#visitor?.request.dispose();
    this.#visitor = undefined;
  }
}

/** What the page complained about since it was last asked: WebDriver itself does not hear it. */
export function complaintsOf(window: WebDriverWindow): Promise<string[]> {
  return window.evaluate(() => (globalThis as unknown as { complaints: string[] }).complaints.splice(0));
}

/** The built client in a folder of its own, with the listener before its first script. */
function listeningClient(): string {
  const built = process.env['JAQYN_CLIENT_DIR'] ?? path.resolve(import.meta.dirname, '../../dist');
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-listening-'));
  cpSync(built, folder, { recursive: true });
  const page = readFileSync(path.join(built, 'index.html'), 'utf8');
  writeFileSync(path.join(folder, 'listener.js'), LISTENER);
  writeFileSync(path.join(folder, 'index.html'), page.replace('<head>', '<head><script src="/listener.js"></script>'));
  for (const packed of ['br', 'gz']) rmSync(path.join(folder, `index.html.${packed}`));
  return folder;
}
