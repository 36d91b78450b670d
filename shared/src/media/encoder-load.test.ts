import { describe, expect, it } from 'vitest';
import type { CallStep } from './call-step.ts';
import { ENCODER, type EncoderState, FIRST_ENCODER, nextEncoder } from './encoder-load.ts';

/** A computer that spends so much on each step, in a call whose link carries the best one. */
function play(
  seconds: number,
  shareOf: (step: CallStep, second: number) => number,
  from: EncoderState = FIRST_ENCODER,
) {
  let state = from;
  const steps: CallStep[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const step = state.limit ?? 'sharp';
    steps.push(step);
    state = nextEncoder(state, { share: shareOf(step, second), isLimited: false, step }, second * 1000);
  }
  return { state, steps };
}

const share = (sharp: number, small: number) => (step: CallStep) => ({ sharp, small, still: 0.02, voice: 0 })[step];

describe('the picture that a computer can make', () => {
  it('is the whole one where there is time for it', () => {
    expect(play(120, share(0.2, 0.04)).steps.every((step) => step === 'sharp')).toBe(true);
  });

  it('is the small one within a few seconds where there is not, and stays it where more would be too much', () => {
    const { steps } = play(300, share(0.6, 0.12));
    expect(steps.indexOf('small')).toBeLessThanOrEqual(1 + ENCODER.heavyMs / 1000);
    expect(steps.slice(10).every((step) => step === 'small')).toBe(true);
  });

  it('is stills where even the small one is too much, with tries that get rarer', () => {
    const { steps } = play(1200, share(2, 0.5));
    const tries = steps.flatMap((step, second) => (step === 'small' && steps[second - 1] === 'still' ? [second] : []));
    expect(steps.filter((step) => step === 'still').length / steps.length).toBeGreaterThan(0.95);
    expect(tries.length).toBeGreaterThan(2);
    const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect(gaps.at(-1)).toBeGreaterThan(3 * (gaps[0] ?? 0));
  });

  it('forgives a busy second, and is whole again when what made it busy is over', () => {
    expect(play(60, (_step, second) => (second % 4 === 0 ? 0.9 : 0.1)).steps.every((step) => step === 'sharp')).toBe(
      true,
    );
    const busy = (step: CallStep, second: number) => share(0.2, 0.04)(step) * (second < 20 ? 4 : 1);
    const { steps } = play(90, busy);
    expect(steps[15]).toBe('small');
    expect(steps.at(-1)).toBe('sharp');
  });

  it('believes the browser that says it has no time', () => {
    let state = FIRST_ENCODER;
    for (let second = 0; second < 5; second += 1) {
      state = nextEncoder(state, { share: 0.1, isLimited: true, step: state.limit ?? 'sharp' }, second * 1000);
    }
    expect(state.limit).toBe('small');
  });
});
