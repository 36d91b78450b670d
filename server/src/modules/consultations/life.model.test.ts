import type { URGENCIES } from '@jaqyn/shared/consultations/consultation.contract';
import {
  CONSULTATION_STATES,
  type ConsultationState,
  consultationTransitions,
  nextState,
} from '@jaqyn/shared/consultations/consultation.machine';
import { BUILT_IN_LIMITS } from '@jaqyn/shared/consultations/waiting-limit.contract';
import type {
  CompositionId,
  InformationRequestId,
  LadderId,
  MessageId,
  ObservationSetId,
  RequestId,
  WaitingLimitId,
} from '@jaqyn/shared/kernel/ids';
import { newestMade } from '@jaqyn/shared/kernel/newest-made';
import { toInstant } from '@jaqyn/shared/kernel/time';
import type { LadderStep } from '@jaqyn/shared/ladders/ladder.contract';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createTestServices, RING_SECONDS } from '../../../test/build-services.ts';
import { CONCLUSION, type ConsultDesk, createConsultDesk } from '../../../test/consult-desk.ts';
import { createDyingStore, type DyingStore } from '../../../test/dying-store.ts';
import { newConsultation, PASSWORD } from '../../../test/factories.ts';
import {
  type Acknowledged,
  checkAcknowledged,
  checkClock,
  checkEditions,
  checkPayable,
  checkRooms,
} from '../../../test/life-checks.ts';
import { LifeRooms } from '../../../test/life-rooms.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createTestStore } from '../../../test/template-database.ts';
import { openDatabase } from '../../db/open-database.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';

/**
 * Random lives of requests on real services and a real database: legal and illegal events, duplicates, two people at once, faults
 * thrown inside of transactions, restarts, processes that die between two units of work. After each group of steps every invariant of a
 * request's life is asked of the database (life-checks.ts has those about rooms, editions and payment).
 * Another run: `LIFE_SEED=7 npx vitest run server/src/modules/consultations/life.model.test.ts`.
 */
const SEED = Number(process.env['LIFE_SEED'] ?? 2028);
const RUNS = Number(process.env['LIFE_RUNS'] ?? 15);

const PEOPLE = ['cardio', 'cardioTwin', 'cardioBackup', 'neuro'] as const;
const DECISIONS = ['now', 'booked', 'written', 'ask', 'decline', 'redirect'] as const;
// Mostly one request and the people who have it, so that lives get somewhere.
const which: fc.Arbitrary<number> = fc.constantFrom(0, 0, 0, 1, 1, 2);
const who = fc.constantFrom(
  'cardio' as const,
  'cardio' as const,
  'cardioTwin' as const,
  'cardioTwin' as const,
  ...PEOPLE,
);
const sorter = fc.constantFrom(...PEOPLE, ...Array<'coordinator'>(5).fill('coordinator'));

