import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';

const load = (environment: Record<string, string>) => loadConfig(environment, '/srv/jaqyn');

describe('loadConfig', () => {
  test('unset and empty mean the default', () => {
    const config = load({ PORT: '', JAQYN_PUBLIC_ORIGIN: '', JAQYN_TRUST_PROXY: '' });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: '/srv/jaqyn/data',
      databasePath: '/srv/jaqyn/data/jaqyn.db',
      publicOrigin: undefined,
      allowedOrigins: [],
      isSecure: false,
      trustProxy: false,
      sessionHours: 12,
      ringSeconds: 45,
    });
    expect(config.rtc).toMatchObject({ port: 40000, listenIps: ['127.0.0.1'] });
    expect(config.rtc.workers).toBeGreaterThan(0);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('a relay has addresses and a secret, or neither', () => {
    expect(load({}).rtc.relay).toBeUndefined();
    const JAQYN_TURN_URLS = 'turn:turn.example.kz:3478?transport=udp, turns:turn.example.kz:443?transport=tcp';
    const JAQYN_TURN_SECRET = 'sixteen letters or more';
    expect(load({ JAQYN_TURN_URLS, JAQYN_TURN_SECRET }).rtc.relay).toEqual({
      urls: ['turn:turn.example.kz:3478?transport=udp', 'turns:turn.example.kz:443?transport=tcp'],
      secret: JAQYN_TURN_SECRET,
      hours: 12,
    });
    for (const wrong of [
      { JAQYN_TURN_URLS },
      { JAQYN_TURN_SECRET },
      { JAQYN_TURN_URLS, JAQYN_TURN_SECRET: 'short' },
      { JAQYN_TURN_URLS: 'https://turn.example.kz', JAQYN_TURN_SECRET },
    ]) {
      expect(() => load(wrong), JSON.stringify(wrong)).toThrow(
        expect.objectContaining({ code: 'server.config_invalid' }),
      );
    }
  });

  test('what is set is taken', () => {
    const config = load({
      PORT: '0',
      JAQYN_DATA_DIR: '/var/lib/jaqyn',
      JAQYN_PUBLIC_ORIGIN: 'https://jaqyn.example.kz',
      JAQYN_ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080,,',
      JAQYN_RTC_LISTEN_IPS: '10.0.0.1, ::1',
      JAQYN_TRUST_PROXY: 'true',
      JAQYN_RING_SECONDS: '0.5',
      UNKNOWN: 'x',
    });
    expect(config).toMatchObject({
      port: 0,
      databasePath: '/var/lib/jaqyn/jaqyn.db',
      isSecure: true,
      allowedOrigins: ['https://a.example', 'http://b.example:8080'],
      trustProxy: true,
      ringSeconds: 0.5,
      rtc: { listenIps: ['10.0.0.1', '::1'] },
    });
  });

  test.each([
    ['PORT', ['http', '-1', '65536', '80.5', ' ', '0x50', '1e3']],
    ['JAQYN_PUBLIC_ORIGIN', ['jaqyn.example.kz', 'data:,x', 'javascript:alert(1)', 'file:///etc', '//x']],
    ['JAQYN_ALLOWED_ORIGINS', ['*', 'https://a.example,nonsense', 'null', 'data:,x']],
    ['JAQYN_LOG_LEVEL', ['loud']],
    ['JAQYN_LOG_PRETTY', ['perhaps']],
    ['JAQYN_SESSION_HOURS', ['0', '-1', '73', 'long', 'Infinity', 'NaN']],
    ['JAQYN_RING_SECONDS', ['0', '-5', '3601', 'x']],
    ['JAQYN_TRUST_PROXY', ['maybe']],
    ['JAQYN_RTC_PORT', ['70000', 'x']],
    ['JAQYN_RTC_LISTEN_IPS', [',', 'localhost', '10.0.0.1,nonsense', '999.0.0.1']],
    ['JAQYN_MEDIA_WORKERS', ['0', '65', '1.5', 'x']],
    ['JAQYN_MEDIA_PROFILE', ['demo', 'Stock']],
  ])('%s is refused by its name: %j', (name, values) => {
    for (const value of values) {
      let thrown: unknown;
      try {
        load({ [name]: value });
      } catch (error) {
        thrown = error;
      }
      expect(thrown, value).toMatchObject({ code: 'server.config_invalid' });
      const { fields } = thrown as { fields: { path: string; code: string }[] };
      expect([...new Set(fields.map(({ path }) => path.split('.')[0]))], value).toEqual([name]);
    }
  });

  test('all that is wrong is named at once', () => {
    expect(() => load({ PORT: 'x', JAQYN_RING_SECONDS: 'y' })).toThrow(
      expect.objectContaining({
        fields: [expect.objectContaining({ path: 'PORT' }), expect.objectContaining({ path: 'JAQYN_RING_SECONDS' })],
      }),
    );
  });
});
