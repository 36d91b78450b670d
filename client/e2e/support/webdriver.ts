/** What an element is called on the wire. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** As WebDriver writes them. */
export const KEYS = { enter: '\uE007', escape: '\uE00C' } as const;

/**
 * One window, driven by the W3C's WebDriver. The dozen commands that are used here take fewer lines than the settings of
 * `webdriver` or `selenium-webdriver`, which bring a hundred packages or a program that downloads browsers.
 */
export class WebDriverWindow {
  /** Throws with what the driver says. */
  static async open(driver: string, capabilities: object): Promise<WebDriverWindow> {
    const { sessionId } = (await command('POST', `${driver}/session`, {
      capabilities: { alwaysMatch: capabilities },
    })) as { sessionId: string };
    return new WebDriverWindow(`${driver}/session/${sessionId}`);
  }

  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  async goto(url: string): Promise<void> {
    await command('POST', `${this.#session}/url`, { url });
  }

  /** Of the page itself, without what the window has around it. */
  async resize({ width, height }: { width: number; height: number }): Promise<void> {
    const extra = await this.evaluate(() => [outerWidth - innerWidth, outerHeight - innerHeight] as const);
    await command('POST', `${this.#session}/window/rect`, { width: width + extra[0], height: height + extra[1] });
    await this.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, { width, height });
  }

  /** What the function answers in the page, awaited; it sees nothing but its argument. A text is run as a script. */
  async evaluate<R, A = undefined>(run: string | ((argument: A) => R | Promise<R>), argument?: A): Promise<R> {
    if (typeof run === 'string') return (await this.#execute(run, [])) as R;
    const script = `const [argument, done] = arguments;
      (async () => (${String(run)})(argument))().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = (await this.#execute(script, [argument ?? null], 'async')) as { value: R; error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  }

  /** Asks as often as the driver answers; where it does not come about, it throws after `timeoutMs`. */
  async waitForFunction<A = undefined>(
    isSo: (argument: A) => boolean,
    argument?: A,
    timeoutMs = 20_000,
  ): Promise<void> {
    const end = Date.now() + timeoutMs;
    // In many questions and not in one: a page that is left takes its question with it.
    while (!(await this.evaluate(isSo, argument).catch(() => false))) {
      if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${String(isSo)}`);
    }
  }

  /** Goes on in the window that this opens. */
  async follow(open: () => void): Promise<void> {
    const handles = async () => (await command('GET', `${this.#session}/window/handles`)) as string[];
    const before = await handles();
    await this.evaluate(open);
    const end = Date.now() + 10_000;
    let handle: string | undefined;
    while (handle === undefined) {
      handle = (await handles()).find((one) => !before.includes(one));
      if (handle === undefined && Date.now() > end) throw new Error('no window was opened');
    }
    await command('POST', `${this.#session}/window`, { handle });
  }

  async click(selector: string): Promise<void> {
    await command('POST', `${await this.#element(selector)}/click`, {});
  }

  /** Key by key, as a person. */
  async type(selector: string, text: string): Promise<void> {
    await command('POST', `${await this.#element(selector)}/value`, { text });
  }

  /** What the window shows, as PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from((await command('GET', `${this.#session}/screenshot`)) as string, 'base64');
  }

  async close(): Promise<void> {
    await command('DELETE', this.#session);
  }

  async #element(selector: string): Promise<string> {
    const found = await command('POST', `${this.#session}/element`, { using: 'css selector', value: selector });
    return `${this.#session}/element/${(found as { [ELEMENT]: string })[ELEMENT]}`;
  }

  #execute(script: string, args: readonly unknown[], kind: 'sync' | 'async' = 'sync'): Promise<unknown> {
    return command('POST', `${this.#session}/execute/${kind}`, { script, args });
  }
}

async function command(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (!response.ok) throw new Error(`${value?.error}: ${value?.message}`);
  return value;
}
