import { EMPTY_CARD } from '@jaqyn/shared/consultations/request-card.contract';
import type { ConsentId, MergeId, ParticipantId, RequestId, StayId } from '@jaqyn/shared/kernel/ids';
import { EMPTY_SUMMARY } from '@jaqyn/shared/patients/patient-summary';
import { describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { auditLog } from '../src/modules/audit/audit-log.ts';
import { CONCLUSION, type ConsultDesk, createConsultDesk } from './consult-desk.ts';
import { newConsultation, newMessageId, newPatient, PASSWORD } from './factories.ts';
import { dumpTables } from './raw-database.ts';
import { readToPatient } from './read-to-patient.ts';

type Prepared = () => Promise<unknown>;

/** Every change there is: what must be there first, and the change itself. */
const CHANGES: Record<string, (desk: ConsultDesk) => Promise<Prepared>> = {
  'sign in': async ({ auth, world }) => {
    return () => auth.signIn({ login: world.feldsher.login, password: PASSWORD, address: '10.0.0.1' });
  },
  'sign out': async ({ auth, world }) => {
    const { actor } = await auth.signIn({ login: world.feldsher.login, password: PASSWORD, address: '10.0.0.1' });
    return () => auth.signOut(actor);
  },
  'choose a language': async ({ auth, feldsher }) => {
    return () => auth.setLanguage(feldsher, 'ru');
  },
  'switch availability': async ({ staff, cardio }) => {
    return () => staff.setAvailability(cardio, false);
  },
  'register a patient': async ({ patients, feldsher }) => {
    return () => patients.registerPatient(feldsher, newPatient());
  },
  'save a summary': async ({ patients, feldsher, world }) => {
    return () => patients.saveSummary(feldsher, world.patient, { baseVersion: 0, summary: EMPTY_SUMMARY });
  },
  'find duplicates': async ({ duplicates, feldsher, patients, world }) => {
    const { familyName, givenName, birthDate } = await patients.getPatient(feldsher, world.patient);
    return () => duplicates.findLikely(feldsher, { iin: null, familyName, givenName, birthDate });
  },
  'open a card elsewhere': async ({ duplicates, patients, feldsher, world }) => {
    const { iin } = await patients.getPatient(world.otherFeldsher.actor, world.otherPatient);
    const identity = { iin, familyName: '', givenName: '', birthDate: null };
    const input = { id: newId<StayId>(), kind: 'visiting' as const, reason: 'Сынақ', identity };
    return () => duplicates.admit(feldsher, world.otherPatient, input);
  },
  'merge two cards': async ({ merges, world }) => {
    const pair = { keptId: world.patient, mergedId: world.otherPatient };
    const { digest } = await merges.preview(world.coordinator.actor, pair);
    const id = newId<MergeId>();
    return () => merges.merge(world.coordinator.actor, { ...pair, id, digest, choices: {}, reason: 'Сынақ' });
  },
  'complete a card': withCall((desk, id) =>
    desk.cards.save(desk.feldsher, id, { baseVersion: 1, card: { ...EMPTY_CARD, complaints: 'Сынақ' } }),
  ),
  'write down an emergency without consent': withCall((desk, id) =>
    desk.cards.recordConsent(desk.feldsher, id, { kind: 'emergency', id: newId<ConsentId>(), reason: 'Есі жоқ' }),
  ),
  'read a patient': async ({ patients, feldsher, world }) => {
    return () => patients.getPatient(feldsher, world.patient);
  },
  'call a specialist': async (desk) => {
    return () => desk.call();
  },
  'call a specialist of whom nobody is on call': async (desk) => {
    return () => desk.call({ specialty: desk.world.neurology });
  },
  'ask for a consult to be booked': async ({ consultations, feldsher, world }) => {
    const input = { ...newConsultation({ specialty: world.cardiology }), patientId: world.patient };
    return () => consultations.createPlanned(feldsher, { ...input, urgency: 'routine' });
  },
  'read a request': withCall((desk, id) => desk.consultations.getConsultation(desk.feldsher, id)),
  'name the patient': async (desk) => {
    const id = await desk.call({ patientId: null });
    return () => desk.consultations.setPatient(desk.feldsher, id, desk.world.patient);
  },
  'add measurements': withCall((desk, id) => desk.consultations.addObservations(desk.feldsher, id, { spo2: 91 })),
  cancel: withCall((desk, id) => desk.consultations.cancel(desk.feldsher, id, 'Тест')),
  answer: withCall((desk, id) => desk.calling.answer(desk.cardio, id)),
  decline: withCall((desk, id) => desk.calling.decline(desk.cardio, id, 'busy', '')),
  'decline as the last of a rung': async (desk) => {
    const id = await desk.call();
    await desk.calling.decline(desk.cardio, id, 'busy', '');
    return () => desk.calling.decline(desk.cardioTwin, id, 'busy', '');
  },
  'the clock escalates': async (desk) => {
    await desk.call();
    desk.clock.advance({ seconds: 60 });
    return () => desk.calling.escalateDue();
  },
  'call again': async (desk) => {
    const id = await desk.call({ specialty: desk.world.neurology });
    return () => desk.calling.callAgain(desk.feldsher, id);
  },
  'lose a side': withAnswered((desk, id) => desk.calling.roomPresenceChanged(id, false)),
  'both sides back': async (desk) => {
    const id = await desk.callAndAnswer();
    await desk.calling.roomPresenceChanged(id, false);
    return () => desk.calling.roomPresenceChanged(id, true);
  },
  'end the call': withAnswered((desk, id) => desk.calling.endCall(desk.cardio, id)),
  'resume the call': async (desk) => {
    const id = await desk.callAndAnswer();
    await desk.calling.endCall(desk.cardio, id);
    return () => desk.calling.answer(desk.cardio, id);
  },
  'ask somebody into the call': withAnswered((desk, id) =>
    desk.participants.invite(desk.cardio, id, {
      id: newId<ParticipantId>(),
      userId: desk.neuro.userId,
      type: 'observer',
    }),
  ),
  'note that the patient agrees to an observer': withObserver((desk, id, part) =>
    desk.participants.noteConsent(desk.feldsher, id, part),
  ),
  'send an observer out': withObserver((desk, id, part) => desk.participants.remove(desk.feldsher, id, part)),
  'send a message': withAnswered((desk, id) => desk.chat.sendMessage(desk.feldsher, id, newMessageId(), 'сөз')),
  'save a first draft': withAnswered((desk, id) => desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION)),
  'save a draft': async (desk) => {
    const id = await desk.callAndAnswer();
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    return () => desk.conclusions.saveConclusion(desk.cardio, id, 1, { ...CONCLUSION, limits: 'x' });
  },
  sign: async (desk) => {
    const id = await desk.callAndAnswer();
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    const { sha256 } = await desk.signing.preview(desk.cardio, id);
    return () => desk.signing.sign(desk.cardio, id, sha256, PASSWORD);
  },
  'read a conclusion': withSigned((desk, id) => desk.conclusions.getConclusion(desk.feldsher, id)),
  deliver: withSigned((desk, id) => desk.consultations.receive(desk.feldsher, id)),
  acknowledge: withSigned((desk, id) => readToPatient(desk, desk.feldsher, id)),
};

