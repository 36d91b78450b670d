import type { Answer } from '@jaqyn/shared/consultations/care-plan';
import type { CareTask, CareTaskPlace } from '@jaqyn/shared/consultations/care-plan.contract';
import type { CareTaskId, CompositionId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { localDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { describe, expect, it } from 'vitest';
import { CONCLUSION, type ConsultDesk, createConsultDesk } from '../../../test/consult-desk.ts';
import { PASSWORD } from '../../../test/factories.ts';
import { dumpTables } from '../../../test/raw-database.ts';
import { readToPatient } from '../../../test/read-to-patient.ts';
import { newId } from '../../kernel/ids.ts';

const refusal = (code: string, fields?: { path: string; code: string }[]) =>
  expect.objectContaining({ code, ...(fields !== undefined && { fields }) });
const done = (index: number): Answer => ({ index, kind: 'done', reason: '' });
const cannot = (index: number, reason: string): Answer => ({ index, kind: 'cannot', reason });
const todayOf = (desk: ConsultDesk) => localDate(desk.clock.instant());

/** A signed request with a follow-up day, and the edition that is in force. */
async function signed(desk: ConsultDesk, followUpDate: CalendarDate | null = null) {
  const id = await desk.callAndAnswer();
  await desk.conclusions.saveConclusion(desk.cardio, id, 0, { ...CONCLUSION, followUpDate });
  const { sha256 } = await desk.signing.preview(desk.cardio, id);
  const { id: compositionId } = await desk.signing.sign(desk.cardio, id, sha256, PASSWORD);
  return { id, compositionId };
}

async function amend(desk: ConsultDesk, id: RequestId, recommendations: string[]) {
  const { version, content } = await desk.conclusions.amend(desk.cardio, id, 'Қате түзетілді');
  await desk.conclusions.saveConclusion(desk.cardio, id, version, { ...content, recommendations });
  const { sha256 } = await desk.signing.preview(desk.cardio, id);
  return desk.signing.sign(desk.cardio, id, sha256, PASSWORD);
}

const noticesOf = (desk: ConsultDesk) =>
  desk.raw.prepare("select recipient_id from notice where kind = 'recommendation_cannot'").pluck().all();

describe('teach-back', () => {
  it('keeps each tick, refuses what another window has overtaken, and is over once complete', async () => {
    const desk = await createConsultDesk();
    const { id, compositionId } = await signed(desk);
    const save = (baseVersion: number, answers: Answer[]) =>
      desk.carePlans.saveTeachBack(desk.feldsher, id, { compositionId, baseVersion, answers });
    expect(await save(0, [done(0)])).toMatchObject({ version: 1, completedAt: null });
    // The same again, because its answer was lost.
    expect(await save(0, [done(0)])).toMatchObject({ version: 1 });
    expect(await save(1, [done(0), cannot(1, '')])).toMatchObject({ version: 2 });
    await expect(save(1, [done(1)])).rejects.toEqual(refusal('teach_back.version_conflict'));
    // A recommendation that does not exist is nobody's.
    expect((await save(2, [done(0), done(7)])).answers).toEqual([done(0)]);

    const { teachBack } = await desk.carePlans.getTeachBack(desk.cardio, id);
    expect(teachBack).toMatchObject({ version: 3, answers: [done(0)], edition: 1, completedAt: null });
    await readToPatient(desk, desk.feldsher, id);
    await expect(save(4, [done(0)])).rejects.toEqual(refusal('teach_back.over'));
    expect(() => desk.raw.prepare("update teach_back set answers = '[]'").run()).toThrow('teach_back: complete');
  });

  it('is refused while a recommendation has no answer or a "cannot" no reason, and then nothing is kept', async () => {
    const desk = await createConsultDesk();
    const { id, compositionId } = await signed(desk);
    const acknowledge = (answers: Answer[], tasks: { id: CareTaskId; text: string; dueOn: CalendarDate }[] = []) =>
      desk.carePlans.acknowledge(desk.feldsher, id, { compositionId, answers, tasks });
    const before = dumpTables(desk.raw);
    await expect(acknowledge([done(0)])).rejects.toEqual(
      refusal('teach_back.incomplete', [{ path: 'answers.1', code: 'required' }]),
    );
    await expect(acknowledge([done(0), cannot(1, ' ')])).rejects.toEqual(
      refusal('teach_back.incomplete', [{ path: 'answers.1', code: 'reason_required' }]),
    );
    const past = { id: newId<CareTaskId>(), text: 'Қоңырау', dueOn: addDays(todayOf(desk), -1) };
    await expect(acknowledge([done(0), done(1)], [past])).rejects.toEqual(
      refusal('request.invalid', [{ path: 'tasks.0.dueOn', code: 'in_the_past' }]),
    );
    const other = newId<CompositionId>();
    await expect(
      desk.carePlans.acknowledge(desk.feldsher, id, { compositionId: other, answers: [], tasks: [] }),
    ).rejects.toEqual(refusal('teach_back.replaced'));
    expect(dumpTables(desk.raw)).toEqual(before);
  });

  it('closes the request when nothing is left, and the same again changes nothing', async () => {
    const desk = await createConsultDesk();
    const { id, compositionId } = await signed(desk);
    const closed = await readToPatient(desk, desk.feldsher, id);
    expect(closed.status).toBe('closed');
    expect(await readToPatient(desk, desk.feldsher, id)).toEqual(closed);
    const answers = [done(0), cannot(1, 'Бас тартты')];
    await expect(desk.carePlans.acknowledge(desk.feldsher, id, { compositionId, answers, tasks: [] })).rejects.toEqual(
      refusal('teach_back.over'),
    );
    expect(noticesOf(desk)).toEqual([]);
  });
});

/** The whole list of the station by pages of one. */
async function onePerPage(desk: ConsultDesk, status: 'open' | 'done'): Promise<CareTask[]> {
  const found: CareTask[] = [];
  let after: CareTaskPlace | undefined;
  do {
    const page = await desk.carePlans.listTasks(desk.feldsher, { status, limit: 1, after });
    expect(page.tasks).toHaveLength(1);
    found.push(...page.tasks);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

describe('what is to be done', () => {
  it('keeps the request open: the visit, what cannot be done, what the station adds; the specialist is told once', async () => {
    const desk = await createConsultDesk();
    const today = todayOf(desk);
    const { id } = await signed(desk, addDays(today, 10));
    const own = { id: newId<CareTaskId>(), text: 'Телефонмен сұрау', dueOn: today };
    const open = await readToPatient(desk, desk.feldsher, id, { cannot: [1], tasks: [own] });
    expect(open.status).toBe('follow_up_open');
    expect(noticesOf(desk)).toEqual([desk.cardio.userId]);

    const { tasks, total, ...rest } = await desk.carePlans.listTasks(desk.feldsher, { status: 'open', limit: 50 });
    expect(rest).toEqual({ next: null, overdue: 0, dueToday: 1 });
    expect(await onePerPage(desk, 'open')).toEqual(tasks);
    expect(total).toBe(3);
    expect(tasks.map(({ kind, dueOn, text }) => [kind, dueOn, text])).toEqual([
      ['other', today, 'Телефонмен сұрау'],
      ['cannot', addDays(today, 2), 'ЭКГ 6 сағаттан кейін'],
      ['visit', addDays(today, 10), ''],
    ]);
    expect((await desk.carePlans.listTasks(desk.coordinator, { status: 'open', limit: 50 })).tasks).toEqual(tasks);
    expect((await desk.carePlans.listTasks(desk.otherFeldsher, { status: 'open', limit: 50 })).total).toBe(0);

    for (const task of tasks) {
      expect(desk.statusOf(id)).toBe('follow_up_open');
      const finish = () => desk.carePlans.finish(desk.feldsher, task.id, { version: 1, note: 'Орындалды' });
      const finished = await finish();
      expect(finished).toMatchObject({ status: 'done', version: 2, note: 'Орындалды' });
      expect(await finish()).toEqual(finished);
    }
    expect(desk.statusOf(id)).toBe('closed');
    const over = await desk.carePlans.listTasks(desk.feldsher, { status: 'done', limit: 50 });
    expect(over).toMatchObject({ total: 3, overdue: 0, dueToday: 0 });
    // Done in the same second, and still none of them falls between two pages.
    expect(await onePerPage(desk, 'done')).toEqual(over.tasks);
    expect(() => desk.raw.prepare("update care_task set note = ''").run()).toThrow('care_task: over');
  });

  it('is moved with a reason to a day that is still to come, by whom it belongs to', async () => {
    const desk = await createConsultDesk();
    const today = todayOf(desk);
    const { id } = await signed(desk, today);
    await readToPatient(desk, desk.feldsher, id);
    const [task] = (await desk.carePlans.listTasks(desk.feldsher, { status: 'open', limit: 50 })).tasks;
    if (task === undefined) throw new Error('no task');
    const move = (version: number, dueOn: CalendarDate, actor = desk.coordinator) =>
      desk.carePlans.move(actor, task.id, { version, dueOn, reason: 'Жол жабық' });
    await expect(move(1, addDays(today, -1))).rejects.toEqual(
      refusal('request.invalid', [{ path: 'dueOn', code: 'in_the_past' }]),
    );
    const moved = await move(1, addDays(today, 3));
    expect(moved).toMatchObject({ dueOn: addDays(today, 3), moves: 1, moveReason: 'Жол жабық', version: 2 });
    expect(await move(1, addDays(today, 3))).toEqual(moved);
    await expect(move(1, addDays(today, 5))).rejects.toEqual(refusal('care_task.version_conflict'));
    for (const actor of [desk.otherFeldsher, desk.cardio]) {
      await expect(move(2, addDays(today, 5), actor)).rejects.toEqual(refusal('care_task.not_found'));
    }
    await desk.carePlans.finish(desk.feldsher, task.id, { version: 2, note: 'Келді' });
    await expect(move(3, addDays(today, 5))).rejects.toEqual(refusal('care_task.over'));
  });

  it('of an edition that was amended gives way to what the new one asks for', async () => {
    const desk = await createConsultDesk();
    const today = todayOf(desk);
    const { id } = await signed(desk, addDays(today, 10));
    const own = { id: newId<CareTaskId>(), text: 'Телефонмен сұрау', dueOn: today };
    await readToPatient(desk, desk.feldsher, id, { cannot: [0], tasks: [own] });
    await amend(desk, id, ['Аспирин 100 мг']);
    expect((await desk.carePlans.getTeachBack(desk.feldsher, id)).teachBack).toMatchObject({ edition: 2, version: 0 });
    // A task that is finished while the new edition waits to be read closes nothing.
    await desk.carePlans.finish(desk.feldsher, own.id, { version: 1, note: 'Сұралды' });
    expect(desk.statusOf(id)).toBe('amended');

    expect((await readToPatient(desk, desk.feldsher, id)).status).toBe('follow_up_open');
    const { tasks } = await desk.carePlans.getTeachBack(desk.coordinator, id);
    expect(tasks.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
      'cannot withdrawn',
      'other done',
      'visit open',
      'visit withdrawn',
    ]);
  });
});
