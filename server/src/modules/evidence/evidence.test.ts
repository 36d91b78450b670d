import { createHash } from 'node:crypto';
import { Evidence } from '@jaqyn/shared/evidence/evidence.contract';
import type { ConfirmationId } from '@jaqyn/shared/kernel/ids';
import type { RoomSide } from '@jaqyn/shared/signalling/room';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { CONCLUSION, createConsultDesk } from '../../../test/consult-desk.ts';
import { PASSWORD } from '../../../test/factories.ts';
import { readToPatient } from '../../../test/read-to-patient.ts';
import { newId } from '../../kernel/ids.ts';
import { EvidenceRecorder, type SeatedPeer } from './evidence-recorder.ts';

type Seat = { -readonly [Name in keyof SeatedPeer]: SeatedPeer[Name] };

/** A desk with a call, and a recorder that looks when it is told to at seats the test fills. */
async function createMeasuredCall() {
  const desk = await createConsultDesk();
  const requestId = await desk.callAndAnswer();
  const seats: Seat[] = [];
  const counters = new Map<string, { packets: number; bytes: number }>();
  const errors: unknown[] = [];
  const start = () =>
    EvidenceRecorder.start({
      store: desk.store,
      clock: desk.clock,
      logger: { error: (what: unknown) => void errors.push(what) },
      listSeated: () => seats,
      everyMs: 3_600_000,
    });
  const track = (id: string, direction: 'from' | 'to', kind: 'audio' | 'video') => {
    counters.set(id, { packets: 0, bytes: 0 });
    const source = kind === 'audio' ? 'microphone' : 'camera';
    return { id, direction, kind, source, count: async () => counters.get(id) ?? { packets: 0, bytes: 0 } };
  };
  const seat = (side: RoomSide, peerId: string, changes: Partial<Seat> = {}): Seat => {
    const { userId } = side === 'station' ? desk.feldsher : desk.cardio;
    const own: Seat = {
      peerId,
      requestId,
      userId,
      sessionId: `session of ${side}`,
      side,
      isReachable: true,
      remoteAddress: side === 'station' ? '10.0.0.1' : '10.0.0.2',
      tracks: [track(`${peerId} audio`, 'from', 'audio'), track(`${peerId} video`, 'from', 'video')],
      ...changes,
    };
    seats.push(own);
    return own;
  };
  let recorder = start();
  /** Time goes by, packets flow on the tracks whose ids contain one of `flowing`, the recorder looks. */
  const pass = async (looks: number, flowing: readonly string[]) => {
    for (let look = 0; look < looks; look += 1) {
      desk.clock.advance({ seconds: 3 });
      for (const [id, { packets, bytes }] of counters) {
        if (flowing.some((part) => id.includes(part)))
          counters.set(id, { packets: packets + 150, bytes: bytes + 9000 });
      }
      await recorder.look();
    }
  };
  return {
    ...desk,
    requestId,
    seats,
    seat,
    pass,
    errors,
    restart: () => {
      recorder = start();
    },
    close: () => recorder.close(),
  };
}

