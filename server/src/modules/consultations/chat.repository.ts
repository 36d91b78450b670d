import type { ChatMessage } from '@jaqyn/shared/consultations/consultation.contract';
import type { MessageId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { userTable } from '../auth/user.table.ts';
import { messageTable } from './consultation.table.ts';

const columns = {
  id: messageTable.id,
  requestId: messageTable.requestId,
  seq: messageTable.seq,
  authorId: messageTable.authorId,
  authorName: userTable.displayName,
  text: messageTable.text,
  sentAt: messageTable.sentAt,
};

export const chatRepository = {
  async find(tx: Tx, id: MessageId): Promise<ChatMessage | undefined> {
    const [row] = await tx
      .select(columns)
      .from(messageTable)
      .innerJoin(userTable, eq(userTable.id, messageTable.authorId))
      .where(eq(messageTable.id, id));
    return row && toMessage(row);
  },

  /** Gives the next number within the consultation; the unique index keeps two processes from giving the same. */
  async insert(
    tx: Tx,
    message: {
      id: MessageId;
      requestId: RequestId;
      author: Pick<Actor, 'userId' | 'displayName'>;
      text: string;
      sentAt: Instant;
    },
  ): Promise<ChatMessage> {
    const [last] = await tx
      .select({ seq: sql<number>`coalesce(max(${messageTable.seq}), 0)` })
      .from(messageTable)
      .where(eq(messageTable.requestId, message.requestId));
    const seq = (last?.seq ?? 0) + 1;
    const { author, ...row } = message;
    await tx.insert(messageTable).values({ ...row, seq, authorId: author.userId });
    return { ...row, seq, author: { userId: author.userId, displayName: author.displayName } };
  },

  async listAfter(tx: Tx, requestId: RequestId, afterSeq: number): Promise<ChatMessage[]> {
    const rows = await tx
      .select(columns)
      .from(messageTable)
      .innerJoin(userTable, eq(userTable.id, messageTable.authorId))
      .where(and(eq(messageTable.requestId, requestId), gt(messageTable.seq, afterSeq)))
      .orderBy(asc(messageTable.seq));
    return rows.map(toMessage);
  },
};

function toMessage({
  authorId,
  authorName,
  ...row
}: {
  id: string;
  requestId: string;
  seq: number;
  authorId: string;
  authorName: string;
  text: string;
  sentAt: string;
}): ChatMessage {
  return { ...row, author: { userId: authorId, displayName: authorName } } as ChatMessage;
}
