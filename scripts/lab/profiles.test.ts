import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureLabTools, type LabTools } from './lab-tools.ts';
import { type LinkChange, toChange } from './link-words.ts';
import { getProfile, type Profile, profiles, type WayProfile } from './profiles.ts';
import { playVirtually } from './replay.ts';
import { describeFinding, type Finding, verifyProfile } from './verify.ts';

let tools: LabTools;
beforeAll(async () => {
  tools = await ensureLabTools();
}, 120_000);

/** Minutes of virtual time in which the rarest loss still happens hundreds of times. */
const OPTIONS = { thinMs: 10 * 60_000, floodMs: 10_000, slackMs: 0 };

/** What a link configured by `change` is found to be when it should be `profile`. */
function verify(profile: Profile, change: LinkChange): Promise<Finding[]> {
  return verifyProfile(profile, (play) => playVirtually(tools.replay, change, play), OPTIONS);
}

function describeUnmet(findings: readonly Finding[]): string[] {
  return findings.filter((finding) => !finding.isMet).map(describeFinding);
}

test.each([...profiles.values()])('$name measures what it says', async (profile) => {
  expect(describeUnmet(await verify(profile, toChange(profile, 1)))).toEqual([]);
});

test('the links of the design are there', () => {
  expect([...profiles.keys()]).toEqual([
    'vsat',
    'kazsat-rain',
    '3g-edge',
    'adsl',
    'lossy-lte-10',
    'lossy-lte-20',
    'starlink',
    'cut-5',
    'cut-15',
    'cut-30',
    'cut-60',
    'switch',
    'good',
  ]);
  expect(getProfile('switch').switchTo).toEqual(getProfile('lossy-lte-10'));
  expect(() => getProfile('dial-up')).toThrow('There is no link profile dial-up; there are vsat,');
});

describe('a wrong configuration is found out', () => {
  const edge = getProfile('3g-edge');
  const plant = (up: Partial<WayProfile>, profile = edge): LinkChange => {
    const change = toChange(profile, 1);
    return { ...change, up: { ...change.up, ...up } };
  };
  test.each<[string, LinkChange, string[]]>([
    ['rate', plant({ rate: 70 }), ['up rate']],
    ['queue', plant({ queue: 15_000 }), ['up queue']],
    ['delay', plant({ delay: 170 }), ['up delay']],
    ['jitter', plant({ jitter: 90 }), ['up jitter']],
    ['loss', plant({ loss: 8 }), ['up loss']],
    ['burst', plant({ burst: 200 }), ['up burst']],
    ['loss packet by packet', plant({ burst: 0 }), ['up burst']],
    [
      'the directions exchanged',
      { ...plant({}), up: plant({}).down, down: plant({}).up } as LinkChange,
      ['up rate', 'down rate'],
    ],
  ])('%s', async (_what, change, expected) => {
    const unmet = (await verify(edge, change)).filter((finding) => !finding.isMet).map((finding) => finding.what);
    expect(unmet).toEqual(expect.arrayContaining(expected));
    // Every other property still measures what it says: findings name the fault and nothing else.
    const allowed = [...expected, 'up delay', 'down delay', 'up queue', 'down queue'];
    expect(unmet.filter((what) => !allowed.includes(what))).toEqual([]);
  });

  test('gaps', async () => {
    const starlink = getProfile('starlink');
    const findings = await verify(starlink, toChange({ ...starlink, gap: { ms: 400, everyMs: 12_000 } }, 1));
    expect(findings.filter((finding) => !finding.isMet).map((finding) => finding.what)).toEqual([
      'up gaps',
      'up gap length',
      'down gaps',
      'down gap length',
    ]);
  });

  test('a cut of another length', async () => {
    const profile = getProfile('cut-15');
    const findings = await verifyProfile(
      profile,
      (play) =>
        playVirtually(tools.replay, toChange(profile, 1), play.cut ? { ...play, cut: { at: 3000, ms: 14_800 } } : play),
      OPTIONS,
    );
    expect(findings.filter((finding) => !finding.isMet).map((finding) => finding.what)).toEqual(['up cut', 'down cut']);
  });
});

test('any link measures what it says', async () => {
  const way: fc.Arbitrary<WayProfile> = fc
    .record({
      rate: fc.integer({ min: 32, max: 4000 }),
      delay: fc.integer({ min: 0, max: 800 }),
      jitterShare: fc.double({ min: 0, max: 1 / 3, noNaN: true }),
      queueSeconds: fc.double({ min: 0.75, max: 10, noNaN: true }),
      loss: fc.integer({ min: 1, max: 30 }),
      burst: fc.oneof(fc.constant(0), fc.integer({ min: 50, max: 1000 })),
    })
    .map(({ jitterShare, queueSeconds, ...rest }) => ({
      ...rest,
      jitter: Math.round(jitterShare * rest.delay),
      queue: Math.round((queueSeconds * rest.rate * 1000) / 8),
    }));
  await fc.assert(
    fc.asyncProperty(way, way, fc.integer({ min: 0, max: 1e9 }), async (up, down, seed) => {
      const profile: Profile = { name: 'any', says: 'any', up, down };
      expect(describeUnmet(await verify(profile, toChange(profile, seed)))).toEqual([]);
    }),
    // Statistics over a few minutes are never certain: these are the same links on every machine.
    { numRuns: 12, seed: 77, endOnFailure: true },
  );
}, 60_000);