describe('what is measured', () => {
  test('stays, stretches with packets, silence, voice alone, and cuts', async () => {
    const call = await createMeasuredCall();
    const station = call.seat('station', 'a');
    await call.pass(1, []);
    call.seat('specialist', 'b');
    await call.pass(11, ['audio', 'video']);
    await call.pass(10, ['audio']);
    station.isReachable = false;
    await call.pass(2, ['b']);
    station.isReachable = true;
    await call.pass(5, ['audio']);
    const { evidence } = await call.evidence.getEvidence(call.coordinator, call.requestId);
    expect(evidence).toMatchObject({ together: 81, twoWayAudio: 75, voiceOnly: 45 });
    const [first] = evidence.participants;
    expect(first).toMatchObject({ side: 'station', reconnections: 1 });
    const audio = first?.tracks.find(({ kind }) => kind === 'audio');
    expect(audio).toMatchObject({ direction: 'from', seconds: 78, packets: 26 * 150, bytes: 26 * 9000 });
    expect(audio?.stretches).toHaveLength(2);
    expect(call.errors).toEqual([]);
  });

  test('who was asked in is measured and signed as what they were, and stands in for neither side', async () => {
    const call = await createMeasuredCall();
    const { neuro, coordinator, otherFeldsher } = call;
    call.seat('specialist', 'b');
    call.seat('consultant', 'c', { userId: neuro.userId });
    call.seat('interpreter', 'd', { userId: otherFeldsher.userId });
    call.seat('observer', 'e', { userId: coordinator.userId, tracks: [] });
    await call.pass(20, ['audio', 'video']);
    const alone = (await call.evidence.getEvidence(coordinator, call.requestId)).evidence;
    expect(alone).toMatchObject({ together: 0, twoWayAudio: 0, voiceOnly: 0 });

    call.seat('station', 'a');
    await call.pass(11, ['audio']);
    await call.close();
    await call.conclusions.saveConclusion(call.cardio, call.requestId, 0, CONCLUSION);
    const { sha256, manifestSha256 } = await call.signing.preview(call.cardio, call.requestId);
    await call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD, { manifestSha256 });
    const file = await call.conclusionFiles.getEvidence(call.cardio, call.requestId);
    const signed = z.parse(Evidence, JSON.parse(file.bytes.toString('utf8')));
    expect(signed).toMatchObject({ together: 30, twoWayAudio: 30, voiceOnly: 30 });
    const heard = signed.participants.map(({ side, userId, tracks }) => [
      side,
      userId,
      tracks.find(({ kind }) => kind === 'audio')?.seconds ?? 0,
    ]);
    expect(heard).toContainEqual(['consultant', neuro.userId, 90]);
    expect(heard).toContainEqual(['interpreter', otherFeldsher.userId, 90]);
    expect(heard).toContainEqual(['observer', coordinator.userId, 0]);
    expect(heard).toHaveLength(5);
  });

  test('a crash keeps all but the last look; the next process ends what it left open and begins anew', async () => {
    const call = await createMeasuredCall();
    call.seat('station', 'a');
    call.seat('specialist', 'b');
    await call.pass(5, ['audio']);
    const before = (await call.evidence.getEvidence(call.coordinator, call.requestId)).evidence;
    call.seats.length = 0;
    call.clock.advance({ seconds: 100 });
    call.restart();
    call.seat('station', 'a2');
    call.seat('specialist', 'b2');
    await call.pass(5, ['audio']);
    await call.close();
    const { evidence } = await call.evidence.getEvidence(call.coordinator, call.requestId);
    expect(before).toMatchObject({ together: 12, twoWayAudio: 12 });
    expect(evidence).toMatchObject({ together: 24, twoWayAudio: 24 });
    expect(evidence.participants.map(({ reconnections }) => reconnections)).toEqual([1, 1]);
    expect(call.raw.prepare('select count(*) from media_interval where is_over = 0').pluck().get()).toBe(0);
  });

  test('what could not be written is written the next time', async () => {
    const call = await createMeasuredCall();
    call.seat('station', 'a');
    call.seat('specialist', 'b');
    await call.pass(2, ['audio']);
    call.raw.exec("create trigger fault before update on media_interval begin select raise(abort, 'planted'); end");
    await call.pass(3, ['audio']);
    expect(call.errors).toHaveLength(3);
    call.raw.exec('drop trigger fault');
    await call.pass(1, []);
    const { evidence } = await call.evidence.getEvidence(call.coordinator, call.requestId);
    expect(evidence.twoWayAudio).toBe(12);
  });
});

