import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
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
import { expect } from 'vitest';
import { DomainError } from '../src/kernel/domain-error.ts';
import { newId } from '../src/kernel/ids.ts';
import { CONCLUSION, MISSING } from './consult-desk.ts';
import { newConsultation, PASSWORD } from './factories.ts';
import type { LifeDesk, RequestRow } from './life-desk.ts';
import { listFitting, towardsEnd } from './life-next.ts';
import { PEOPLE, type Person, type Step } from './life-step.ts';

/** What one step does: whatever the services answer or refuse. `ids` are the lives so far, at most three. */
export async function runStep(desk: LifeDesk, ids: RequestId[], step: Step): Promise<unknown> {
  const { triage, calling, consultations, conclusions, signing, clock, world, feldsher, coordinator } = desk;
  const id = ids['which' in step ? step.which : 0] ?? MISSING;
  const actorOf = (name: Person | 'coordinator' | 'feldsher') => world[name].actor;
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
      const { status, practitioner_id } = (row ?? { status: 'draft', practitioner_id: null }) as RequestRow;
      const mine = PEOPLE.find((name) => world[name].practitionerId === practitioner_id) ?? 'cardio';
      const fitting = listFitting(status, mine, step.which);
      const chosen = fitting[step.pick % Math.max(1, fitting.length)];
      return chosen && runStep(desk, ids, chosen);
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
      return runStep(desk, ids, { do: 'tick' });
    case 'tick':
      await calling.escalateDue();
      return calling.settleInterrupted();
  }
}

const ENDED: readonly ConsultationState[] = ['closed', 'declined', 'cancelled'];

/** Nothing gets stuck: whatever happened, the next steps of people who want to end it end it. */
export async function bringToEnd(desk: LifeDesk, ids: RequestId[], which: number, id: RequestId): Promise<void> {
  const find = () =>
    desk.raw.prepare('select status, practitioner_id from service_request where id = ?').get(id) as
      | RequestRow
      | undefined;
  const story: string[] = [];
  let hasAsked = false;
  // One whose first words were lost was never there.
  for (let row = find(); row !== undefined && !ENDED.includes(row.status); row = find()) {
    story.push(row.status);
    expect(story.length, `stuck: ${story.join(' ')}`).toBeLessThan(30);
    const mine = PEOPLE.find((name) => desk.world[name].practitionerId === row?.practitioner_id) ?? 'cardio';
    for (const step of towardsEnd(row.status, mine, which, !hasAsked)) {
      hasAsked ||= step.do === 'sort' && step.decision === 'ask';
      await runStep(desk, ids, step).catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      });
    }
    await desk.rooms.settle();
  }
}
