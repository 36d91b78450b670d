import { describe, expect, test } from 'vitest';
import { type CheckFacts, gradeOfCheck, judgeCheck } from './judge-check.ts';

const GOOD: CheckFacts = {
  camera: 'works',
  microphone: 'works',
  speaker: 'heard',
  way: 'udp',
  rttMs: 40,
  concealedPercent: 0,
  step: 'sharp',
};

describe('what a check means', () => {
  test('everything works: each part once, all pass', () => {
    expect(judgeCheck(GOOD).map(({ part, grade, found }) => `${part} ${grade} ${found}`)).toEqual([
      'camera pass works',
      'microphone pass works',
      'speaker pass heard',
      'way pass udp',
      'picture pass sharp',
      'voice pass clear',
      'delay pass short',
    ]);
    expect(gradeOfCheck(GOOD)).toBe('pass');
  });

  test.each<[Partial<CheckFacts>, string, ReturnType<typeof gradeOfCheck>]>([
    [{ camera: 'missing', step: 'voice' }, 'camera warn missing', 'warn'],
    [{ camera: 'refused', step: 'voice' }, 'camera warn refused', 'warn'],
    [{ microphone: 'silent' }, 'microphone fail silent', 'fail'],
    [{ microphone: 'refused' }, 'microphone fail refused', 'fail'],
    [{ speaker: 'not_heard' }, 'speaker fail not_heard', 'fail'],
    [{ speaker: 'not_asked' }, 'speaker warn not_asked', 'warn'],
    [{ way: 'turn_udp' }, 'way pass turn_udp', 'pass'],
    [{ way: 'tcp' }, 'way warn tcp', 'warn'],
    [{ way: 'turn_tls' }, 'way warn turn_tls', 'warn'],
    [{ step: 'small' }, 'picture pass small', 'pass'],
    [{ step: 'still' }, 'picture warn still', 'warn'],
    [{ step: 'voice' }, 'picture warn voice', 'warn'],
    [{ concealedPercent: 2.1 }, 'voice warn gaps', 'warn'],
    [{ concealedPercent: 12.1 }, 'voice fail broken', 'fail'],
    [{ rttMs: 601 }, 'delay warn long', 'warn'],
  ])('%o is %s', (change, finding, grade) => {
    const facts = { ...GOOD, ...change };
    expect(judgeCheck(facts).map(({ part, grade: of, found }) => `${part} ${of} ${found}`)).toContain(finding);
    expect(gradeOfCheck(facts)).toBe(grade);
  });

  test('nothing got out: it fails, and no voice or picture is judged', () => {
    const facts: CheckFacts = { ...GOOD, way: null, rttMs: null, concealedPercent: null, step: null };
    expect(judgeCheck(facts).map(({ part }) => part)).toEqual(['camera', 'microphone', 'speaker', 'way']);
    expect(gradeOfCheck(facts)).toBe('fail');
  });

  test('a picture is not blamed on the link where there is no camera', () => {
    const facts: CheckFacts = { ...GOOD, camera: 'missing', step: 'voice' };
    expect(judgeCheck(facts).some(({ part }) => part === 'picture')).toBe(false);
  });
});
