import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Lab } from './lab.ts';
import { isStale } from './lab-name.ts';
import { ensureLabTools } from './lab-tools.ts';
import { Link } from './link.ts';
import { bothWays, toChange } from './link-words.ts';
import { isInOrder, measureDelays } from './measure.ts';
import { listNamespaces } from './namespace.ts';
import { playReally, probe } from './probe.ts';
import { getProfile } from './profiles.ts';
import { verifyProfile } from './verify.ts';

// The smoke of the real thing: real namespaces, TUN devices and packets. Times are only held to their lower bounds, which a busy
// machine cannot break; that the emulated links are exactly what they say is proved in virtual time (profiles.test.ts).

let lab: Lab;
const createLab = async (): Promise<Lab> => {
  lab = await Lab.create();
  return lab;
};

beforeAll(async () => {
  await ensureLabTools('plain');
  await ensureLabTools('sanitized');
}, 120_000);
afterEach(() => lab.close());

const ECHO = { up: { every: 10, size: 100 }, isEcho: true };

test('sites reach the server over their own lines, and nothing else', async () => {
  await createLab();
  const clinic = await lab.addSite('clinic');
  const station = await lab.addSite('station', getProfile('vsat'));
  await station.link.set({ up: { jitter: 0 }, down: { jitter: 0 } });
  const [near, far] = await Promise.all([
    probe(lab, clinic, { ...ECHO, ms: 500 }),
    probe(lab, station, { up: { every: 50, size: 100 }, isEcho: true, ms: 1500 }),
  ]);
  expect(near.up.every(({ delay }) => delay !== undefined)).toBe(true);
  expect(far.up.some(({ delay }) => delay !== undefined)).toBe(true);
  // 2 × 300 ms, and 100 bytes at 128 and 256 kbit/s.
  expect(measureDelays(far.up).min).toBeGreaterThanOrEqual(600 + 6.2 + 3.1);
  expect(isInOrder(far.up)).toBe(true);
  expect(() => station.namespace.run('ip', ['route', 'get', '10.77.10.2'])).not.toThrow();
  expect(lab.server.run('sh', ['-c', 'ip route show default'])).toBe('');
  expect(lab.server.run('cat', ['/proc/sys/net/ipv4/ip_forward']).trim()).toBe('0');
});

test('numbered packets stop at a cut, come again after it, and are all accounted for', async () => {
  await createLab();
  const station = await lab.addSite('station', getProfile('good'));
  await station.link.set(bothWays({ delay: 50, jitter: 0, loss: 0 }));
  await station.link.reset();
  const [trace] = await Promise.all([
    probe(lab, station, { up: { every: 5, size: 60 }, down: { every: 5, size: 60 }, ms: 3000, waitMs: 500 }),
    sleep(1000).then(() => station.link.cut(1000)),
  ]);
  const stats = await station.link.readStats();
  for (const way of ['up', 'down'] as const) {
    const isLost = trace[way].map(({ delay }) => delay === undefined);
    const [first, last] = [isLost.indexOf(true), isLost.lastIndexOf(true)];
    // In one piece, a second long, with packets before and after.
    expect(isLost.slice(first, last + 1)).not.toContain(false);
    expect((last + 1 - first) * 5).toBeGreaterThanOrEqual(950);
    expect(first).toBeGreaterThan(0);
    expect(last).toBeLessThan(trace[way].length - 1);
    expect(measureDelays(trace[way]).min).toBeGreaterThanOrEqual(50);
    expect(stats[way].lost).toEqual({ queue: 0, air: 0, gap: 0, cut: isLost.filter(Boolean).length });
    expect(stats[way].delivered.packets).toBe(isLost.filter((lost) => !lost).length);
    expect(stats[way].delivered.bytes).toBe(stats[way].delivered.packets * 60);
  }
  expect(stats.refused).toEqual({ up: 0, down: 0 });
});

test('the real link has the rate and the queue of its profile, and a planted one is found out', async () => {
  await createLab();
  const profile = getProfile('adsl');
  const station = await lab.addSite('station', profile);
  const verify = (rate: number): ReturnType<typeof verifyProfile> => {
    const change = toChange({ ...profile, up: { ...profile.up, rate } }, 1);
    return verifyProfile(profile, (play) => playReally(lab, station, change, play), {
      thinMs: 300,
      floodMs: 1000,
      slackMs: 20,
    });
  };
  const rates = async (rate: number): Promise<[string, boolean][]> =>
    (await verify(rate)).flatMap(({ what, isMet }) => (/rate|queue/.test(what) ? [[what, isMet]] : []));
  expect(await rates(256)).toEqual([
    ['up rate', true],
    ['up queue', true],
    ['down rate', true],
    ['down queue', true],
  ]);
  expect(new Map(await rates(300)).get('up rate')).toBe(false);
}, 60_000);