const step = fc.oneof(
  // Something that fits the state, by whoever may: lives would hardly get anywhere by chance alone.
  { weight: 40, arbitrary: fc.record({ do: fc.constant('next' as const), which, pick: fc.nat(100) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      how: fc.constantFrom('call' as const, 'plan' as const, 'write' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sort' as const),
      who: sorter,
      which,
      decision: fc.constantFrom(...DECISIONS),
      isStale: fc.nat(5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), who: sorter, which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reply' as const), which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('answer' as const, 'decline' as const, 'end' as const, 'save' as const, 'sign' as const),
      who,
      which,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('turn' as const),
      who: fc.constantFrom(...PEOPLE, 'coordinator' as const, 'feldsher' as const),
      which,
      into: fc.constantFrom('call' as const, 'written' as const, 'booking' as const, 'triage' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('presence' as const), which, both: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel' as const, 'callAgain' as const, 'callAgain' as const, 'receive' as const),
      which,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('enter' as const, 'enter' as const, 'leave' as const, 'lose' as const),
      who: fc.constantFrom('feldsher' as const, 'feldsher' as const, ...PEOPLE),
      which,
      tab: fc.nat(1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('chat' as const, 'measure' as const),
      who: fc.constantFrom('feldsher' as const, 'feldsher' as const, ...PEOPLE),
      which,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      what: fc.constantFrom('limits' as const, 'ladder' as const, 'noLadder' as const),
      amount: fc.constantFrom(10, 30, 45),
      // Some begin at once, some later, and in the order they come.
      inSeconds: fc.constantFrom(0, 0, 30, 600),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 11, RING_SECONDS, 70, 700) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'tick' as const }) },
);
type Step = (typeof step extends fc.Arbitrary<infer S> ? S : never) | { do: 'acknowledge'; which: number };

const MISSING = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;

async function run(desk: Desk, ids: RequestId[], step: Step): Promise<unknown> {
  const { triage, calling, consultations, conclusions, signing, clock, world, feldsher, coordinator } = desk;
  const id = ids['which' in step ? step.which : 0] ?? MISSING;
  const actorOf = (name: (typeof PEOPLE)[number] | 'coordinator' | 'feldsher') => world[name].actor;
  switch (step.do) {
    case 'create': {
      if (ids.length >= 3) return;
      if (step.how === 'call') return ids.push(await desk.call());
      const request = newConsultation({ specialty: world.cardiology, urgency: 'urgent', patientId: world.patient });
      const input = {
        ...request,
        urgency: 'urgent',
        patientId: world.patient,
        isWritten: step.how === 'write',
      } as const;
      ids.push(request.id);
      // Sent twice at once, as after a lost answer.
      return Promise.all([consultations.createPlanned(feldsher, input), consultations.createPlanned(feldsher, input)]);
    }
    case 'sort': {
      const version = desk.raw.prepare('select version from service_request where id = ?').pluck().get(id) ?? 1;
      const baseVersion = Math.max(1, Number(version) - (step.isStale === 0 ? 1 : 0));
      const actor = actorOf(step.who);
      switch (step.decision) {
        case 'now':
        case 'booked':
        case 'written': {
          const specialty = desk.raw.prepare('select specialty from service_request where id = ?').pluck().get(id);
          const who = specialty === world.neurology ? world.neuro : world.cardioTwin;
          const practitionerId = step.decision === 'booked' ? null : who.practitionerId;
          return triage.accept(actor, id, { baseVersion, how: step.decision, practitionerId });
        }
        case 'ask':
          return triage.ask(actor, id, { baseVersion, id: newId<InformationRequestId>(), question: 'ЭКГ?' });
        case 'decline':
          return triage.decline(actor, id, { baseVersion, reason: 'duplicate', note: '' });
        case 'redirect': {
          const to = { specialty: world.neurology, region: null, reason: 'other', note: 'x' } as const;
          return triage.redirect(actor, id, { baseVersion, ...to });
        }
      }
      return;
    }
    case 'next': {
      const row = desk.raw.prepare('select status, practitioner_id from service_request where id = ?').get(id);
      const { status, practitioner_id } = (row ?? { status: 'draft', practitioner_id: null }) as Row;
      const mine = PEOPLE.find((name) => world[name].practitionerId === practitioner_id) ?? 'cardio';
      const fitting = listFitting(status, mine, step.which);
      const chosen = fitting[step.pick % Math.max(1, fitting.length)];
      return chosen && run(desk, ids, chosen);
    }
    case 'undo':
      return triage.undo(actorOf(step.who), id);
    case 'enter':
      return desk.rooms.enter(actorOf(step.who), step.tab, id);
    case 'leave':
      return desk.rooms.leave(actorOf(step.who), step.tab);
    case 'lose':
      return desk.rooms.lose(actorOf(step.who), step.tab);
    case 'chat': {
      const messageId = newId<MessageId>();
      await desk.chat.sendMessage(actorOf(step.who), id, messageId, `Хат ${messageId}`);
      desk.said.push({ sql: 'select text from message where id = ?', id: messageId, words: `Хат ${messageId}` });
      return;
    }
    case 'measure': {
      const setId = newId<ObservationSetId>();
      await consultations.addObservations(actorOf(step.who), id, { spo2: 96 }, setId);
      desk.said.push({ sql: 'select vitals from observation_set where id = ?', id: setId, words: '{"spo2":96}' });
      return;
    }
    case 'edit': {
      const effectiveFrom = toInstant(new Date(clock.now().getTime() + step.inSeconds * 1000));
      if (step.what === 'limits') {
        const limits = { ...BUILT_IN_LIMITS, interruptionMinutes: step.amount };
        limits.written = { ...limits.written, urgent: { heed: step.amount, limit: step.amount * 2 } };
        limits.answer = { ...limits.answer, urgent: { heed: step.amount, limit: step.amount * 3 } };
        const seenId = newestMade((await desk.limits.list()).editions)?.id ?? null;
        return desk.limits.save(coordinator, newId<WaitingLimitId>(), { seenId, effectiveFrom, limits });
      }
      const steps: LadderStep[] =
        step.what === 'noLadder'
          ? []
          : [
              { kind: 'on_call', seconds: step.amount, reach: 'country' } as const,
              { kind: 'head', seconds: step.amount, practitionerIds: [world.cardioBackup.practitionerId] } as const,
            ];
      const place = { specialty: world.cardiology, region: null };
      // The only place that has ladders here.
      const seenId = newestMade((await desk.ladders.list(coordinator)).ladders)?.id ?? null;
      return desk.ladders.save(coordinator, newId<LadderId>(), { ...place, seenId, effectiveFrom, steps });
    }
    case 'acknowledge': {
      const newest = 'select id from composition where request_id = ? order by edition desc';
      const compositionId = (desk.raw.prepare(newest).pluck().get(id) ?? MISSING) as CompositionId;
      const answers = CONCLUSION.recommendations.map((_, index) => ({ index, kind: 'done', reason: '' }) as const);
      return desk.carePlans.acknowledge(feldsher, id, { compositionId, answers, tasks: [] });
    }
    case 'reply': {
      const open = 'select id from information_request where request_id = ? order by asked_at desc, id desc';
      const question = (desk.raw.prepare(open).pluck().get(id) ?? MISSING) as InformationRequestId;
      const words = `Бар ${newId()}`;
      await triage.answer(feldsher, id, question, { answer: words, vitals: { spo2: 95 } });
      desk.said.push({ sql: 'select answer from information_request where id = ?', id: question, words });
      return;
    }
    case 'answer':
      return calling.answer(actorOf(step.who), id);
    case 'decline':
      return calling.decline(actorOf(step.who), id, 'busy', '');
    case 'end':
      return calling.endCall(actorOf(step.who), id);
    case 'save':
      return conclusions.saveConclusion(actorOf(step.who), id, 0, CONCLUSION);
    case 'sign': {
      const { sha256 } = await signing.preview(actorOf(step.who), id);
      return signing.sign(actorOf(step.who), id, sha256, PASSWORD);
    }
    case 'turn':
      return triage.turn(actorOf(step.who), id, { into: step.into, note: '' });
    case 'presence':
      return calling.roomPresenceChanged(id, step.both);
    case 'cancel':
      return consultations.cancel(step.which === 0 ? feldsher : coordinator, id, 'Тест');
    case 'callAgain':
      return calling.callAgain(feldsher, id);
    case 'receive':
      return consultations.receive(feldsher, id);
    case 'wait':
      await desk.rooms.look();
      clock.advance(step);
      await desk.rooms.look();
      // The server's clock looks every second.
      return run(desk, ids, { do: 'tick' });
    case 'tick':
      await calling.escalateDue();
      return calling.settleInterrupted();
  }
}

/** What could well come next, as the people at their screens would do it. */
function listFitting(status: ConsultationState, mine: (typeof PEOPLE)[number], which: number): Step[] {
  const sort = (decision: (typeof DECISIONS)[number], who: (typeof PEOPLE)[number] | 'coordinator' = 'coordinator') =>
    ({ do: 'sort', who, which, decision, isStale: 1 }) as const;
  const turn = (into: 'call' | 'written' | 'booking' | 'triage', who: (typeof PEOPLE)[number] | 'feldsher') =>
    ({ do: 'turn', who, which, into }) as const;
  const by = (what: 'answer' | 'decline' | 'end' | 'save' | 'sign', who = mine) => ({ do: what, who, which }) as const;
  const undo = { do: 'undo', who: 'coordinator', which } as const;
  const enter = (who: (typeof PEOPLE)[number] | 'feldsher', tab = 0) => ({ do: 'enter', who, which, tab }) as const;
  const talk = { do: 'wait', seconds: 70 } as const;
  switch (status) {
    case 'in_triage':
    case 'redirected':
      return [sort('written'), sort('ask'), sort('now'), sort('booked'), sort('redirect'), sort('decline')];
    case 'info_requested':
      return [{ do: 'reply', which }, { do: 'reply', which }, undo];
    case 'declined':
      return [undo];
    case 'accepted':
      return [undo, sort('written'), sort('now')];
    case 'ringing':
    case 'escalated':
      return [
        enter('feldsher'),
        by('answer', 'cardio'),
        by('answer', 'cardioTwin'),
        by('decline', 'cardioBackup'),
        { do: 'wait', seconds: RING_SECONDS },
      ];
    case 'in_call':
      return [
        enter('feldsher'),
        enter('feldsher', 1),
        enter(mine),
        enter(mine, 1),
        talk,
        talk,
        { do: 'presence', which, both: false },
        { do: 'lose', who: mine, which, tab: 0 },
        { do: 'leave', who: 'feldsher', which, tab: 0 },
        by('save'),
        by('save'),
        by('end'),
        by('end'),
        by('end'),
        by('end'),
      ];
    case 'interrupted':
      return [
        { do: 'presence', which, both: true },
        enter('feldsher'),
        enter(mine),
        turn('call', mine),
        turn('call', 'feldsher'),
        turn('written', mine),
        turn('booking', 'feldsher'),
      ];
    case 'async_assigned':
      return [
        sort('ask', mine),
        by('save'),
        by('save'),
        by('sign'),
        by('sign'),
        turn('call', mine),
        turn('triage', mine),
        turn('booking', mine),
        undo,
      ];
    case 'conclusion_draft':
    case 'awaiting_signature':
      return [by('save'), by('sign'), by('sign'), by('answer')];
    case 'delivered':
      return [{ do: 'acknowledge', which }];
    default:
      return [{ do: 'receive', which }];
  }
}

type Services = Awaited<ReturnType<typeof createTestServices>>;
type Desk = Pick<ConsultDesk, 'world' | 'feldsher' | 'coordinator' | 'raw' | 'clock' | 'call'> &
  Omit<Services, 'store' | 'call'> & {
    readonly store: DyingStore;
    readonly rooms: LifeRooms;
    readonly said: Acknowledged[];
  };

interface Row {
  readonly id: RequestId;
  readonly status: ConsultationState;
  readonly version: number;
  readonly practitioner_id: string | null;
  readonly patient_id: string | null;
  readonly urgency: (typeof URGENCIES)[number];
  readonly ring_deadline: string | null;
  readonly paused_at: string | null;
  readonly asked_from: string | null;
}

/** Statuses a request was in, so that what is final stays final and what was signed stays signed. */
interface Memory {
  readonly signed: Map<string, string>;
  readonly texts: Map<string, string>;
  readonly editions: Map<string, string>;
}

/** Events that came about in the whole run: a model that never gets anywhere proves nothing. */
const lived = new Set<string>();

async function checkInvariants(desk: Desk, memory: Memory): Promise<void> {
  const rows = desk.raw.prepare('select * from service_request').all() as Row[];
  const callsOf = new Map<string, number>();
  for (const row of rows) {
    const story = `${row.status} v${row.version}`;
    const entries = desk.raw
      .prepare(
        "select action, detail, actor_id, at from audit_event where entity_type = 'consultation' and entity_id = ? order by seq",
      )
      .all(row.id) as { action: string; detail: string; actor_id: string | null; at: string }[];
    const moves = entries
      .map((entry) => ({
        ...entry,
        ...(JSON.parse(entry.detail) as { from?: ConsultationState; to?: ConsultationState }),
      }))
      .filter(({ to }) => to !== undefined && CONSULTATION_STATES.includes(to));

    // 6: every transition is in the log with its actor and time, and the log alone gives the state.
    let state: ConsultationState = 'draft';
    for (const { action, from, to, actor_id, at } of moves) {
      const event = action.replace('consultation.', '') as keyof typeof consultationTransitions;
      expect(from, `${story}: ${action}`).toBe(state);
      const transition = consultationTransitions[event];
      lived.add(event);
      expect(transition.from as readonly string[], action).toContain(state);
      expect(transition.to, action).toBe(to);
      expect(actor_id !== null || (transition.by as readonly string[]).includes('system'), action).toBe(true);
      expect(at, action).toMatch(/Z$/);
      state = to ?? state;
    }
    expect(state, story).toBe(row.status);

    // 1: hanging up or a dropped link ends nothing.
    const hangUps = moves.filter(({ action }) => ['consultation.interrupt', 'consultation.end_call'].includes(action));
    for (const { to } of hangUps) expect(['interrupted', 'conclusion_draft']).toContain(to);
    // One rung, and phones ring exactly while it does.
    const isRinging = row.status === 'ringing' || row.status === 'escalated';
    const rungs = count(desk, "select count(*) from call_rung where request_id = ? and outcome = 'ringing'", row.id);
    const rings = count(desk, "select count(*) from ring where request_id = ? and outcome = 'ringing'", row.id);
    expect([rungs, rings > 0, row.ring_deadline !== null], story).toEqual([isRinging ? 1 : 0, isRinging, isRinging]);
    // 3: whoever is to act has the request, and nobody without a specialist talks or writes.
    const needsSomebody = ['in_call', 'interrupted', 'async_assigned', 'conclusion_draft', 'signed'].includes(
      row.status,
    );
    expect(!needsSomebody || row.practitioner_id !== null, story).toBe(true);
    // 5: one specialist, one call.
    if (row.status === 'in_call')
      callsOf.set(row.practitioner_id ?? '', (callsOf.get(row.practitioner_id ?? '') ?? 0) + 1);
    // 8: the clock stands exactly while the station is asked.
    expect([row.paused_at !== null, row.asked_from !== null], story).toEqual(
      Array(2).fill(row.status === 'info_requested'),
    );
    const open = count(
      desk,
      'select count(*) from information_request where request_id = ? and answer is null and withdrawn_at is null',
      row.id,
    );
    expect(row.status !== 'info_requested' || open === 1, story).toBe(true);
    // No guard is passed by: an emergency alone goes without its patient.
    expect(row.urgency === 'stat' || row.patient_id !== null, story).toBe(true);

    // 4 and 7: what was signed and typed is there, byte for byte, whatever came after.
    const signed = desk.raw
      .prepare('select sha256 from composition where request_id = ? and signed_at is not null and edition = 1')
      .pluck()
      .get(row.id) as string | undefined;
    expect(signed, story).toBe(memory.signed.get(row.id) ?? signed);
    if (signed !== undefined) memory.signed.set(row.id, signed);
    const text = desk.raw.prepare('select reason from service_request where id = ?').pluck().get(row.id) as string;
    expect(text).toBe(memory.texts.get(row.id) ?? text);
    memory.texts.set(row.id, text);
  }
  for (const calls of callsOf.values()) expect(calls).toBe(1);
  await desk.rooms.look();
  checkRooms(desk.raw, desk.rooms);
  checkAcknowledged(desk.raw, desk.said);
  checkEditions(desk.raw, memory.editions);
  if (rows[0] !== undefined) await checkClock(desk, rows[0].id);
  expect(await desk.store.read((tx) => auditLog.findFirstBroken(tx))).toBeUndefined();
}

function count(desk: Desk, sql: string, id: string): number {
  return desk.raw.prepare(sql).pluck().get(id) as number;
}

const LIVED = [
  'ask_for_info',
  'give_info',
  'give_info_for_writing',
  'undo_triage',
  'redirect',
  'decline',
  'accept_triage',
  'assign_async',
  'turn_into_booking',
  'give_back',
  'call_now',
  'escalate',
  'exhaust_ladder',
  'answer',
  'interrupt',
  'reconnect',
  'resume_call',
  'end_call',
  'sign',
  'deliver',
  'acknowledge',
  'close',
  'cancel',
];

/** A throw at the n-th write of a transaction: whichever table it is, nothing of the unit may stay. */
const FAULTS = [
  'service_request',
  'audit_event',
  'call_rung',
  'ring',
  'triage_decision',
  'information_request',
  'message',
  'media_stay',
] as const;
const fault = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.constantFrom(...FAULTS) },
);

