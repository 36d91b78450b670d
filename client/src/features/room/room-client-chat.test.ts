import type { ChatMessage } from '@jaqyn/shared/consultations/consultation.contract';
import { type MessageId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { type ChatOutbox, RoomChat } from './room-client-chat.ts';
import { FakeSignalling } from './test-support.ts';

const requestId = RequestId.parse(newId());
const author = { userId: UserId.parse(newId()), displayName: 'Айгүл' };

/** The disk, which outlives the page. */
function createOutbox(): ChatOutbox & { readonly kept: Map<MessageId, string> } {
  const kept = new Map<MessageId, string>();
  return {
    kept,
    load: async () => [...kept].map(([id, text]) => ({ id, text })),
    keep: async ({ id, text }) => void kept.set(id, text),
    forget: async (id) => void kept.delete(id),
  };
}

/** A server that stores once by id and numbers in order. */
function setUp() {
  const outbox = createOutbox();
  const signalling = new FakeSignalling();
  const stored: ChatMessage[] = [];
  const store = (id: string, text: string): ChatMessage => {
    const found = stored.find((message) => message.id === id);
    if (found) return found;
    const seq = stored.length + 1;
    const message = { id, requestId, seq, author, text, sentAt: '2026-11-22T09:00:00.000Z' as Instant } as ChatMessage;
    stored.push(message);
    return message;
  };
  signalling.answer('chat:send', ({ messageId, text }) => ({ message: store(messageId, text) }));
  const loads: number[] = [];
  const openPage = () =>
    RoomChat.create({
      requestId,
      signalling,
      outbox,
      loadMessages: async (afterSeq) => {
        loads.push(afterSeq);
        return stored.filter(({ seq }) => seq > afterSeq);
      },
      onChange: () => undefined,
    });
  const chat = openPage();
  const linesOf = (page: RoomChat) =>
    page.entries.map((entry) => (entry.kind === 'sent' ? entry.message.text : `${entry.text} (${entry.kind})`));
  return { signalling, stored, store, loads, chat, lines: () => linesOf(chat), outbox, openPage, linesOf };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('chat of a consultation', () => {
  it('shows at once that it is being sent, and as sent only when stored', async () => {
    const { chat, lines } = setUp();
    chat.send('Сәлем');
    expect(lines()).toEqual(['Сәлем (sending)']);
    await settle();
    expect(lines()).toEqual(['Сәлем']);
  });

  it('keeps what is typed without a connection and sends it in its order when it is back', async () => {
    const { chat, signalling, lines, stored } = setUp();
    signalling.disconnect();
    chat.send('one');
    chat.send('two');
    await settle();
    expect(lines()).toEqual(['one (sending)', 'two (sending)']);
    signalling.connect();
    await settle();
    expect(lines()).toEqual(['one', 'two']);
    expect(stored.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('stores once what was stored and whose answer was lost', async () => {
    const { chat, signalling, store, stored, lines } = setUp();
    signalling.answer('chat:send', ({ messageId, text }) => {
      store(messageId, text);
      throw ProblemError.local('network.unreachable');
    });
    chat.send('one');
    await settle();
    expect(lines()).toEqual(['one (sending)']);
    signalling.answer('chat:send', ({ messageId, text }) => ({ message: store(messageId, text) }));
    await vi.advanceTimersByTimeAsync(3000);
    expect(stored).toHaveLength(1);
    expect(lines()).toEqual(['one']);
  });

  it('says what the server refused, keeps the text, and sends it again on request', async () => {
    const { chat, signalling, store, lines } = setUp();
    signalling.refuse('chat:send', 'consultation.not_found');
    chat.send('one');
    await settle();
    expect(lines()).toEqual(['one (failed)']);
    const [entry] = chat.entries;
    if (entry?.kind !== 'failed') throw new Error('not failed');
    expect(entry.problem.code).toBe('consultation.not_found');
    signalling.answer('chat:send', ({ messageId, text }) => ({ message: store(messageId, text) }));
    chat.retry(entry.id);
    await settle();
    expect(lines()).toEqual(['one']);
  });

  it('fetches what was missed, also when later messages came first', async () => {
    const { chat, signalling, store, loads, lines } = setUp();
    chat.catchUp();
    await settle();
    const first = store(newId(), 'one');
    signalling.tell('chat:received', { message: first });
    store(newId(), 'missed');
    const third = store(newId(), 'three');
    signalling.tell('chat:received', { message: third });
    expect(lines()).toEqual(['one', 'three']);
    signalling.connect();
    await settle();
    expect(loads).toEqual([0, 1]); // asked from the last unbroken number on
    expect(lines()).toEqual(['one', 'missed', 'three']);
  });

  it('shows each message once, however often it is told, and none of another consultation', async () => {
    const { chat, signalling, store, lines } = setUp();
    chat.send('one');
    await settle();
    const [entry] = chat.entries;
    if (entry?.kind !== 'sent') throw new Error('not sent');
    signalling.tell('chat:received', { message: entry.message });
    const other = { ...store(newId(), 'other'), requestId: RequestId.parse(newId()) };
    signalling.tell('chat:received', { message: other });
    expect(lines()).toEqual(['one']);
  });

  it('sends after a reload what the page before could not, once and in its order', async () => {
    const { chat, signalling, store, stored, openPage, linesOf, outbox } = setUp();
    // Stored, and the answer lost: the page cannot know.
    signalling.answer('chat:send', ({ messageId, text }) => {
      store(messageId, text);
      throw ProblemError.local('network.unreachable');
    });
    chat.send('one');
    await settle();
    signalling.disconnect();
    chat.send('two');
    await settle();
    chat.close();
    signalling.answer('chat:send', ({ messageId, text }) => ({ message: store(messageId, text) }));
    signalling.isConnected = true;
    const reloaded = openPage();
    reloaded.catchUp();
    await settle();
    expect(linesOf(reloaded)).toEqual(['one', 'two']);
    expect(stored.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(outbox.kept.size).toBe(0);
  });

  it('closed while messages wait: sends them as long as the server answers, keeps the rest', async () => {
    const { chat, signalling, store, stored, outbox } = setUp();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    signalling.answer('chat:send', async ({ messageId, text }) => {
      await answered;
      if (text === 'three') throw ProblemError.local('network.unreachable');
      return { message: store(messageId, text) };
    });
    for (const text of ['one', 'two', 'three']) chat.send(text);
    await settle();
    chat.close();
    answer();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stored.map(({ text }) => text)).toEqual(['one', 'two']);
    expect([...outbox.kept.values()]).toEqual(['three']);
  });

  it('tries again by itself after a failed load, and stops when closed', async () => {
    const { signalling } = setUp();
    let tries = 0;
    const chat = RoomChat.create({
      requestId,
      signalling,
      loadMessages: () => {
        tries += 1;
        return Promise.reject(new Error('503'));
      },
      onChange: () => undefined,
    });
    chat.catchUp();
    await vi.advanceTimersByTimeAsync(7000);
    expect(tries).toBe(3);
    chat.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries).toBe(3);
  });
});
