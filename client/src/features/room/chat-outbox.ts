import { MessageId, type RequestId } from '@jaqyn/shared/kernel/ids';
import * as z from 'zod/mini';
import { deleteDraft, listDrafts, saveDraft } from '../../lib/drafts.ts';
import type { ChatOutbox } from './room-client-chat.ts';

const Stored = z.object({ id: MessageId, text: z.string() });

/** What this person said in one consultation and the server has not stored yet, among this device's drafts. */
export function createChatOutbox(owner: string, requestId: RequestId): ChatOutbox {
  const prefix = `chat-unsent:${requestId}:`;
  return {
    async load() {
      const found = await listDrafts(owner, prefix, Stored);
      // Ids begin with their millisecond, so this is the order in which it was said.
      return found.map(({ value }) => value).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    async keep(message) {
      await saveDraft(owner, `${prefix}${message.id}`, message);
    },
    forget: (id) => deleteDraft(owner, `${prefix}${id}`),
  };
}