test('random lives keep every invariant, at once, twice, out of order, over faults, restarts and processes that die', async () => {
  let steps = 0;
  let refused = 0;
  let faults = 0;
  let deaths = 0;
  const verdicts = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          steps: fc.array(step, { minLength: 1, maxLength: 3 }),
          fault,
          isRestart: fc.nat(9),
          // Between any two units of work, also of one step.
          diesAfter: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(4) }),
        }),
        { minLength: 16, maxLength: 30 },
      ),
      async (groups) => {
        let desk = await openDesk();
        const memory: Memory = { signed: new Map(), texts: new Map(), editions: new Map() };
        const ids: RequestId[] = [];
        await run(desk, ids, { do: 'create', how: 'write' });
        ids.push(await desk.call());
        for (const group of groups) {
          if (group.fault !== null) plant(desk, group.fault);
          if (group.diesAfter !== null) desk.store.dieAfter(group.diesAfter);
          const outcomes = await Promise.allSettled(group.steps.map((one) => run(desk, ids, one)));
          await desk.rooms.settle();
          if (group.fault !== null) desk.raw.exec('drop trigger planted_insert; drop trigger planted_update');
          for (const outcome of outcomes) {
            steps += 1;
            if (outcome.status === 'fulfilled') continue;
            if (isPlanted(outcome.reason)) faults += 1;
            // Refusals are fine, faults that nobody planted are not.
            else if (!(outcome.reason instanceof DomainError)) throw outcome.reason;
            refused += 1;
          }
          if (group.diesAfter !== null) {
            deaths += desk.store.isDead ? 1 : 0;
            desk = await startAgain(desk);
          }
          await checkInvariants(desk, memory);
          if (group.isRestart === 0) {
            await desk.store.close();
            desk = await startAgain(desk);
            await checkInvariants(desk, memory);
          }
        }
        // However it went: people can bring each of them to its end.
        for (const [at, id] of ids.entries()) await bringToEnd(desk, ids, at, id);
        await checkInvariants(desk, memory);
        const lives = desk.raw.prepare('select id from service_request').pluck().all() as RequestId[];
        for (const id of lives) verdicts.add(await checkPayable(desk, id));
        desk.rooms.die();
        await desk.store.close();
      },
    ),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  // With another seed or fewer lives some of them may not come about.
  const missing = LIVED.filter((event) => !lived.has(event));
  const isUsual = SEED === 2028 && RUNS >= 15;
  expect(isUsual ? missing : []).toEqual([]);
  expect(isUsual ? [...verdicts] : ['payable', 'refused']).toEqual(expect.arrayContaining(['payable', 'refused']));
  expect(faults).toBeGreaterThan(0);
  expect(deaths).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(faults);
  expect(refused).toBeLessThan(steps);
}, 180_000);

