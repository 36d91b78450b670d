import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_STEPS, FIRST_STEP, nextStep, type StepFacts, type StepState } from './call-step.ts';

const free = (pictureBps: number): StepFacts => ({ pictureBps, hold: undefined, hasCamera: true });

/** The same facts, second by second. */
function after(seconds: number, facts: StepFacts, before: StepState = FIRST_STEP, from = 0): StepState {
  let state = before;
  for (let second = 0; second <= seconds; second += 1) state = nextStep(state, facts, from + 1000 * second);
  return state;
}

describe('the step of a call', () => {
  it('begins with what the link carries, without a wait', () => {
    expect(nextStep(FIRST_STEP, free(80_000), 0)).toMatchObject({ step: 'small', why: 'link' });
    expect(nextStep(FIRST_STEP, free(500_000), 0)).toMatchObject({ step: 'sharp', why: undefined });
    expect(nextStep(FIRST_STEP, free(7000), 0)).toMatchObject({ step: 'still', why: 'link' });
    expect(nextStep(FIRST_STEP, free(0), 0)).toMatchObject({ step: 'voice', why: 'link' });
  });

  it('falls at once, over as many steps as it must', () => {
    const sharp = after(1, free(500_000));
    expect(nextStep(sharp, free(6000), 2000)).toMatchObject({ step: 'still', why: 'link' });
    expect(nextStep(sharp, free(1000), 2000)).toMatchObject({ step: 'voice', why: 'link' });
  });

  it('rises when the better has fitted for a while, and not before', () => {
    const voice = nextStep(FIRST_STEP, free(0), 0);
    expect(after(3, free(80_000), voice, 1000).step).toBe('voice');
    expect(after(4, free(80_000), voice, 1000).step).toBe('small');
  });

  it('begins to wait anew when the link did not hold', () => {
    let state = after(3, free(80_000), nextStep(FIRST_STEP, free(0), 0), 1000);
    state = nextStep(state, free(0), 5000);
    expect(after(3, free(80_000), state, 6000).step).toBe('voice');
  });

  it('keeps a coarse picture that moves a while longer than it would begin with one', () => {
    const small = after(1, free(12_000));
    expect(small.step).toBe('small');
    expect(nextStep(small, free(7500), 2000).step).toBe('small');
    expect(nextStep(small, free(7499), 2000).step).toBe('still');
    expect(nextStep(FIRST_STEP, free(11_999), 0).step).toBe('still');
  });

  it('does not go up and down with a rate that trembles about a border', () => {
    let state = after(20, free(10_500));
    const seen = new Set<string>();
    for (let second = 0; second < 60; second += 1) {
      state = nextStep(state, free(second % 2 === 0 ? 9_500 : 11_000), 21_000 + 1000 * second);
      if (second > 0) seen.add(state.step);
    }
    expect([...seen]).toEqual(['still']);
  });

  it('is held by hand at once, says so, and is let go at once', () => {
    const sharp = after(1, free(500_000));
    const held = nextStep(sharp, { ...free(500_000), hold: 'small' }, 2000);
    expect(held).toMatchObject({ step: 'small', why: 'by_hand', picture: { divideBy: 2 } });
    expect(nextStep(held, free(500_000), 2100)).toMatchObject({ step: 'sharp', why: undefined });
  });

  it('names the link when the link allows less than the hand', () => {
    expect(nextStep(FIRST_STEP, { ...free(7000), hold: 'small' }, 0)).toMatchObject({ step: 'still', why: 'link' });
  });

  it('is voice while no camera is on, and comes with it at once', () => {
    const dark = nextStep(FIRST_STEP, { ...free(80_000), hasCamera: false }, 0);
    expect(dark).toMatchObject({ step: 'voice', why: 'no_camera', picture: undefined });
    expect(nextStep(dark, free(80_000), 10).step).toBe('small');
  });

  it('never sends more than the rate and the hand allow, whatever came before', () => {
    const facts = fc.record({
      pictureBps: fc.integer({ min: 0, max: 900_000 }),
      hold: fc.option(fc.constantFrom(...CALL_STEPS), { nil: undefined }),
      hasCamera: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(facts, fc.integer({ min: 1, max: 20_000 })), { maxLength: 60 }), (history) => {
        let [state, now]: [StepState, number] = [FIRST_STEP, 0];
        for (const [one, pause] of history) {
          now += pause;
          state = nextStep(state, one, now);
          const best = [
            one.hold ?? 'sharp',
            one.hasCamera && one.pictureBps >= 5000 ? 'sharp' : 'voice',
            one.pictureBps >= 7500 ? 'sharp' : 'still',
          ] as const;
          const ranks = best.map((step) => CALL_STEPS.indexOf(step));
          expect(CALL_STEPS.indexOf(state.step)).toBeGreaterThanOrEqual(Math.max(...ranks));
          expect(state.picture !== undefined).toBe(state.step === 'sharp' || state.step === 'small');
          expect(state.why === undefined).toBe(state.step === 'sharp');
        }
      }),
    );
  });
});
