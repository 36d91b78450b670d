import type { ChatMessage } from '@jaqyn/shared/consultations/consultation.contract';
import { MessageId, type RequestId } from '@jaqyn/shared/kernel/ids';
import { newId } from '../../lib/ids.ts';
import { isTemporary, ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';
import type { ChatEntry } from './room-state.ts';

/** Messages that were said and are not stored yet, on this device's disk: a reload or a closed page loses none. */
export interface ChatOutbox {
  /** Oldest first. */
  load(): Promise<readonly { readonly id: MessageId; readonly text: string }[]>;
  keep(message: { readonly id: MessageId; readonly text: string }): Promise<void>;
  forget(id: MessageId): Promise<void>;
}

interface Options {
  readonly requestId: RequestId;
  readonly signalling: Signalling;
  /** Stored messages after a sequence number, oldest first. */
  readonly loadMessages: (afterSeq: number) => Promise<readonly ChatMessage[]>;
  /** Without one, what is not stored yet lives as long as the page. */
  readonly outbox?: ChatOutbox | undefined;
  readonly onChange: () => void;
}

type Unsent = Exclude<ChatEntry, { kind: 'sent' }>;

/** Milliseconds before a message that did not get through is tried again; the connection's return does not wait for it. */
const RETRY_MS = 3000;

/**
 * Chat of one consultation. What is typed is shown at once as being sent, sent in its order with an id of its own until the server
 * has stored it, once, and what was missed is fetched by sequence number.
 */
export class RoomChat {
  static create(options: Options): RoomChat {
    return new RoomChat(options);
  }

  readonly #options: Options;
  readonly #stored = new Map<string, ChatMessage>();
  readonly #unsent: Unsent[] = [];
  readonly #stops: (() => void)[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    const { signalling, requestId } = options;
    this.#stops = [
      signalling.on('chat:received', ({ message }) => {
        if (message.requestId === requestId) this.#store([message]);
      }),
      signalling.onConnected(() => this.catchUp()),
    ];
    void this.#restore();
  }

  get entries(): ChatEntry[] {
    const sent = [...this.#stored.values()].sort((a, b) => a.seq - b.seq);
    return [...sent.map((message): ChatEntry => ({ kind: 'sent', message })), ...this.#unsent];
  }

  send(text: string): void {
    const id = MessageId.parse(newId());
    this.#unsent.push({ kind: 'sending', id, text });
    // A disk that does not take it: it is still sent as long as the page lives.
    this.#options.outbox?.keep({ id, text }).catch(() => {});
    this.#options.onChange();
    void this.#flush();
  }

  /** Sends again what the server refused. */
  retry(id: MessageId): void {
    this.#replace(id, (entry) => ({ kind: 'sending', id, text: entry.text }));
    void this.#flush();
  }

  /** Fetches what was missed and sends what is waiting. */
  catchUp(): void {
    void this.#load();
    void this.#flush();
  }

  /** What waits is still sent while the server can be reached; the rest stays in the outbox. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  /** What an earlier page could not send. Another page may be sending it now: stored is stored once. */
  async #restore(): Promise<void> {
    const left = await this.#options.outbox?.load().catch(() => []);
    if (left === undefined || left.length === 0 || this.#isClosed) return;
    for (const { id, text } of [...left].reverse()) {
      if (this.#stored.has(id)) this.#forget(id);
      else if (!this.#unsent.some((entry) => entry.id === id)) this.#unsent.unshift({ kind: 'sending', id, text });
    }
    this.#options.onChange();
    void this.#flush();
  }

  async #load(): Promise<void> {
    try {
      // Notifications may have come out of step with what was missed, so only an unbroken run counts as known.
      this.#store(await this.#options.loadMessages(this.#knownUpTo()));
    } catch {
      this.#later();
    }
  }

  #knownUpTo(): number {
    const seqs = new Set([...this.#stored.values()].map(({ seq }) => seq));
    let known = 0;
    while (seqs.has(known + 1)) known += 1;
    return known;
  }

  async #flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (;;) {
        const next = this.#unsent.find(({ kind }) => kind === 'sending');
        if (next === undefined) return;
        if (!(await this.#sendOne(next))) return this.#later();
      }
    } finally {
      this.#isSending = false;
    }
  }

  /** False when it could not be said now. */
  async #sendOne({ id, text }: Unsent): Promise<boolean> {
    const { signalling, requestId } = this.#options;
    try {
      const { message } = await signalling.call('chat:send', { requestId, messageId: id, text });
      this.#store([message]);
      return true;
    } catch (error) {
      const problem = ProblemError.from(error);
      if (isTemporary(problem) || problem.status === 401) return false;
      this.#replace(id, () => ({ kind: 'failed', id, text, problem }));
      return true;
    }
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed)
      this.#timer = setTimeout(() => this.#options.signalling.isConnected && this.catchUp(), RETRY_MS);
  }

  #store(messages: readonly ChatMessage[]): void {
    for (const message of messages) {
      this.#stored.set(message.id, message);
      const index = this.#unsent.findIndex(({ id }) => id === message.id);
      if (index < 0) continue;
      this.#unsent.splice(index, 1);
      this.#forget(message.id);
    }
    if (messages.length > 0 && !this.#isClosed) this.#options.onChange();
  }

  /** One that cannot be deleted is sent again at the next visit, and found stored. */
  #forget(id: MessageId): void {
    this.#options.outbox?.forget(id).catch(() => {});
  }

  #replace(id: MessageId, change: (entry: Unsent) => Unsent): void {
    const index = this.#unsent.findIndex((entry) => entry.id === id);
    const entry = this.#unsent[index];
    if (entry === undefined) return;
    this.#unsent[index] = change(entry);
    if (!this.#isClosed) this.#options.onChange();
  }
}
