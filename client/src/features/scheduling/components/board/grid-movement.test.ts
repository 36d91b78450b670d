import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBoard } from './board-model.ts';
import { aBoard, aRow, aSession, at } from './board-test-support.ts';
import { entryCell, firstFreeFor, type GridStep, stepFrom, stepOf } from './grid-movement.ts';

const NOW = at('08:00');
const NEUROLOGY = 'neurology' as SpecialtyCode;
/** Three rows: 9:00–10:00, nothing, and 9:30–11:00 in half hours; a neurologist below. */
const groups = buildBoard(
  aBoard([
    aRow('a', [aSession('a')]),
    aRow('b', []),
    aRow('c', [aSession('c', { from: '09:30', to: '11:00', slotMinutes: 30 })]),
    aRow('n', [aSession('n', { from: '10:00', to: '11:00' })], NEUROLOGY),
  ]),
  NOW,
);
const key = (who: string, time: string) => `${who}@${at(time)}`;
const go = (from: string, step: GridStep) => stepFrom(groups, from, step)?.key;

describe('the arrow keys', () => {
  it('stay in the row sideways and stop at its ends', () => {
    expect(go(key('a', '09:00'), 'right')).toBe(key('a', '09:20'));
    expect(go(key('a', '09:00'), 'left')).toBe(key('a', '09:00'));
    expect(go(key('a', '09:40'), 'right')).toBe(key('a', '09:40'));
    expect(go(key('a', '09:40'), 'row_start')).toBe(key('a', '09:00'));
  });

  it('go to the nearest time of the next row, past rows without slots and over specialties', () => {
    expect(go(key('a', '09:40'), 'down')).toBe(key('c', '09:30'));
    expect(go(key('c', '10:30'), 'down')).toBe(key('n', '10:20'));
    expect(go(key('c', '10:30'), 'up')).toBe(key('a', '09:40'));
    expect(go(key('a', '09:00'), 'page_down')).toBe(key('n', '10:00'));
    expect(go(key('c', '10:00'), 'last')).toBe(key('n', '10:40'));
  });

  it('always lead to a cell of the board', () => {
    const all = groups.flatMap(({ lines }) => lines.flatMap(({ cells }) => cells.map((cell) => cell.key)));
    const steps: GridStep[] = [
      'left',
      'right',
      'up',
      'down',
      'row_start',
      'row_end',
      'page_up',
      'page_down',
      'first',
      'last',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.array(fc.constantFrom(...steps)), (start, path) => {
        const end = path.reduce<string>((at, step) => go(at, step) ?? 'nowhere', start);
        expect(all).toContain(end);
      }),
    );
  });

  it('mean nothing with other keys', () => {
    expect(stepOf({ key: 'Home', ctrlKey: true })).toBe('first');
    expect(stepOf({ key: 'a', ctrlKey: false })).toBeUndefined();
  });
});

it('enters at the first free cell, or where the focus was', () => {
  expect(entryCell(groups, null)?.key).toBe(key('a', '09:00'));
  expect(entryCell(groups, key('c', '10:00'))?.key).toBe(key('c', '10:00'));
  expect(entryCell(groups, 'gone')?.key).toBe(key('a', '09:00'));
});

it('leads what is picked up to the next free slot of its specialty', () => {
  expect(firstFreeFor(groups, { specialty: NEUROLOGY, mode: 'video' })?.key).toBe(key('n', '10:00'));
  expect(firstFreeFor(groups, { specialty: 'none' as SpecialtyCode, mode: 'video' })).toBeUndefined();
});
