import type { AppointmentId, NoticeId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { NoticeKind, NoticeParameters } from '@jaqyn/shared/notices/notice.contract';
import { UNDO_SECONDS } from '@jaqyn/shared/scheduling/operation.contract';
import type { Tx } from '../../db/store.ts';
import { newId } from '../../kernel/ids.ts';
import { type LastTold, type NewNotice, noticeRepository } from './notice.repository.ts';
import { deliveryRepository } from './notice-delivery.repository.ts';
import { type Person, recipientRepository } from './notice-recipient.repository.ts';
import { type AppointmentFacts, type Subject, subjectRepository } from './notice-subject.repository.ts';

/** What somebody is told, before it is known to whom. */
interface Telling {
  readonly kind: NoticeKind;
  readonly subject: Subject;
  readonly at: Instant;
  readonly dueAt: Instant;
  readonly placement: string | null;
  /** Told once to each person. */
  readonly key: string;
  readonly minutes?: number;
  /** Of a cancelled appointment, the slot it had. */
  readonly startsAt?: Instant | null;
  /** Who did it knows already. */
  readonly knownBy?: UserId | null;
}

const PLACED = ['booked', 'arrived', 'checked-in'];
/** From here on there is nothing to tell: it happened, or it did not. */
const PAST = ['fulfilled', 'noshow'];

/**
 * Writes notices in the unit of work that changes what they tell about, so that neither is ever without the other. Like the audit log it has
 * no state of its own.
 */
export const noticeBook = {
  /**
   * Tells those concerned where an appointment is now, by comparing it with what each was last told: a change that is taken back within
   * the ten seconds of undoing is told to nobody.
   */
  async followAppointment(tx: Tx, id: AppointmentId, by: { at: Instant; actorId: UserId | null }): Promise<void> {
    const facts = await subjectRepository.findAppointment(tx, id);
    if (facts === undefined || PAST.includes(facts.status)) return;
    await noticeRepository.supersede(tx, id, by.at);
    const isPlaced = PLACED.includes(facts.status);
    const isOffered = facts.status === 'proposed';
    const concerned = await recipientRepository.listStaff(tx, {
      ...(isPlaced || isOffered ? { stationId: facts.stationId } : {}),
      ...(isPlaced ? { practitionerIds: facts.practitionerIds } : {}),
    });
    const told = await noticeRepository.listLastTold(tx, id);
    const people = new Map<string, { person: Person; isConcerned: boolean; last?: LastTold }>();
    for (const { person, last } of told) people.set(person.id, { person, last, isConcerned: false });
    if (isPlaced || isOffered) {
      for (const person of concerned) people.set(person.id, { ...people.get(person.id), person, isConcerned: true });
    }

    const placement = placementOf(facts);
    const tellings = [...people.values()].flatMap(({ person, isConcerned, last }) => {
      const kind = whatToTell(last, isConcerned ? placement : '', isOffered);
      if (kind === undefined) return [];
      const telling: Telling = {
        kind,
        subject: facts,
        at: by.at,
        dueAt: later(by.at, UNDO_SECONDS),
        placement: kind === 'appointment_cancelled' ? null : placement,
        key: `${kind} ${id} ${facts.version}`,
        ...(kind === 'appointment_cancelled' && { startsAt: last?.parameters.startsAt ?? null }),
        knownBy: by.actorId,
      };
      return [{ person, telling }];
    });
    await write(tx, tellings);
  },

  /** The station hears of a signed conclusion, also of one that amends another. */
  async conclusionSigned(tx: Tx, requestId: RequestId, version: number, by: { at: Instant; actorId: UserId | null }) {
    const subject = await subjectRepository.findRequest(tx, requestId);
    if (subject === undefined) return;
    await writeAll(tx, await recipientRepository.listStaff(tx, { stationId: subject.stationId }), {
      kind: 'conclusion_signed',
      subject,
      at: by.at,
      dueAt: by.at,
      placement: null,
      key: `conclusion_signed ${requestId} ${version}`,
      knownBy: by.actorId,
    });
  },

  /** How many people were told now; 0 when all of them had been before. So for the next two. */
  async remind(tx: Tx, id: AppointmentId, minutes: number, at: Instant): Promise<number> {
    const facts = await subjectRepository.findAppointment(tx, id);
    if (facts === undefined) return 0;
    const { startsAt } = facts.parameters;
    const of = { stationId: facts.stationId, practitionerIds: facts.practitionerIds };
    const placement = `${startsAt} ${minutes}`;
    const key = `appointment_reminder ${id} ${placement}`;
    const telling = { kind: 'appointment_reminder', subject: facts, at, dueAt: at, placement, key, minutes } as const;
    return await writeAll(tx, await recipientRepository.listStaff(tx, of), telling);
  },

  /** The specialist is told; at the last limit, `isLast`, the coordinators too, and at once where no specialist has an account. */
  async tellUnsigned(
    tx: Tx,
    { id, endedAt }: { id: RequestId; endedAt: Instant },
    { minutes, isLast, at }: { minutes: number; isLast: boolean; at: Instant },
  ): Promise<number> {
    const subject = await subjectRepository.findRequest(tx, id);
    if (subject === undefined) return 0;
    const people = await recipientRepository.listStaff(tx, { practitionerIds: subject.practitionerIds });
    if (isLast || people.length === 0) people.push(...(await recipientRepository.listCoordinators(tx, subject.region)));
    const placement = `${endedAt} ${minutes}`;
    const key = `conclusion_unsigned ${id} ${placement}`;
    return await writeAll(tx, people, { kind: 'conclusion_unsigned', subject, at, dueAt: at, placement, key, minutes });
  },

  /** The specialist hears that something they advised cannot be done; where they have no account, the coordinators. */
  async tellCannot(
    tx: Tx,
    requestId: RequestId,
    edition: number,
    by: { at: Instant; actorId: UserId },
  ): Promise<number> {
    const subject = await subjectRepository.findRequest(tx, requestId);
    if (subject === undefined) return 0;
    const people = await recipientRepository.listStaff(tx, { practitionerIds: subject.practitionerIds });
    if (people.length === 0) people.push(...(await recipientRepository.listCoordinators(tx, subject.region)));
    return await writeAll(tx, people, {
      kind: 'recommendation_cannot',
      subject,
      at: by.at,
      dueAt: by.at,
      placement: null,
      key: `recommendation_cannot ${requestId} ${edition}`,
      knownBy: by.actorId,
    });
  },

  /** Somebody is asked into the call of a request; `key` is of the asking. */
  async tellInvited(
    tx: Tx,
    requestId: RequestId,
    { key, userId }: { key: string; userId: UserId },
    by: { at: Instant; actorId: UserId | null },
  ): Promise<number> {
    const subject = await subjectRepository.findRequest(tx, requestId);
    const person = await recipientRepository.findPerson(tx, userId);
    if (subject === undefined || person === undefined) return 0;
    return await writeAll(tx, [person], {
      kind: 'call_invited',
      subject,
      at: by.at,
      dueAt: by.at,
      placement: null,
      key: `call_invited ${key}`,
      knownBy: by.actorId,
    });
  },

  async tellOverdue(tx: Tx, id: AppointmentId, at: Instant): Promise<number> {
    const facts = await subjectRepository.findAppointment(tx, id);
    if (facts === undefined) return 0;
    const minutes = Math.max(0, Math.floor((Date.parse(at) - Date.parse(facts.treatBy)) / 60_000));
    const placement = facts.treatBy;
    const key = `request_overdue ${id} ${placement}`;
    const telling = { kind: 'request_overdue', subject: facts, at, dueAt: at, placement, key, minutes } as const;
    return await writeAll(tx, await recipientRepository.listCoordinators(tx, facts.region), telling);
  },
};

/** Where an appointment is, in one word; empty where it has no slot. */
export function placementOf({ status, parameters, practitionerIds }: AppointmentFacts): string {
  if (status === 'proposed') return `offered ${parameters.startsAt} ${practitionerIds.join(' ')}`;
  return PLACED.includes(status) ? `${parameters.startsAt} ${practitionerIds.join(' ')}` : '';
}

function whatToTell(
  last: { kind: NoticeKind; placement: string | null } | undefined,
  placement: string,
  isOffered: boolean,
): NoticeKind | undefined {
  const wasPlaced = last?.kind === 'appointment_booked' || last?.kind === 'appointment_moved';
  if (placement === '') return wasPlaced ? 'appointment_cancelled' : undefined;
  if (last?.placement === placement) return undefined;
  if (isOffered) return 'appointment_offered';
  return wasPlaced ? 'appointment_moved' : 'appointment_booked';
}

function writeAll(tx: Tx, people: readonly Person[], telling: Telling): Promise<number> {
  return write(
    tx,
    people.map((person) => ({ person, telling })),
  );
}

/** To how many of them it was new. A station may have many people: each statement is for all of them. */
async function write(
  tx: Tx,
  tellings: readonly { readonly person: Person; readonly telling: Telling }[],
): Promise<number> {
  const notices = tellings.map(({ person, telling }) => ({ ...toNotice(person, telling), knownBy: telling.knownBy }));
  const isNew = await noticeRepository.insertAll(
    tx,
    notices.map(({ knownBy: _knownBy, ...notice }) => notice),
  );
  // Whoever did it is told nothing, but the next change is compared with what they know.
  const toTell = notices.filter(({ id, recipientId, knownBy }) => isNew.has(id) && recipientId !== knownBy);
  const contacts = await recipientRepository.listContacts(
    tx,
    toTell.map(({ recipientId }) => recipientId),
  );
  const deliveries = toTell.flatMap(({ id, recipientId, dueAt }) => {
    const outbox = { noticeId: id, nextAt: dueAt };
    const { email = '', phone = '' } = contacts.get(recipientId) ?? {};
    return [
      { ...outbox, id: newId<string>(), channel: 'in_app' as const },
      ...(email === '' ? [] : [{ ...outbox, id: newId<string>(), channel: 'email' as const }]),
      ...(phone === '' ? [] : [{ ...outbox, id: newId<string>(), channel: 'sms' as const }]),
    ];
  });
  await deliveryRepository.insertAll(tx, deliveries);
  return isNew.size;
}

function toNotice(person: Person, telling: Telling): NewNotice {
  const { subject, minutes = null } = telling;
  const parameters: NoticeParameters = {
    ...subject.parameters,
    ...(telling.startsAt !== undefined && { startsAt: telling.startsAt }),
    minutes,
  };
  return {
    id: newId<NoticeId>(),
    recipientId: person.id,
    kind: telling.kind,
    parameters,
    requestId: parameters.requestId,
    appointmentId: parameters.appointmentId,
    placement: telling.placement,
    dedupKey: `${telling.key} ${person.id}`,
    at: telling.at,
    dueAt: telling.dueAt,
    readAt: telling.knownBy === person.id ? telling.at : null,
  };
}

function later(at: Instant, seconds: number): Instant {
  return toInstant(new Date(Date.parse(at) + seconds * 1000));
}
