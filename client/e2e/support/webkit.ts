import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WebDriverWindow } from './webdriver.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY_SERVER = '/usr/bin/Xvfb';

/** Of a window in which a whole page is to be seen; X11 has an end, and lists of hundreds of cards have none. */
export const MOST_HEIGHT = 8000;
const DISPLAY_SIZE = `1600x${MOST_HEIGHT + 100}x24`;

/** Debian's WebKitGTK: Safari's engine, without WebRTC, on a display that nobody sees. */
export class WebKit {
  /** Throws with what to type where something of it is missing. */
  static async start(): Promise<WebKit> {
    for (const needed of [DRIVER, DISPLAY_SERVER]) {
      if (!existsSync(needed))
        throw new Error(
          `No ${needed}: apt-get update; apt-get install -y --no-install-recommends webkit2gtk-driver xvfb`,
        );
    }
    const display = spawn(
      DISPLAY_SERVER,
      ['-displayfd', '3', '-screen', '0', DISPLAY_SIZE, '-nolisten', 'tcp', '-noreset'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    const number = await firstLine(display.stdio[3] as Readable);
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${port}`], {
      stdio: 'ignore',
      // No graphics card, and no session of a desktop.
      env: { ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1' },
    });
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${url}/status`).catch(() => undefined))?.ok) {
      if (driver.exitCode !== null) throw new Error(`${DRIVER} ended with ${driver.exitCode}`);
      await delay(20);
    }
    return new WebKit([driver, display], url);
  }

  readonly #children: readonly ChildProcess[];
  readonly #url: string;

  private constructor(children: readonly ChildProcess[], url: string) {
    this.#children = children;
    this.#url = url;
  }

  /** A window of somebody who was never here. One at a time. */
  async open(): Promise<WebDriverWindow> {
    const window = await WebDriverWindow.open(this.#url, {
      'webkitgtk:browserOptions': { args: ['--automation', '--javascript-can-open-windows-automatically=true'] },
    });
    // The first one is as wide as its buttons; one that is opened without them can be as narrow as a telephone.
    await window.follow(() => void globalThis.open('about:blank', '_blank', 'popup,width=390,height=844'));
    return window;
  }

  async close(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      await gone;
    }
  }
}

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('Xvfb has found no display');
}

/** The driver takes a number and does not say which one it has. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
