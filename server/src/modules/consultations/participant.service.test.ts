import type { ParticipantType } from '@jaqyn/shared/consultations/participant.contract';
import { MAX_PARTICIPANTS } from '@jaqyn/shared/consultations/participant.contract';
import type { ParticipantId, RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { type ConsultDesk, createConsultDesk } from '../../../test/consult-desk.ts';
import { createSpecialist, createUser, newMessageId } from '../../../test/factories.ts';
import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/ids.ts';

async function inCall() {
  const desk = await createConsultDesk();
  return { ...desk, id: await desk.callAndAnswer() };
}

function ask(desk: ConsultDesk, requestId: RequestId, who: Actor, type: ParticipantType, by: Actor = desk.cardio) {
  const id = newId<ParticipantId>();
  return desk.participants.invite(by, requestId, { id, userId: who.userId, type }).then(() => id);
}

describe('asked in', () => {
  test('by the specialist: into the room while the call goes on, with a notice, and out when it ends', async () => {
    const desk = await inCall();
    const { id, neuro } = desk;
    await expect(desk.consultations.authorizeRoom(neuro, id)).rejects.toMatchObject({ code: 'consultation.not_found' });
    await ask(desk, id, neuro, 'consultant');
    expect(await desk.consultations.authorizeRoom(neuro, id)).toEqual({ side: 'consultant' });
    expect(await desk.participants.listInvitations(neuro)).toMatchObject([
      { requestId: id, type: 'consultant', isOpen: true, waitsForConsent: false, invitedBy: desk.cardio.displayName },
    ]);
    expect(desk.raw.prepare('select kind, recipient_id, request_id from notice').all()).toEqual([
      { kind: 'call_invited', recipient_id: neuro.userId, request_id: id },
    ]);
    expect(desk.audited(id).map(({ action }) => action)).toContain('consultation.invite_participant');
    // Sees the card while they advise.
    expect(await desk.consultations.getConsultation(neuro, id)).toMatchObject({ id });

    await desk.calling.endCall(desk.cardio, id);
    await expect(desk.consultations.authorizeRoom(neuro, id)).rejects.toMatchObject({ code: 'consultation.not_found' });
    await expect(desk.consultations.getConsultation(neuro, id)).rejects.toMatchObject({
      code: 'consultation.not_found',
    });
    expect(await desk.participants.listInvitations(neuro)).toEqual([]);
  });

  test('a further specialist writes and is told what the others write; nobody else who was asked in is', async () => {
    const desk = await inCall();
    const { id, neuro } = desk;
    await ask(desk, id, neuro, 'consultant');
    await ask(desk, id, desk.otherFeldsher, 'interpreter');
    await desk.chat.sendMessage(neuro, id, newMessageId(), 'Рефлекстер қалай?');
    const [, sent] = (await desk.takePublished()).find(([name]) => name === 'chat:sent') ?? [];
    expect(sent).toMatchObject({ userIds: [neuro.userId] });
    await expect(desk.chat.sendMessage(desk.otherFeldsher, id, newMessageId(), 'сөз')).rejects.toMatchObject({
      code: 'consultation.not_found',
    });
  });

  test('an interpreter and an observer hear what is said and read nothing', async () => {
    const desk = await inCall();
    const { id } = desk;
    const interpreter = await ask(desk, id, desk.neuro, 'interpreter');
    const observer = await ask(desk, id, desk.otherFeldsher, 'observer');
    for (const part of [interpreter, observer]) await desk.participants.noteConsent(desk.feldsher, id, part);
    for (const who of [desk.neuro, desk.otherFeldsher]) {
      await expect(desk.consultations.getConsultation(who, id)).rejects.toMatchObject({
        code: 'consultation.not_found',
      });
      await expect(desk.chat.listMessages(who, id, 0)).rejects.toMatchObject({ code: 'consultation.not_found' });
      await expect(desk.participants.list(who, id)).rejects.toMatchObject({ code: 'consultation.not_found' });
    }
    expect(await desk.consultations.authorizeRoom(desk.otherFeldsher, id)).toEqual({ side: 'observer' });
  });

  test.each(['observer', 'interpreter'] as const)(
    'an %s comes in only when the patient has agreed, and it is known who asked',
    async (type) => {
      const desk = await inCall();
      const { id, coordinator } = desk;
      const part = await ask(desk, id, coordinator, type);
      const entering = () => desk.consultations.authorizeRoom(coordinator, id);
      await expect(entering()).rejects.toMatchObject({ code: 'participant.consent_missing' });
      expect(await desk.participants.listInvitations(coordinator)).toMatchObject([{ waitsForConsent: true }]);
      // Neither the observer nor a coordinator says for the patient that they agree.
      await expect(desk.participants.noteConsent(coordinator, id, part)).rejects.toMatchObject({
        code: 'consultation.not_found',
      });

      await desk.participants.noteConsent(desk.feldsher, id, part);
      const [noted] = await desk.participants.noteConsent(desk.feldsher, id, part);
      expect(noted?.consent).toEqual({ askedBy: desk.feldsher.displayName, at: desk.clock.instant() });
      expect(await entering()).toEqual({ side: type });
      expect(desk.audited(id).filter(({ action }) => action === `consultation.agree_to_${type}`)).toEqual([
        { action: `consultation.agree_to_${type}`, actorId: desk.feldsher.userId },
      ]);
      // What was agreed to can be taken back, and comes back only by asking again.
      await desk.participants.remove(desk.feldsher, id, part);
      await expect(entering()).rejects.toMatchObject({ code: 'consultation.not_found' });
      await expect(desk.participants.noteConsent(desk.feldsher, id, part)).rejects.toMatchObject({
        code: 'participant.not_found',
      });
      await ask(desk, id, coordinator, type);
      await expect(entering()).rejects.toMatchObject({ code: 'participant.consent_missing' });
    },
  );

  test.each(['observer', 'interpreter'] as const)(
    'an %s was agreed to for one call: through a cut of it, and not for the next',
    async (type) => {
      const desk = await inCall();
      const { id, coordinator } = desk;
      const part = await ask(desk, id, coordinator, type);
      const consultant = await ask(desk, id, desk.neuro, 'consultant');
      await ask(desk, id, desk.otherFeldsher, 'interpreter');
      await desk.participants.noteConsent(desk.feldsher, id, part);
      const entering = () => desk.consultations.authorizeRoom(coordinator, id);
      await desk.calling.roomPresenceChanged(id, false);
      expect(await entering()).toEqual({ side: type });
      await desk.calling.callAgain(desk.feldsher, id);
      await desk.calling.answer(desk.cardio, id);
      expect(await entering()).toEqual({ side: type });

      await desk.calling.endCall(desk.cardio, id);
      await desk.calling.answer(desk.cardio, id);
      expect(desk.statusOf(id)).toBe('in_call');
      await expect(entering()).rejects.toMatchObject({ code: 'consultation.not_found' });
      expect(await desk.participants.list(desk.cardio, id)).toMatchObject([{ id: consultant }]);
      await ask(desk, id, coordinator, type);
      await expect(entering()).rejects.toMatchObject({ code: 'participant.consent_missing' });
    },
  );

  test('who may ask, whom, and as what', async () => {
    const desk = await inCall();
    const { id } = desk;
    const invite = (by: Actor, who: Actor, type: ParticipantType) =>
      ask(desk, id, who, type, by).then(
        () => 'ok',
        ({ code }: { code: string }) => code,
      );
    expect(await invite(desk.feldsher, desk.neuro, 'interpreter')).toBe('consultation.not_found');
    expect(await invite(desk.neuro, desk.neuro, 'observer')).toBe('consultation.not_found');
    expect(await invite(desk.cardio, desk.otherFeldsher, 'consultant')).toBe('participant.not_invitable');
    expect(await invite(desk.cardio, desk.world.analyst.actor, 'observer')).toBe('participant.not_invitable');
    expect(await invite(desk.cardio, desk.feldsher, 'observer')).toBe('participant.already_in');
    expect(await invite(desk.cardio, desk.cardio, 'interpreter')).toBe('participant.already_in');
    expect(await invite(desk.coordinator, desk.neuro, 'consultant')).toBe('ok');
    expect(await invite(desk.cardio, desk.neuro, 'observer')).toBe('participant.already_in');
  });

  test('the same asking twice is one, and a further specialist is not sent out by the station', async () => {
    const desk = await inCall();
    const { id } = desk;
    const part = newId<ParticipantId>();
    const invitation = { id: part, userId: desk.neuro.userId, type: 'consultant' as const };
    await desk.participants.invite(desk.cardio, id, invitation);
    expect(await desk.participants.invite(desk.cardio, id, invitation)).toHaveLength(1);
    await expect(desk.participants.invite(desk.cardio, id, { ...invitation, type: 'observer' })).rejects.toMatchObject({
      code: 'idempotency.key_reused',
    });
    await expect(desk.participants.remove(desk.feldsher, id, part)).rejects.toMatchObject({ code: 'auth.forbidden' });
    expect(await desk.participants.remove(desk.cardio, id, part)).toEqual([]);
    expect(await desk.participants.remove(desk.cardio, id, part)).toEqual([]);
    expect(desk.audited(id).filter(({ action }) => action === 'consultation.send_participant_out')).toHaveLength(1);
    const events = (await desk.takePublished()).filter(([name]) => name === 'participants:changed');
    expect(events).toHaveLength(2);
  });

  test('no more than fit', async () => {
    const desk = await inCall();
    for (let count = 0; count < MAX_PARTICIPANTS; count += 1) {
      const { actor } = await createUser(desk.store, { role: 'coordinator' });
      await ask(desk, desk.id, actor, 'interpreter');
    }
    await expect(ask(desk, desk.id, desk.neuro, 'consultant')).rejects.toMatchObject({ code: 'participant.too_many' });
  });

  test('people are found by a part of their name, typed with any keyboard; those who are online come first', async () => {
    const desk = await inCall();
    const { id, store, world } = desk;
    const far = await createSpecialist(store, {
      organizationId: world.hospital,
      specialty: world.neurology,
      displayName: 'Қасымова Әсел',
    });
    desk.online.add(far.actor.userId);
    const found = async (q: string, type: ParticipantType = 'consultant') =>
      (await desk.participants.listInvitable(desk.cardio, id, { type, q })).people;
    expect(await found('касымова')).toMatchObject([{ displayName: 'Қасымова Әсел', isOnline: true }]);
    const [first] = await found('');
    expect(first?.displayName).toBe('Қасымова Әсел');
    const all = await found('', 'observer');
    expect(all.map(({ userId }) => userId)).not.toContain(desk.feldsher.userId);
    expect(all.map(({ userId }) => userId)).not.toContain(desk.cardio.userId);
    expect(all.map(({ userId }) => userId)).toContain(desk.otherFeldsher.userId);
  });

  test('where more are found than are shown, it is said how many', async () => {
    const desk = await inCall();
    const { id, store, world } = desk;
    for (let n = 1; n <= 21; n += 1) {
      const displayName = `Сәрсенова ${n}`;
      await createSpecialist(store, { organizationId: world.hospital, specialty: world.neurology, displayName });
    }
    const { people, total } = await desk.participants.listInvitable(desk.cardio, id, {
      type: 'consultant',
      q: 'сәрсен',
    });
    expect([people.length, total]).toEqual([20, 21]);
  });
});

test('nothing is asked into a call that is over', async () => {
  const desk = await inCall();
  await desk.calling.endCall(desk.cardio, desk.id);
  await expect(ask(desk, desk.id, desk.neuro, 'consultant')).rejects.toMatchObject({
    code: 'consultation.state_conflict',
  });
});
