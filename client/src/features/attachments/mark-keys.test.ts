import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import { describe, expect, test } from 'vitest';
import { KEYS, pointBy, rulerBy } from './mark-keys.ts';

const size = { width: 3000, height: 1500 };

/** The ruler after these keys, as the viewer keeps it: each press is made from what stands there. */
function ruled(keys: readonly string[], widthMm?: number) {
  let marks: SharedMark[] = [];
  for (const key of keys) {
    const isBeginning = key.startsWith('Shift+');
    const move = KEYS[key.replace('Shift+', '')];
    if (move === undefined) throw new Error(`${key} moves nothing`);
    marks = [rulerBy(marks, move, isBeginning, { size, widthMm })];
  }
  const [mark] = marks;
  if (mark?.kind !== 'ruler') throw new Error('no ruler');
  return mark;
}

const times = (count: number, key: string) => Array.from({ length: count }, () => key);

describe('the ruler by keys', () => {
  test('begins in the middle; arrows move its end, with Shift its beginning', () => {
    const mark = ruled([...times(3, 'ArrowRight'), 'ArrowDown', ...times(2, 'Shift+ArrowLeft'), 'Shift+ArrowUp']);
    expect(mark.to.x).toBeCloseTo(0.53);
    expect(mark.to.y).toBeCloseTo(0.51);
    expect(mark.from.x).toBeCloseTo(0.48);
    expect(mark.from.y).toBeCloseTo(0.49);
  });

  test('says millimetres once the width of the picture is known, across and down alike', () => {
    expect(ruled(times(10, 'ArrowRight')).mm).toBeNull();
    expect(ruled(times(10, 'ArrowRight'), 200).mm).toBeCloseTo(20);
    // A picture half as high as it is wide: a tenth of its height is a twentieth of its width.
    expect(ruled(times(10, 'ArrowDown'), 200).mm).toBeCloseTo(10);
    expect(ruled([...times(10, 'ArrowRight'), ...times(10, 'Shift+ArrowLeft')], 200).mm).toBeCloseTo(40);
  });

  test('of no length has no millimetres', () => {
    expect(ruled(['ArrowRight', 'Shift+ArrowRight'], 200).mm).toBeNull();
  });

  test('stops at the edge of the picture', () => {
    const mark = ruled([...times(80, 'ArrowRight'), ...times(80, 'Shift+ArrowUp')]);
    expect(mark.to.x).toBe(1);
    expect(mark.from.y).toBe(0);
  });
});

test('the finger by keys begins in the middle and goes on from where it is, whatever else is marked', () => {
  const ruler = ruled(['ArrowUp']);
  const once = pointBy([ruler], { x: 0, y: 1 });
  expect(once).toEqual({ kind: 'pointer', at: { x: 0.5, y: 0.51 } });
  expect(pointBy([ruler, once], { x: -1, y: 0 })).toEqual({ kind: 'pointer', at: { x: 0.49, y: 0.51 } });
});