const ENDED: readonly ConsultationState[] = ['closed', 'declined', 'cancelled'];

/** Nothing gets stuck: whatever happened, the next steps of people who want to end it end it. */
async function bringToEnd(desk: Desk, ids: RequestId[], which: number, id: RequestId): Promise<void> {
  const find = () =>
    desk.raw.prepare('select status, practitioner_id from service_request where id = ?').get(id) as Row | undefined;
  const story: string[] = [];
  let hasAsked = false;
  // One whose first words were lost was never there.
  for (let row = find(); row !== undefined && !ENDED.includes(row.status); row = find()) {
    story.push(row.status);
    expect(story.length, `stuck: ${story.join(' ')}`).toBeLessThan(30);
    const mine = PEOPLE.find((name) => desk.world[name].practitionerId === row?.practitioner_id) ?? 'cardio';
    for (const step of towardsEnd(row.status, mine, which, !hasAsked)) {
      hasAsked ||= step.do === 'sort' && step.decision === 'ask';
      await run(desk, ids, step).catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      });
    }
    await desk.rooms.settle();
  }
}

function towardsEnd(status: ConsultationState, mine: (typeof PEOPLE)[number], which: number, mayAsk: boolean): Step[] {
  const by = (what: 'answer' | 'end' | 'save' | 'sign', who = mine): Step => ({ do: what, who, which });
  const sort = (decision: 'written' | 'ask', who: typeof mine | 'coordinator' = 'coordinator'): Step => ({
    do: 'sort',
    who,
    which,
    decision,
    isStale: 1,
  });
  switch (status) {
    case 'ringing':
    case 'escalated':
      return [...PEOPLE.map((who) => by('answer', who)), { do: 'wait', seconds: RING_SECONDS }];
    case 'in_call':
      return [by('save'), by('end')];
    case 'interrupted':
      return [{ do: 'turn', who: mine, which, into: 'written' }];
    case 'async_assigned':
      return mayAsk ? [sort('ask', mine)] : [by('save'), by('sign')];
    case 'info_requested':
      return [{ do: 'reply', which }];
    case 'conclusion_draft':
    case 'awaiting_signature':
      return [by('save'), by('sign')];
    case 'signed':
    case 'amended':
      return [{ do: 'receive', which }];
    case 'delivered':
      return [{ do: 'acknowledge', which }];
    // It was to be booked; it is called after all.
    case 'accepted':
      return [{ do: 'callAgain', which }];
    default:
      return [sort('written')];
  }
}

