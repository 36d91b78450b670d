import type { Role } from '@jaqyn/shared/auth/auth.contract';
import { type ConsultationState, isIn } from '@jaqyn/shared/consultations/consultation.machine';
import {
  type Invitable,
  type Invitation,
  MAX_PARTICIPANTS,
  needsConsent,
  type Participant,
  type ParticipantType,
} from '@jaqyn/shared/consultations/participant.contract';
import type { ParticipantId, RequestId, StationId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { Outbox } from '../../kernel/outbox.ts';
import { auditLog } from '../audit/audit-log.ts';
import { noticeBook } from '../notices/notice-book.ts';
import type { Presence } from '../staff/staff.service.ts';
import type { CallingService } from './calling.service.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import type { RequestRow } from './consultation.repository.ts';
import { type ParticipantRow, participantRepository } from './participant.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly calling: Pick<CallingService, 'run'>;
  readonly loader: ConsultationLoader;
  readonly presence: Presence;
}

/** While people can be asked in: a call is to come, or is on. */
const OPEN_STATES = [
  'accepted',
  'ringing',
  'escalated',
  'booked',
  'checked_in',
  'in_call',
  'interrupted',
] as const satisfies readonly ConsultationState[];
const CALL_STATES = ['in_call', 'interrupted'] as const;

/** Who may be asked in as what. Those who look after patients: nobody is brought in who has no duty of secrecy here. */
const ROLES_OF: Readonly<Record<ParticipantType, readonly Role[]>> = {
  consultant: ['specialist'],
  interpreter: ['feldsher', 'specialist', 'coordinator'],
  observer: ['feldsher', 'specialist', 'coordinator'],
};
const MOST_SHOWN = 20;

