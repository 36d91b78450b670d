import type { HoldId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import { fromMinute } from '@jaqyn/shared/scheduling/local-day';
import { describe, expect, it } from 'vitest';
import { buildBoard, findCell, hoursOf, targetStart, withAppointments } from './board-model.ts';
import { aBoard, anAppointmentAt, aRow, aSession, at, MONDAY } from './board-test-support.ts';

const NOW = at('08:00');
const kinds = (board: Parameters<typeof buildBoard>[0], now = NOW) =>
  buildBoard(board, now).flatMap(({ lines }) => lines.map(({ cells }) => cells.map(({ kind }) => kind).join(' ')));

describe('the cells of a line', () => {
  it('are the slots of its sessions, free until they begin', () => {
    expect(kinds(aBoard([aRow('p', [aSession('p')])]))).toEqual(['free free free']);
    expect(kinds(aBoard([aRow('p', [aSession('p')])]), at('09:21'))).toEqual(['past past free']);
  });

  it('say who has them: booked, offered, asked for, at the station, done', () => {
    const board = aBoard([aRow('p', [aSession('p', { to: '10:40' })])], {
      appointments: [
        anAppointmentAt('1', 'p', '09:00', { status: 'proposed' }),
        anAppointmentAt('2', 'p', '09:20', { status: 'pending' }),
        anAppointmentAt('3', 'p', '09:40', { status: 'checked-in' }),
        anAppointmentAt('4', 'p', '10:00', { status: 'fulfilled' }),
        anAppointmentAt('5', 'p', '10:20'),
      ],
    });
    expect(kinds(board)).toEqual(['offered asked here done booked']);
  });

  it('do not show who gave the slot back', () => {
    const appointments = [
      anAppointmentAt('1', 'p', '09:00', { status: 'cancelled' }),
      anAppointmentAt('2', 'p', '09:20', { status: 'noshow' }),
    ];
    expect(kinds(aBoard([aRow('p', [aSession('p')])], { appointments }))).toEqual(['free free free']);
  });

  it('tell my hold from that of another, and foreign time from mine', () => {
    const hold = (time: string, isMine: boolean) => ({
      id: time as HoldId,
      practitionerId: 'p' as PractitionerId,
      startsAt: fromMinute(at(time)),
      endsAt: fromMinute(at(time) + 20),
      expiresAt: fromMinute(at(time)),
      byName: 'Айгүл',
      isMine,
    });
    const board = aBoard([aRow('p', [aSession('p')])], {
      holds: [hold('09:00', true), hold('09:20', false)],
      busy: [
        {
          practitionerId: 'p' as PractitionerId,
          startsAt: fromMinute(at('09:40')),
          endsAt: fromMinute(at('10:00')),
          isTentative: false,
        },
      ],
    });
    expect(kinds(board)).toEqual(['mine held foreign']);
  });

  it('stay where they were when a leave closes them', () => {
    const closed = [{ startsAt: fromMinute(at('09:10')), endsAt: fromMinute(at('09:30')) }];
    expect(kinds(aBoard([aRow('p', [aSession('p', { closed })])]))).toEqual(['closed closed free']);
  });

  it('show an appointment that a change of the roster left outside, in place of the slots it covers', () => {
    const inside = anAppointmentAt('1', 'p', '09:10');
    const outside = anAppointmentAt('2', 'p', '12:00');
    const [group] = buildBoard(aBoard([aRow('p', [aSession('p')])], { appointments: [inside, outside] }), NOW);
    const cells = group?.lines[0]?.cells ?? [];
    expect(cells.map(({ kind, service }) => [kind, service === null])).toEqual([
      ['booked', true],
      ['free', false],
      ['booked', true],
    ]);
  });

  it('are drawn for everybody of a consilium, and twice on an overbooked slot', () => {
    const both = anAppointmentAt('1', 'p', '09:00', {
      practitioners: ['p', 'q'].map((id) => ({ id: id as PractitionerId, displayName: id })),
    });
    const second = anAppointmentAt('2', 'p', '09:00', { isOverbooked: true });
    const groups = buildBoard(
      aBoard([aRow('p', [aSession('p')]), aRow('q', [aSession('q')])], { appointments: [both, second] }),
      NOW,
    );
    expect(groups[0]?.lines.map(({ cells }) => cells[0]?.appointments.map(({ id }) => id))).toEqual([
      ['1', '2'],
      ['1'],
    ]);
  });
});

describe('an asynchronous session', () => {
  const session = aSession('p', { mode: 'async', slotMinutes: 5 });

  it('is one cell that takes a drop on its next free place', () => {
    const taken = anAppointmentAt('1', 'p', '09:00', { mode: 'async', endsAt: fromMinute(at('09:05')) });
    const [group] = buildBoard(aBoard([aRow('p', [session])], { appointments: [taken] }), NOW);
    const [cell, ...others] = group?.lines[0]?.cells ?? [];
    expect(others).toEqual([]);
    expect(cell?.batch).toEqual({ places: 12, free: 11, next: at('09:05') });
    expect(cell && targetStart(cell)).toBe(at('09:05'));
  });

  it('cannot take one when every place is gone', () => {
    const [group] = buildBoard(aBoard([aRow('p', [session])]), at('10:00'));
    const cell = group?.lines[0]?.cells[0];
    expect(cell?.kind).toBe('past');
    expect(cell && targetStart(cell)).toBeNull();
  });
});

it('groups specialists by specialty and adds their use up', () => {
  const rows = [aRow('a', []), aRow('b', []), aRow('c', [], 'neurology' as never)].map((row, index) => ({
    ...row,
    slots: 10,
    taken: index,
  }));
  expect(buildBoard(aBoard(rows), NOW).map(({ specialty, slots, taken }) => [specialty, slots, taken])).toEqual([
    ['cardiology', 20, 1],
    ['neurology', 10, 2],
  ]);
});

it('finds a cell again after the board was asked for anew', () => {
  const board = () => aBoard([aRow('p', [aSession('p')])]);
  const key = buildBoard(board(), NOW)[0]?.lines[0]?.cells[1]?.key ?? '';
  expect(findCell(buildBoard(board(), NOW), key)?.from).toBe(at('09:20'));
});

it('covers the day in whole hours', () => {
  const groups = buildBoard(aBoard([aRow('p', [aSession('p', { from: '09:20', to: '10:00' })])]), NOW);
  expect(hoursOf(groups, MONDAY, at('00:00'))).toEqual({ from: 9 * 60, to: 10 * 60 });
});

it('takes the newer of an appointment over the one it has', () => {
  const board = aBoard([], { appointments: [anAppointmentAt('1', 'p', '09:00'), anAppointmentAt('2', 'p', '09:20')] });
  const moved = anAppointmentAt('1', 'p', '09:40', { version: 2 });
  expect(withAppointments(board, [moved]).appointments.map(({ id, startsAt }) => [id, startsAt])).toEqual([
    ['2', fromMinute(at('09:20'))],
    ['1', fromMinute(at('09:40'))],
  ]);
});