async function openDesk(): Promise<Desk> {
  const store = createDyingStore(await createTestStore());
  const desk = await createConsultDesk({ store });
  return { ...desk, store, rooms: new LifeRooms(desk), said: [] };
}

/** Another process on the same file, as after a stop or a death; memory is gone, what was typed and stored is not. */
async function startAgain(before: Desk): Promise<Desk> {
  const { world, feldsher, coordinator, clock, said } = before;
  before.rooms.die();
  const { path } = before.store;
  const opened = await openDatabase({ path });
  onTestFinished(() => opened.close());
  const store = createDyingStore(Object.assign(opened, { path }));
  // A machine takes its time.
  clock.advance({ seconds: 61 });
  const services = await createTestServices({ store, clock });
  const rooms = new LifeRooms(services);
  await rooms.look();
  await services.calling.escalateDue();
  await services.calling.settleInterrupted();
  await rooms.interruptLeft();
  const call = async () => {
    const request = newConsultation({ specialty: world.cardiology, patientId: world.patient });
    await services.consultations.createConsultation(feldsher, request);
    return request.id;
  };
  return { ...services, store, rooms, world, feldsher, coordinator, said, raw: openRaw(store), call };
}

function plant(desk: Desk, table: (typeof FAULTS)[number]): void {
  desk.raw.exec(`create trigger planted_insert before insert on ${table} begin select raise(abort, 'planted'); end;
    create trigger planted_update before update on ${table} begin select raise(abort, 'planted'); end`);
}

