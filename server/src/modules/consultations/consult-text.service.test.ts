import { describe, expect, it } from 'vitest';
import { CONCLUSION, createConsultDesk } from '../../../test/consult-desk.ts';
import { newMessageId, PASSWORD } from '../../../test/factories.ts';
import { excerptOf } from './consult-text.service.ts';

async function openDesk() {
  const desk = await createConsultDesk();
  const id = await desk.callAndAnswer({ reason: 'Жүрегі қағып тұр, не істейміз?' });
  await desk.chat.sendMessage(desk.feldsher, id, newMessageId(), 'Қан қысымы 180/110, ЭКГ түсірдім');
  await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
  const search = async (q: string, actor = desk.feldsher) => (await desk.texts.search(actor, q, 30)).hits;
  return { ...desk, id, search };
}

describe('search in consults', () => {
  it('finds questions, chat and signed conclusions by the beginnings of words, with or without Kazakh letters', async () => {
    const desk = await openDesk();
    const kinds = async (q: string) => (await desk.search(q)).map(({ kind }) => kind);
    expect(await kinds('жүрегі қағып')).toEqual(['question']);
    expect(await kinds('ЖУРЕГИ КАГЫП')).toEqual(['question']);
    expect(await kinds('кан кысым')).toEqual(['message']);
    expect(await kinds('экг')).toEqual(['message']);
    // What is only a draft is nobody's to find.
    expect(await kinds('стенокардия')).toEqual([]);
    const { sha256 } = await desk.signing.preview(desk.cardio, desk.id);
    await desk.signing.sign(desk.cardio, desk.id, sha256, PASSWORD);
    const [hit] = await desk.search('турак стенокар');
    expect(hit).toMatchObject({ kind: 'conclusion', requestId: desk.id, authorName: desk.cardio.displayName });
    expect(hit?.excerpt).toContain('Тұрақсыз стенокардия');
    expect(await kinds('экг')).toEqual(['conclusion', 'message']);
    expect(await kinds('" OR *')).toEqual([]);
    expect(desk.raw.prepare('select count(*) from consult_text_queue').pluck().get()).toBe(0);
  });

  it('is for who may read the consult, and is written into the log', async () => {
    const desk = await openDesk();
    const count = async (actor: typeof desk.feldsher) => (await desk.search('экг', actor)).length;
    expect(await count(desk.cardio)).toBe(1);
    expect(await count(desk.coordinator)).toBe(1);
    for (const actor of [desk.otherFeldsher, desk.cardioTwin, desk.neuro]) expect(await count(actor)).toBe(0);
    const reads = desk.raw.prepare("select actor_id from audit_event where action = 'consultation.search'").pluck();
    expect(reads.all()).toEqual([desk.cardio.userId, desk.coordinator.userId]);
  });

  it('says when there is more', async () => {
    const desk = await openDesk();
    for (const text of ['бірінші сөз', 'екінші сөз']) {
      await desk.chat.sendMessage(desk.feldsher, desk.id, newMessageId(), text);
    }
    const { hits, hasMore } = await desk.texts.search(desk.feldsher, 'сөз', 1);
    expect([hits.length, hasMore]).toEqual([1, true]);
  });
});

it('shows the words around what was found', () => {
  const long = `${'алдында тұр '.repeat(20)}стенокардия ${'соңында тұр '.repeat(40)}`;
  const excerpt = excerptOf(long, ['стенокар']);
  expect(excerpt).toMatch(/^… .*стенокардия.* …$/);
  expect(excerpt.length).toBeLessThan(230);
  expect(excerptOf('қысқа  мәтін', ['киска'])).toBe('қысқа мәтін');
});