type Change = (desk: ConsultDesk, id: RequestId) => Promise<unknown>;

function withCall(change: Change) {
  return async (desk: ConsultDesk) => {
    const id = await desk.call();
    return () => change(desk, id);
  };
}

function withAnswered(change: Change) {
  return async (desk: ConsultDesk) => {
    const id = await desk.callAndAnswer();
    return () => change(desk, id);
  };
}

function withObserver(change: (desk: ConsultDesk, id: RequestId, part: ParticipantId) => Promise<unknown>) {
  return async (desk: ConsultDesk) => {
    const id = await desk.callAndAnswer();
    const part = newId<ParticipantId>();
    await desk.participants.invite(desk.cardio, id, { id: part, userId: desk.neuro.userId, type: 'observer' });
    return () => change(desk, id, part);
  };
}

function withSigned(change: Change) {
  return async (desk: ConsultDesk) => {
    const id = await desk.signedRequest();
    return () => change(desk, id);
  };
}

describe.each(Object.keys(CHANGES))('%s', (name) => {
  async function prepare() {
    const desk = await createConsultDesk();
    const change = (await CHANGES[name]?.(desk)) as Prepared;
    return {
      desk,
      change,
      countAudit: () => desk.raw.prepare('select count(*) from audit_event').pluck().get() as number,
    };
  }

  test('leaves its audit row, and the chain holds', async () => {
    const { desk, change, countAudit } = await prepare();
    const before = countAudit();
    await change();
    expect(countAudit()).toBeGreaterThan(before);
    expect(await desk.store.read((tx) => auditLog.findFirstBroken(tx))).toBeUndefined();
  });

  test('is not kept when the audit row cannot be written, and nobody hears of it', async () => {
    const { desk, change } = await prepare();
    await desk.takePublished();
    desk.raw.exec("create trigger fault before insert on audit_event begin select raise(abort, 'no audit'); end");
    const before = dumpTables(desk.raw);
    await expect(change()).rejects.toThrow(/no audit|1 of 1 rungs/);
    expect(dumpTables(desk.raw)).toEqual(before);
    expect(await desk.takePublished()).toEqual([]);
  });
});

test('the audit log never holds what people said, wrote or are called', async () => {
  for (const [name, prepare] of Object.entries(CHANGES)) {
    const desk = await createConsultDesk();
    await (await prepare(desk))();
    const trail = JSON.stringify(desk.raw.prepare('select * from audit_event').all());
    expect(trail, name).not.toMatch(/Кеудесі|Жақсыбекова|Гүлсім|стенокардия|Аспирин|сөз|Оспанова|"\d{12}\\?"/);
  }
});