describe('what is signed', () => {
  async function createSigned() {
    const call = await createMeasuredCall();
    call.seat('station', 'a');
    call.seat('specialist', 'b');
    await call.pass(60, ['audio', 'video']);
    await call.conclusions.saveConclusion(call.cardio, call.requestId, 0, CONCLUSION);
    const preview = await call.signing.preview(call.cardio, call.requestId);
    return { ...call, preview };
  }

  test('the measure of the preview is a part of the signed manifest, and stays as it was', async () => {
    const call = await createSigned();
    // The call goes on while the signer types the password: signed is what was seen.
    await call.pass(3, ['audio']);
    const { sha256, manifestSha256 } = call.preview;
    await call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD, { manifestSha256 });
    const row = call.raw.prepare('select canonical, sha256, is_signed from evidence').get() as Record<string, unknown>;
    const manifest = call.raw.prepare('select manifest from document_signature').pluck().get() as string;
    expect(row['is_signed']).toBe(1);
    expect(createHash('sha256').update(String(row['canonical'])).digest('hex')).toBe(row['sha256']);
    expect(manifest).toContain(`"name":"evidence.json","sha256":"${String(row['sha256'])}"`);
    expect(() => call.raw.exec("update evidence set canonical = '{}'")).toThrow('immutable');
    expect(() => call.raw.exec('delete from evidence')).toThrow('immutable');
    await call.close();
    expect(() => call.raw.exec("update media_stay set seen_at = 'x'")).toThrow('stays as it was');
    const shown = await call.evidence.getEvidence(call.cardio, call.requestId);
    expect(shown.signedSha256).toBe(row['sha256']);
    expect(shown.evidence.twoWayAudio).toBe(177);
  });

  test('more was measured and another preview was opened: the first one is stale', async () => {
    const call = await createSigned();
    const again = await call.signing.preview(call.cardio, call.requestId);
    expect(again.manifestSha256).toBe(call.preview.manifestSha256);
    await call.pass(1, ['audio']);
    const newer = await call.signing.preview(call.cardio, call.requestId);
    expect(newer.manifestSha256).not.toBe(call.preview.manifestSha256);
    const { sha256, manifestSha256 } = call.preview;
    const signing = call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD, { manifestSha256 });
    await expect(signing).rejects.toMatchObject({ code: 'conclusion.preview_stale' });
  });
});

test('the licence by which it is signed stands in what is signed, whatever becomes of it later', async () => {
  const call = await createMeasuredCall();
  const enter = (number: string, from: string, to: string, withdrawn: string | null = null) =>
    call.raw
      .prepare(
        `insert into practitioner_licence (id, practitioner_id, number, issuer, valid_from, valid_to, entered_at, entered_by,
           withdrawn_from, withdrawn_at) values (?, ?, ?, 'ДСМ', ?, ?, '2026-01-01T00:00:00.000Z', ?, ?, ?)`,
      )
      .run(number, call.cardio.practitionerId, number, from, to, call.feldsher.userId, withdrawn, withdrawn);
  await call.conclusions.saveConclusion(call.cardio, call.requestId, 0, CONCLUSION);
  const unknown = await call.evidence.getEvidence(call.cardio, call.requestId);
  expect(unknown.evidence.licence).toBeNull();
  const before = await call.signing.preview(call.cardio, call.requestId);
  enter('KZ1', '2020-01-01', '2026-12-31');
  enter('over', '2019-01-01', '2026-11-22');
  enter('to come', '2026-11-24', '2040-12-31');
  enter('withdrawn', '2020-01-01', '2039-12-31', '2026-11-23');
  const { sha256, manifestSha256 } = await call.signing.preview(call.cardio, call.requestId);
  // Another licence is another evidence.
  expect([before.sha256 === sha256, before.manifestSha256 === manifestSha256]).toEqual([true, false]);
  await call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD, { manifestSha256 });
  call.raw.exec("update practitioner_licence set withdrawn_from = '2026-01-01', withdrawn_at = 'x' where id = 'KZ1'");
  const { evidence, judgement } = await call.evidence.getEvidence(call.cardio, call.requestId);
  expect(evidence.licence).toEqual({ number: 'KZ1', issuer: 'ДСМ', validFrom: '2020-01-01', validTo: '2026-12-31' });
  // What is known of it since decides whether it is payable.
  expect(judgement.rules.find(({ rule }) => rule === 'licence')?.outcome).toBe('refused');
});