/** Who is asked into the call of a consultation besides its two sides: asked, agreed to, sent out. */
export class ParticipantService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #calling: Dependencies['calling'];
  readonly #loader: ConsultationLoader;
  readonly #presence: Presence;

  constructor({ store, clock, calling, loader, presence }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#calling = calling;
    this.#loader = loader;
    this.#presence = presence;
  }

  /** Throws `consultation.not_found`. */
  list(actor: Actor, requestId: RequestId): Promise<Participant[]> {
    return this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read', requestId);
      return participantRepository.listLive(tx, requestId);
    });
  }

  /** Those who are online first, and how many there are. Throws `consultation.not_found`. */
  async listInvitable(
    actor: Actor,
    requestId: RequestId,
    { type, q }: { readonly type: ParticipantType; readonly q: string },
  ): Promise<{ people: Invitable[]; total: number }> {
    const people = await this.#store.read(async (tx) => {
      const { stationId, practitionerId } = await this.#loader.getRow(tx, actor, 'invite', requestId);
      const there = new Set((await participantRepository.listLive(tx, requestId)).map(({ userId }) => userId));
      const found = await participantRepository.listInvitable(
        tx,
        { stationId, practitionerId, type, q },
        ROLES_OF[type],
      );
      return found.filter(({ userId }) => !there.has(userId));
    });
    const known = people.map((one) => ({ ...one, isOnline: this.#presence.isOnline(one.userId) }));
    const inOrder = [...known.filter(({ isOnline }) => isOnline), ...known.filter(({ isOnline }) => !isOnline)];
    return { people: inOrder.slice(0, MOST_SHOWN), total: inOrder.length };
  }

  /**
   * The id comes from the caller: the same again answers what is there, with another content `idempotency.key_reused`. Throws
   * `consultation.state_conflict` when no call is to come, `participant.already_in`, `participant.not_invitable`, `participant.too_many`.
   */
  invite(
    actor: Actor,
    requestId: RequestId,
    { id, userId, type }: { readonly id: ParticipantId; readonly userId: UserId; readonly type: ParticipantType },
  ): Promise<Participant[]> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'invite', requestId);
      const stored = await participantRepository.find(tx, id);
      if (stored !== undefined) {
        const isSame = stored.requestId === requestId && stored.userId === userId && stored.type === type;
        if (!isSame) throw new DomainError('idempotency.key_reused');
        return participantRepository.listLive(tx, requestId);
      }
      if (!isIn(row.status, OPEN_STATES)) throw new DomainError('consultation.state_conflict');
      await this.#assertInvitable(tx, row, userId, type);
      await participantRepository.insert(tx, {
        id,
        requestId,
        userId,
        type,
        invitedBy: actor.userId,
        invitedAt: at,
        consentBy: null,
        consentAt: null,
        removedBy: null,
        removedAt: null,
      });
      await note(tx, { actor, at, action: 'invite_participant', requestId, participant: { id, userId, type } });
      await noticeBook.tellInvited(tx, requestId, { key: id, userId }, { at, actorId: actor.userId });
      outbox.push(changed(row, userId));
      return participantRepository.listLive(tx, requestId);
    });
  }

  /** Throws `consultation.not_found`, `participant.not_found`; `participant.not_invitable` for a further specialist, who needs none. Again is harmless. */
  noteConsent(actor: Actor, requestId: RequestId, id: ParticipantId): Promise<Participant[]> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'note_consent', requestId);
      const part = await getPart(tx, requestId, id);
      if (part.removedAt !== null) throw new DomainError('participant.not_found');
      if (!needsConsent(part.type)) throw new DomainError('participant.not_invitable');
      if (part.consentAt === null) {
        await participantRepository.change(tx, id, { consentBy: actor.userId, consentAt: at });
        await note(tx, {
          actor,
          at,
          action: part.type === 'observer' ? 'agree_to_observer' : 'agree_to_interpreter',
          requestId,
          participant: part,
        });
        outbox.push(changed(row, part.userId as UserId));
      }
      return participantRepository.listLive(tx, requestId);
    });
  }

  /** A station sends out those only whom the patient agreed to: they may take it back. Again is harmless. */
  remove(actor: Actor, requestId: RequestId, id: ParticipantId): Promise<Participant[]> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'send_out', requestId);
      const part = await getPart(tx, requestId, id);
      if (actor.role === 'feldsher' && !needsConsent(part.type)) throw new DomainError('auth.forbidden');
      if (part.removedAt === null) {
        await participantRepository.change(tx, id, { removedBy: actor.userId, removedAt: at });
        await note(tx, { actor, at, action: 'send_participant_out', requestId, participant: part });
        outbox.push(changed(row, part.userId as UserId));
      }
      return participantRepository.listLive(tx, requestId);
    });
  }

  /** Of calls that are to come or on. */
  listInvitations(actor: Actor): Promise<Invitation[]> {
    return this.#store.read(async (tx) => {
      const found = await participantRepository.listInvitations(tx, actor.userId, OPEN_STATES);
      return found.map(({ status, invitation }) => ({ ...invitation, isOpen: isIn(status, CALL_STATES) }));
    });
  }

  async #assertInvitable(tx: Tx, row: RequestRow, userId: UserId, type: ParticipantType): Promise<void> {
    const user = await participantRepository.findUser(tx, userId);
    if (user === undefined || !ROLES_OF[type].includes(user.role)) throw new DomainError('participant.not_invitable');
    const isSide =
      user.stationId === row.stationId || (user.practitionerId !== null && user.practitionerId === row.practitionerId);
    const requestId = row.id as RequestId;
    if (isSide || (await participantRepository.findLive(tx, requestId, userId)) !== undefined) {
      throw new DomainError('participant.already_in');
    }
    if ((await participantRepository.countLive(tx, requestId)) >= MAX_PARTICIPANTS) {
      throw new DomainError('participant.too_many');
    }
  }
}

/** A foreign one is answered as a missing one. */
async function getPart(tx: Tx, requestId: RequestId, id: ParticipantId): Promise<ParticipantRow> {
  const part = await participantRepository.find(tx, id);
  if (part?.requestId !== requestId) throw new DomainError('participant.not_found');
  return part;
}

function note(
  tx: Tx,
  entry: {
    readonly actor: Actor;
    readonly at: ReturnType<Clock['instant']>;
    readonly action: 'invite_participant' | 'agree_to_observer' | 'agree_to_interpreter' | 'send_participant_out';
    readonly requestId: RequestId;
    readonly participant: Pick<ParticipantRow, 'id' | 'userId' | 'type'>;
  },
): Promise<void> {
  const { actor, at, action, requestId, participant } = entry;
  return auditLog.append(tx, {
    at,
    actor,
    action: `consultation.${action}`,
    entityType: 'consultation',
    entityId: requestId,
    detail: { participantId: participant.id, userId: participant.userId, type: participant.type },
  });
}

function changed(row: RequestRow, userId: UserId): Outbox[number] {
  return [
    'participants:changed',
    {
      requestId: row.id as RequestId,
      userIds: [userId],
      stationId: row.stationId as StationId,
      practitionerId: row.practitionerId as never,
    },
  ];
}
