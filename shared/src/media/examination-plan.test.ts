import { describe, expect, it } from 'vitest';
import { FIRST_STEP, nextStep, type StepState } from './call-step.ts';
import { chooseExaminationPicture, chooseStethoscope, sharePictures } from './examination-plan.ts';

const NOTHING = { hasExamination: false, isSendingFile: false };
const EXAMINATION = { hasExamination: true, isSendingFile: false };
const FILE = { hasExamination: false, isSendingFile: true };

describe('the shares of a link', () => {
  it('are all the face’s while there is nothing else', () => {
    expect(sharePictures(90_000, NOTHING, false)).toMatchObject({ faceBps: 90_000, faceLimit: undefined });
  });

  it('never add up to more than there is, and are never negative', () => {
    for (const hasExamination of [false, true]) {
      for (const isSendingFile of [false, true]) {
        for (const wasWide of [false, true]) {
          for (let bps = -10_000; bps < 900_000; bps += 3700) {
            const shares = sharePictures(bps, { hasExamination, isSendingFile }, wasWide);
            const parts = [shares.faceBps, shares.examinationBps, shares.fileBps];
            expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
            expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(Math.max(0, bps) + 1e-6);
          }
        }
      }
    }
  });

  it('of a thin link pay for one picture: the examination’s, with a still of the face at most', () => {
    expect(sharePictures(70_000, EXAMINATION, false)).toMatchObject({
      faceLimit: { step: 'still', why: 'examination' },
      faceBps: 7000,
      examinationBps: 63_000,
    });
    expect(sharePictures(25_000, EXAMINATION, false)).toMatchObject({
      faceLimit: { step: 'voice' },
      examinationBps: 25_000,
    });
  });

  it('give a photo what the face had, and leave enough to aim by', () => {
    expect(sharePictures(80_000, FILE, false)).toMatchObject({
      faceLimit: { step: 'voice', why: 'file' },
      fileBps: 80_000,
    });
    const both = sharePictures(80_000, { hasExamination: true, isSendingFile: true }, false);
    expect(both).toMatchObject({ examinationBps: 20_000, fileBps: 60_000 });
  });

  it('do not swing where a link is about wide', () => {
    expect(sharePictures(220_000, EXAMINATION, false).isWide).toBe(false);
    expect(sharePictures(220_000, EXAMINATION, true).isWide).toBe(true);
    expect(sharePictures(300_000, EXAMINATION, false).faceLimit).toEqual({ step: 'small', why: 'examination' });
  });

  it('make the step say why the face is small', () => {
    const facts = (bps: number, wanted = EXAMINATION) => {
      const { faceBps: pictureBps, faceLimit: limit } = sharePictures(bps, wanted, false);
      return { pictureBps, limit, hold: undefined, hasCamera: true };
    };
    const start: StepState = { ...FIRST_STEP, why: undefined };
    const still = nextStep(start, facts(70_000), 0);
    expect(still).toMatchObject({ step: 'still', why: 'examination' });
    // Over at once when the examination is: nobody waits for a link that was there all the time.
    expect(nextStep(still, facts(400_000, NOTHING), 1)).toMatchObject({ step: 'sharp', why: undefined });
    expect(nextStep(start, { ...facts(70_000), hasCamera: false }, 0).why).toBe('no_camera');
    expect(nextStep(start, { ...facts(70_000), hold: 'voice' }, 0)).toMatchObject({ step: 'voice', why: 'by_hand' });
  });
});

describe('the picture of an examination', () => {
  it('is sharp before it moves', () => {
    expect(chooseExaminationPicture(5000, undefined)).toBeUndefined();
    expect(chooseExaminationPicture(60_000, undefined)).toEqual({ divideBy: 2, fps: 2 });
    expect(chooseExaminationPicture(600_000, undefined)).toEqual({ divideBy: 1, fps: 8 });
  });

  it('never gets smaller or slower with more', () => {
    let before = { pixels: 0, fps: 0 };
    for (let bps = 8000; bps < 900_000; bps += 1000) {
      const plan = chooseExaminationPicture(bps, undefined);
      const now = { pixels: 1 / (plan?.divideBy ?? 8) ** 2, fps: plan?.fps ?? 0 };
      expect(now.pixels).toBeGreaterThanOrEqual(before.pixels);
      // Slower only for a picture that became larger.
      expect(now.pixels > before.pixels || now.fps >= before.fps).toBe(true);
      before = now;
    }
  });
});

describe('a stethoscope', () => {
  it('is sent as well as the link carries it, and is not called good where it is the codec’s sound', () => {
    expect(chooseStethoscope(400_000, 0)).toMatchObject({ opusBps: 64_000, copies: [] });
    expect(chooseStethoscope(70_000, 0)).toMatchObject({ opusBps: 48_000 });
    expect(chooseStethoscope(30_000, 0)).toMatchObject({ opusBps: 16_000, isGood: false });
    expect(chooseStethoscope(25_000, 0)).toBeUndefined();
  });

  it('goes twice where pieces are lost and the link is wide enough, and once before it is not heard at all', () => {
    expect(chooseStethoscope(400_000, 5)).toMatchObject({ opusBps: 64_000, copies: [2] });
    expect(chooseStethoscope(45_000, 5)).toMatchObject({ copies: [] });
    for (let bps = 20_000; bps < 500_000; bps += 5000) {
      for (const lost of [0, 5]) expect(chooseStethoscope(bps, lost)?.wireBps ?? 0).toBeLessThanOrEqual(bps);
    }
  });
});