test('a switch changes the address packets come from, and the old line is dead', async () => {
  await createLab();
  const station = await lab.addSite('station', getProfile('good'));
  const before = station.line;
  const next = await station.addLine(getProfile('good'));
  station.use(next);
  expect(station.address).not.toBe(before.address);
  expect(station.namespace.run('ip', ['-o', 'route', 'get', '10.77.0.1'])).toContain(`src ${station.address}`);
  expect(station.namespace.run('ip', ['-o', '-4', 'addr'])).not.toContain(before.address);
  const { up } = await probe(lab, station, { ...ECHO, ms: 300 });
  expect(up.every(({ delay }) => delay !== undefined)).toBe(true);
});

test('the emulator survives nonsense, does nothing by half and leaves nothing behind', async () => {
  await createLab();
  const { linkem } = await ensureLabTools('sanitized');
  const a = { namespace: `${lab.name}-server`, device: 'nonsense0' };
  const link = await Link.create(linkem, a, { ...a, device: 'nonsense1' });
  await expect(link.set({ up: { rate: 64, loss: 200 } })).rejects.toThrow('up: loss must be 0 to 100 %');
  await expect(link.set({ up: { rate: Number.NaN } })).rejects.toThrow('not a number: NaN');
  await expect(link.set({ seed: 1.5 })).rejects.toThrow('seed must be a whole number');
  await link.cut();
  await link.restore();
  await link.reset();
  expect((await link.readStats()).up.offered.packets).toBe(0);
  // A sanitizer that finds something ends the process with an error on stderr.
  await link.close();
  await expect(link.readStats()).rejects.toThrow(/^The link emulator ended: exit code 0$/);
});

test('an emulator that cannot begin says why', async () => {
  await createLab();
  const a = { namespace: `${lab.name}-nowhere`, device: 'x0' };
  await expect(Link.create(lab.tools.linkem, a, a)).rejects.toThrow(/nowhere: No such file or directory/);
});

describe('cleaning up', () => {
  test('a closed lab leaves neither namespaces, nor processes, nor files', async () => {
    await createLab();
    const station = await lab.addSite('station', getProfile('vsat'));
    const child = station.namespace.spawn('sleep', ['1000'], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    expect(listNamespaces().filter((name) => name.startsWith(lab.name))).toHaveLength(2);
    await lab.close();
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(listNamespaces().filter((name) => name.startsWith(lab.name))).toEqual([]);
    expect(existsSync(lab.folder)).toBe(false);
    await lab.close();
  });

  test('what a killed run left is removed by the next, what a living one has is not', async () => {
    const other = await startOther();
    await createLab();
    expect(other.left()).toHaveLength(2);
    await lab.close();

    await other.end('SIGKILL');
    expect(other.left()).toHaveLength(2);
    await createLab();
    expect(other.left()).toEqual([]);
  }, 30_000);

  test('a run that is told to stop removes its own', async () => {
    const other = await startOther();
    await other.end('SIGTERM');
    expect(other.left()).toEqual([]);
    await createLab();
  }, 30_000);

  test('only names of labs whose process is gone are stale', () => {
    expect(isStale(`jaqyn-lab-${process.pid}-1-1-server`)).toBe(true);
    expect(isStale('jaqyn-lab-999999999-5-1')).toBe(true);
    expect(isStale('jaqyn-lab')).toBe(false);
    expect(isStale('somebody-elses')).toBe(false);
    expect(isStale('jaqyn-lab-1-2-3/../x')).toBe(false);
  });
});

/** A lab with a site and a program running in it, in another process. */
async function startOther(): Promise<{ left(): string[]; end(signal: NodeJS.Signals): Promise<void> }> {
  const source = `
    import { Lab } from ${JSON.stringify(join(import.meta.dirname, 'lab.ts'))};
    import { getProfile } from ${JSON.stringify(join(import.meta.dirname, 'profiles.ts'))};
    const lab = await Lab.create();
    const site = await lab.addSite('station', getProfile('vsat'));
    const child = site.namespace.spawn('sleep', ['1000'], { stdio: 'ignore' });
    child.once('spawn', () => console.log(lab.name));`;
  const other = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [name] = (await once(createInterface({ input: other.stdout }), 'line')) as [string];
  return {
    left: () => listNamespaces().filter((namespace) => namespace.startsWith(name)),
    async end(signal) {
      const ended = once(other, 'exit');
      other.kill(signal);
      await ended;
    },
  };
}
