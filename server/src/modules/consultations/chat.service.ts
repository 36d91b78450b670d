import type { ChatMessage } from '@jaqyn/shared/consultations/consultation.contract';
import { FINAL_STATES, isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { MessageId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import type { CallingService } from './calling.service.ts';
import { chatRepository } from './chat.repository.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import type { RequestRow } from './consultation.repository.ts';
import { participantRepository } from './participant.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly calling: CallingService;
  readonly loader: ConsultationLoader;
}

/** Chat of one consultation: stored before anybody is told it was sent. */
export class ChatService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #reads: ReadLog;
  readonly #calling: CallingService;
  readonly #loader: ConsultationLoader;

  constructor({ store, clock, calling, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#reads = new ReadLog({ store, clock });
    this.#calling = calling;
    this.#loader = loader;
  }

  /** The id comes from the sender's browser: sending again after a cut stores once and answers the same message. */
  sendMessage(actor: Actor, requestId: RequestId, id: MessageId, text: string): Promise<ChatMessage> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'chat', requestId);
      const stored = await chatRepository.find(tx, id);
      if (stored !== undefined) {
        const isSame = stored.requestId === requestId && stored.author.userId === actor.userId && stored.text === text;
        if (!isSame) throw new DomainError('idempotency.key_reused');
        return stored;
      }
      if (isIn(row.status, FINAL_STATES)) throw new DomainError('consultation.state_conflict');
      const message = await chatRepository.insert(tx, { id, requestId, author: actor, text, sentAt: at });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'message.send',
        entityType: 'message',
        entityId: id,
        detail: { requestId, seq: message.seq },
      });
      outbox.push([
        'chat:sent',
        {
          message,
          stationId: row.stationId as never,
          practitionerId: row.practitionerId as never,
          userIds: await listReaders(tx, row),
        },
      ]);
      return message;
    });
  }

  async listMessages(actor: Actor, requestId: RequestId, afterSeq: number): Promise<ChatMessage[]> {
    const messages = await this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read', requestId);
      return chatRepository.listAfter(tx, requestId, afterSeq);
    });
    if (messages.length > 0) {
      await this.#reads.record(actor, { action: 'message.read', entityType: 'consultation', entityIds: [requestId] });
    }
    return messages;
  }
}

/** Of those who were asked in, who may read: further specialists while the call goes on. */
async function listReaders(tx: Tx, { id, status }: RequestRow): Promise<UserId[]> {
  if (!isIn(status, ['in_call', 'interrupted'])) return [];
  const parts = await participantRepository.listLive(tx, id as RequestId);
  return parts.filter(({ type }) => type === 'consultant').map(({ userId }) => userId);
}