describe('whether it is payable', () => {
  test('a consult with both sides: only waits for the station', async () => {
    const call = await createMeasuredCall();
    call.seat('station', 'a');
    call.seat('specialist', 'b');
    await call.pass(60, ['audio']);
    await call.conclusions.saveConclusion(call.cardio, call.requestId, 0, CONCLUSION);
    const { sha256 } = await call.signing.preview(call.cardio, call.requestId);
    await call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD);
    const before = (await call.evidence.getEvidence(call.world.admin.actor, call.requestId)).judgement;
    expect(before.verdict).toBe('waiting');
    await readToPatient(call, call.feldsher, call.requestId);
    const { judgement } = await call.evidence.getEvidence(call.world.admin.actor, call.requestId);
    expect(judgement).toMatchObject({ verdict: 'payable', score: 100, limitsFrom: '2026-01-01T00:00:00.000Z' });
    const unknown = judgement.rules.filter(({ outcome }) => outcome === 'unknown').map(({ rule }) => rule);
    expect(unknown).toEqual(['licence', 'patient_confirmed']);
  });

  test.each([
    ['none was entered', [], 'unknown'],
    ['it holds on both days', [['2026-01-01', '2026-12-31', null]], 'met'],
    ['its last day is the day of the consult', [['2026-01-01', '2026-11-23', null]], 'met'],
    ['it ended the day before', [['2020-01-01', '2026-11-22', null]], 'refused'],
    ['it begins the day after', [['2026-11-24', '2030-12-31', null]], 'refused'],
    ['it was withdrawn from the day of the consult on', [['2026-01-01', '2030-12-31', '2026-11-23']], 'refused'],
    ['it was withdrawn from the next day on', [['2026-01-01', '2030-12-31', '2026-11-24']], 'met'],
    ['it never was one', [['2026-01-01', '2030-12-31', '2026-01-01']], 'refused'],
    [
      'another followed without a gap',
      [
        ['2020-01-01', '2026-11-22', null],
        ['2026-11-23', '2030-12-31', null],
      ],
      'met',
    ],
  ] as const)('the licence of the day: %s', async (_what, licences, outcome) => {
    const call = await createMeasuredCall();
    await call.conclusions.saveConclusion(call.cardio, call.requestId, 0, CONCLUSION);
    const { sha256 } = await call.signing.preview(call.cardio, call.requestId);
    await call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD);
    for (const [index, [from, to, withdrawn]] of licences.entries()) {
      call.raw
        .prepare(
          `insert into practitioner_licence (id, practitioner_id, number, issuer, valid_from, valid_to, entered_at, entered_by,
             withdrawn_from, withdrawn_at) values (?, ?, '1', 'ДСМ', ?, ?, '2026-01-01T00:00:00.000Z', ?, ?, ?)`,
        )
        .run(`licence ${index}`, call.cardio.practitionerId, from, to, call.feldsher.userId, withdrawn, withdrawn);
    }
    const { judgement } = await call.evidence.getEvidence(call.coordinator, call.requestId);
    expect(judgement.rules.find(({ rule }) => rule === 'licence')?.outcome).toBe(outcome);
  });

  test('what the patient says of it themselves: asked after the signature, never needed, the latest counts', async () => {
    const call = await createMeasuredCall();
    const { confirmations } = call;
    const id = newId<ConfirmationId>();
    const yes = { answer: 'yes', method: 'pressed', by: 'patient', language: 'kk' } as const;
    const record = (own = id, said: Parameters<typeof confirmations.record>[3] = yes, actor = call.feldsher) =>
      confirmations.record(actor, call.requestId, own, said);
    const outcome = async () => {
      const { judgement, confirmation } = await call.evidence.getEvidence(call.coordinator, call.requestId);
      return [judgement.rules.find(({ rule }) => rule === 'patient_confirmed')?.outcome, confirmation?.method];
    };
    await expect(record()).rejects.toThrow('consultation.state_conflict');
    await call.conclusions.saveConclusion(call.cardio, call.requestId, 0, CONCLUSION);
    const { sha256 } = await call.signing.preview(call.cardio, call.requestId);
    await call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD);
    expect(await outcome()).toEqual(['unknown', undefined]);
    await expect(record(id, yes, call.otherFeldsher)).rejects.toThrow('consultation.not_found');
    await expect(record(id, yes, call.cardio)).rejects.toThrow('consultation.not_found');
    const said = await record();
    expect(said).toMatchObject({ ...yes, recordedAt: call.clock.instant() });
    expect(await record()).toEqual(said);
    const logged = call.audited(call.requestId).map(({ action }) => action);
    expect(logged.filter((action) => action === 'consultation.confirm_as_patient')).toHaveLength(1);
    expect(await outcome()).toEqual(['met', 'pressed']);
    await expect(record(id, { ...yes, answer: 'no' })).rejects.toThrow('idempotency.key_reused');
    call.clock.advance({ seconds: 60 });
    await record(newId<ConfirmationId>(), { ...yes, answer: 'no', method: 'spoken' });
    expect(await outcome()).toEqual(['flagged', 'spoken']);
    expect(await confirmations.find(call.feldsher, call.requestId)).toMatchObject({ answer: 'no' });
    await expect(confirmations.find(call.otherFeldsher, call.requestId)).rejects.toThrow('consultation.not_found');
    expect(() => call.raw.prepare("update patient_confirmation set answer = 'yes'").run()).toThrow('never changes');
    expect(() => call.raw.prepare('delete from patient_confirmation').run()).toThrow('never changes');
  });

  test('signed without a consult: refused, and the limits are those of its day', async () => {
    const call = await createMeasuredCall();
    await call.conclusions.saveConclusion(call.cardio, call.requestId, 0, CONCLUSION);
    const { sha256 } = await call.signing.preview(call.cardio, call.requestId);
    await call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD);
    call.raw.exec(
      `insert into evidence_limit (id, effective_from, limits, created_by, created_at) values
         ('a', '2026-11-01T00:00:00.000Z', '{"togetherSeconds":300,"twoWayAudioSeconds":60,"overlapSeconds":30,"signWithinSeconds":86400,"clockSeconds":5}', null, '2026-10-01T00:00:00.000Z'),
         ('b', '2030-01-01T00:00:00.000Z', '{"togetherSeconds":0,"twoWayAudioSeconds":0,"overlapSeconds":0,"signWithinSeconds":3600,"clockSeconds":0}', null, '2026-10-01T00:00:00.000Z')`,
    );
    const { judgement } = await call.evidence.getEvidence(call.coordinator, call.requestId);
    expect(judgement).toMatchObject({ verdict: 'refused', limitsFrom: '2026-11-01T00:00:00.000Z' });
    const together = judgement.rules.find(({ rule }) => rule === 'together');
    expect(together).toEqual({ rule: 'together', outcome: 'refused', found: 0, limit: 300 });
  });

  test('one sign-in on both sides, and the specialist in another room at the same time', async () => {
    const call = await createMeasuredCall();
    const other = await call.call();
    call.seat('station', 'a', { sessionId: 'same', remoteAddress: '10.0.0.9' });
    call.seat('specialist', 'b', { sessionId: 'same', remoteAddress: '10.0.0.9' });
    call.seat('specialist', 'c', { requestId: other });
    await call.pass(60, ['audio']);
    const { judgement } = await call.evidence.getEvidence(call.coordinator, call.requestId);
    const outcomes = Object.fromEntries(judgement.rules.map(({ rule, outcome }) => [rule, outcome]));
    expect(outcomes).toMatchObject({ two_people: 'refused', two_networks: 'flagged', one_place: 'refused' });
  });

  test('nobody else sees it, and each reading is in the log', async () => {
    const call = await createMeasuredCall();
    for (const actor of [call.feldsher, call.otherFeldsher, call.cardioTwin, call.neuro]) {
      await expect(call.evidence.getEvidence(actor, call.requestId)).rejects.toMatchObject({
        code: 'consultation.not_found',
      });
    }
    await call.evidence.getEvidence(call.world.admin.actor, call.requestId);
    expect(call.audited(call.requestId).at(-1)).toEqual({
      action: 'consultation.read_evidence',
      actorId: call.world.admin.actor.userId,
    });
  });
});
