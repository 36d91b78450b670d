import { CONSULTATION_STATES, FINAL_STATES, isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { newMessageId } from '../../../test/factories.ts';

async function createChat() {
  const desk = await createConsultDesk();
  const id = await desk.callAndAnswer();
  await desk.takePublished();
  const texts = async (actor = desk.feldsher, afterSeq = 0) =>
    (await desk.chat.listMessages(actor, id, afterSeq)).map(({ text }) => text);
  return {
    ...desk,
    id,
    texts,
    say: (actor: typeof desk.cardio, text: string, messageId = newMessageId()) =>
      desk.chat.sendMessage(actor, id, messageId, text),
  };
}

describe('sending', () => {
  test('stores, audits without the words, and then tells both sides', async () => {
    const desk = await createChat();
    const message = await desk.say(desk.feldsher, 'ЭКГ жібердім');
    expect(message).toMatchObject({
      requestId: desk.id,
      seq: 1,
      author: { userId: desk.feldsher.userId, displayName: 'Оспанова Айгерім' },
      text: 'ЭКГ жібердім',
      sentAt: desk.clock.instant(),
    });
    expect(await desk.takePublished()).toEqual([
      [
        'chat:sent',
        { message, stationId: desk.world.station, practitionerId: desk.world.cardio.practitionerId, userIds: [] },
      ],
    ]);
    expect(desk.audited(message.id)).toEqual([{ action: 'message.send', actorId: desk.feldsher.userId }]);
    const trail = JSON.stringify(desk.raw.prepare('select * from audit_event').all());
    expect(trail).not.toContain('ЭКГ');
  });

  test('again with the same id: stored once, told once, the same answer', async () => {
    const desk = await createChat();
    const messageId = newMessageId();
    const answers = await Promise.all([1, 2, 3].map(() => desk.say(desk.cardio, 'Көрдім', messageId)));
    desk.clock.advance({ seconds: 60 });
    answers.push(await desk.say(desk.cardio, 'Көрдім', messageId));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await desk.texts()).toEqual(['Көрдім']);
    expect((await desk.takePublished()).filter(([name]) => name === 'chat:sent')).toHaveLength(1);
  });

  test('the same id with another text, author or request is refused', async () => {
    const desk = await createChat();
    const messageId = newMessageId();
    await desk.say(desk.feldsher, 'Бірінші', messageId);
    const other = await desk.call();
    await expect(desk.say(desk.feldsher, 'Екінші', messageId)).rejects.toThrow('idempotency.key_reused');
    await expect(desk.say(desk.cardio, 'Бірінші', messageId)).rejects.toThrow('idempotency.key_reused');
    await expect(desk.chat.sendMessage(desk.feldsher, other, messageId, 'Бірінші')).rejects.toThrow(
      'idempotency.key_reused',
    );
    expect(await desk.texts()).toEqual(['Бірінші']);
  });

  test.each(CONSULTATION_STATES)('while it is %s', async (status) => {
    const desk = await createChat();
    const messageId = newMessageId();
    await desk.say(desk.feldsher, 'Бұрын', messageId);
    desk.raw.prepare('update service_request set status = ?').run(status);
    const outcome = await desk.say(desk.feldsher, 'Жаңа').then(
      () => 'sent',
      (error: Error) => error.message,
    );
    expect(outcome).toBe(isIn(status, FINAL_STATES) ? 'consultation.state_conflict' : 'sent');
    // What was stored before it was over is still answered.
    await expect(desk.say(desk.feldsher, 'Бұрын', messageId)).resolves.toMatchObject({ seq: 1 });
  });

  test('only by the two sides', async () => {
    const desk = await createChat();
    const missing = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;
    for (const actor of [desk.coordinator, desk.otherFeldsher, desk.cardioTwin, desk.neuro, desk.world.admin.actor]) {
      const [foreign, absent] = await Promise.allSettled([
        desk.say(actor, 'x'),
        desk.chat.sendMessage(actor, missing, newMessageId(), 'x'),
      ]);
      expect(foreign).toMatchObject({ status: 'rejected', reason: { code: 'consultation.not_found' } });
      expect(foreign).toEqual(absent);
    }
  });

  test('a failed store tells nobody', async () => {
    const desk = await createChat();
    desk.raw.exec("create trigger fault before insert on message begin select raise(abort, 'planted'); end");
    await expect(desk.say(desk.feldsher, 'x')).rejects.toThrow('planted');
    expect(await desk.takePublished()).toEqual([]);
  });
});

describe('reading', () => {
  test('in order, from where one left off', async () => {
    const desk = await createChat();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => desk.say(i % 2 === 0 ? desk.feldsher : desk.cardio, `№${i + 1}`)),
    );
    const all = await desk.chat.listMessages(desk.cardio, desk.id, 0);
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(await desk.texts(desk.cardio, 18)).toEqual(['№19', '№20']);
    expect(await desk.texts(desk.cardio, 20)).toEqual([]);
  });

  test('each request counts for itself', async () => {
    const desk = await createChat();
    await desk.say(desk.feldsher, 'бірінші сұраныс');
    const other = await desk.call();
    const message = await desk.chat.sendMessage(desk.feldsher, other, newMessageId(), 'екінші сұраныс');
    expect(message.seq).toBe(1);
    expect(await desk.texts()).toEqual(['бірінші сұраныс']);
  });

  test('the coordinator may, strangers may not', async () => {
    const desk = await createChat();
    await desk.say(desk.feldsher, 'сөз');
    expect(await desk.texts(desk.coordinator)).toEqual(['сөз']);
    for (const actor of [desk.otherFeldsher, desk.cardioTwin, desk.neuro]) {
      await expect(desk.texts(actor)).rejects.toThrow('consultation.not_found');
    }
  });

  test('what was said stays said, also for somebody who writes to the database', async () => {
    const desk = await createChat();
    await desk.say(desk.feldsher, 'сөз');
    expect(() => desk.raw.exec("update message set text = 'басқа'")).toThrow('message is append-only');
    expect(() => desk.raw.exec('delete from message')).toThrow('message is append-only');
  });
});
