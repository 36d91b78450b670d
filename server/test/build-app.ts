import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import { type App, createApp } from '../src/app.ts';
import { type Config, loadConfig } from '../src/config.ts';
import { DomainError } from '../src/kernel/domain-error.ts';
import { createLogger, type Logger } from '../src/kernel/logger.ts';
import type { MediaPort } from '../src/media/media-port.ts';
import type { FileChecker } from '../src/modules/attachments/file-checker.ts';
import { PASSWORD, type TestUser } from './factories.ts';
import { FakeClock } from './fake-clock.ts';
import { createTestFolder, createTestStore, type TestStore } from './template-database.ts';

/** Where the test app believes its pages come from. */
export const ORIGIN = 'http://jaqyn.test';

type Request = InjectOptions & { url: string };
export type Inject = (request: Request) => Promise<LightMyRequestResponse>;

export interface TestApp {
  readonly app: App;
  readonly store: TestStore;
  readonly clock: FakeClock;
  /** As nobody. */
  readonly inject: Inject;
  /** Signs in over HTTP; answers an inject that sends the cookie. */
  readonly signIn: (user: TestUser, password?: string) => Promise<Inject>;
  /** The raw answer to a sign-in. */
  readonly trySignIn: (login: string, password: string) => Promise<LightMyRequestResponse>;
}

/** Media that is up and never used: nobody enters a room over HTTP. */
const idleMedia: MediaPort = {
  profile: MEDIA_PROFILES.fitted,
  capabilities: { version: 'none', rtpCapabilities: { codecs: [], headerExtensions: [] }, profile: 'fitted' },
  createRouter: () => Promise.reject(new DomainError('media.unavailable')),
  workers: () => [{ index: 0, isUp: true, pid: undefined, transports: 0, deaths: 0 }],
  close: () => Promise.resolve(),
};

interface Options {
  readonly store?: TestStore;
  readonly clock?: FakeClock;
  readonly config?: Partial<Config>;
  readonly logger?: Logger;
  readonly fileChecker?: FileChecker;
}

/** The real app on a migrated database of the test's own, closed with the test. Nothing listens: requests are injected. */
export async function createTestApp(options: Options = {}): Promise<TestApp> {
  const { clock = new FakeClock(), logger = createLogger({ level: 'silent', pretty: false }) } = options;
  const store = options.store ?? (await createTestStore());
  const config = { ...loadConfig({ JAQYN_PUBLIC_ORIGIN: ORIGIN }, createTestFolder()), ...options.config };
  const app = await createApp({
    config,
    store,
    clock,
    logger,
    version: '0.0.0-test',
    startMedia: () => Promise.resolve(idleMedia),
    fileChecker: options.fileChecker,
  });
  onTestFinished(() => app.close());

  // Every caller has an address of its own, so that no test meets the limit of requests per address by accident.
  let callers = 0;
  function caller(cookie?: string): Inject {
    callers += 1;
    const remoteAddress = `10.0.${callers >> 8}.${callers & 255}`;
    return (request) =>
      app.http.inject({
        remoteAddress,
        ...request,
        headers: { origin: ORIGIN, ...(cookie !== undefined && { cookie }), ...request.headers },
      });
  }

  async function trySignIn(login: string, password: string): Promise<LightMyRequestResponse> {
    return caller()({ method: 'POST', url: '/api/session', payload: { login, password } });
  }

  return {
    app,
    store,
    clock,
    inject: caller(),
    trySignIn,
    async signIn(user, password = PASSWORD) {
      const response = await trySignIn(user.login, password);
      if (response.statusCode !== 200) throw new Error(`${user.login} could not sign in: ${response.body}`);
      return caller(cookieOf(response));
    },
  };
}

/** `name=value` of the cookie an answer sets. */
export function cookieOf(response: LightMyRequestResponse): string {
  const [cookie] = response.cookies;
  if (cookie === undefined) throw new Error('The answer sets no cookie');
  return `${cookie.name}=${cookie.value}`;
}