function isPlanted(reason: unknown): boolean {
  if (reason instanceof AggregateError) return reason.errors.every(isPlanted);
  return reason instanceof Error && /planted/.test(`${reason.message} ${String(reason.cause)}`);
}

test('nobody can type that a consult is payable: there is no place for it', async () => {
  const { raw } = await createConsultDesk();
  const columns = raw
    .prepare("select m.name || '.' || p.name from sqlite_master m, pragma_table_info(m.name) p where m.type = 'table'")
    .pluck()
    .all() as string[];
  expect(columns.length).toBeGreaterThan(100);
  expect(columns.filter((name) => /payable|verdict|score|is_paid/.test(name))).toEqual([]);
});

test('every event of the machine is refused from every state it is not for, whoever asks', () => {
  // The table is the only way: nothing else moves a request.
  const events = Object.keys(consultationTransitions) as (keyof typeof consultationTransitions)[];
  const wrong = CONSULTATION_STATES.flatMap((state) =>
    events.flatMap((event) => {
      const isFor = (consultationTransitions[event].from as readonly string[]).includes(state);
      return isFor
        ? []
        : (['station', 'specialist', 'coordinator', 'system'] as const).map((actor) => [state, event, actor] as const);
    }),
  );
  expect(wrong.length).toBeGreaterThan(0);
  expect(wrong.filter(([state, event, actor]) => nextState(state, event, actor) !== undefined)).toEqual([]);
});
