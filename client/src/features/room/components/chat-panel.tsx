import type { MessageId, UserId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconSend } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import * as z from 'zod/mini';
import { formatDateTime } from '../../../lib/format.ts';
import { playBlip } from '../../../lib/sounds.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { TextAreaField } from '../../../ui/field.tsx';
import type { ChatEntry } from '../room-state.ts';
import styles from './chat-panel.module.css';

interface ChatPanelProps {
  /** Names the draft of the message that is being typed. */
  readonly requestId: string;
  readonly messages: readonly ChatEntry[];
  readonly ownUserId: UserId;
  onSend(text: string): void;
  /** Says one again that the server refused. */
  onRetry?: ((id: MessageId) => void) | undefined;
}

const MAX = 4000;

/** Messages of the consult. One is called sent only when the server has stored it; an unfinished one survives a reload. */
export function ChatPanel({ requestId, messages, ownUserId, onSend, onRetry }: ChatPanelProps) {
  const { t } = useLingui();
  const draft = useDraft(`chat:${requestId}`, z.string(), '');
  const list = useRef<HTMLOListElement>(null);
  const received = messages.filter(({ kind }) => kind === 'sent').length;
  const heard = useRef(received);
  const last = messages.at(-1);

  useEffect(() => {
    const isFromOther = last?.kind === 'sent' && last.message.author.userId !== ownUserId;
    // What was there when the panel opened is not news.
    if (received > heard.current && heard.current > 0 && isFromOther) playBlip();
    heard.current = received;
    if (last && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [received, last, ownUserId]);

  function send() {
    const text = draft.value.trim();
    if (text === '') return;
    onSend(text);
    draft.set('');
    void draft.discard();
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter sends, Shift+Enter begins a new line; a composing keyboard keeps its Enter.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <section className={styles.panel} aria-label={t`Messages`}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <ol ref={list} className={styles.messages} aria-live="polite" tabIndex={0} aria-label={t`Messages`}>
        {messages.length === 0 && (
          <li className={styles.empty}>
            <Trans>No messages yet. What is written here is kept with the consultation.</Trans>
          </li>
        )}
        {messages.map((entry) => (
          <ChatMessageItem
            key={entry.kind === 'sent' ? entry.message.id : entry.id}
            entry={entry}
            ownUserId={ownUserId}
            onRetry={onRetry}
          />
        ))}
      </ol>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextAreaField
          className={styles.input}
          label={t`Message`}
          rows={1}
          maxLength={MAX}
          value={draft.value}
          onKeyDown={onKeyDown}
          onChange={(event) => draft.set(event.currentTarget.value)}
        />
        <Action type="submit" icon={<IconSend size={20} aria-hidden />} disabled={draft.value.trim() === ''}>
          <Trans>Send</Trans>
        </Action>
      </form>
    </section>
  );
}

interface ItemProps {
  readonly entry: ChatEntry;
  readonly ownUserId: UserId;
  readonly onRetry: ((id: MessageId) => void) | undefined;
}

function ChatMessageItem({ entry, ownUserId, onRetry }: ItemProps) {
  switch (entry.kind) {
    case 'sent': {
      const { author, text, sentAt } = entry.message;
      const isOwn = author.userId === ownUserId;
      return (
        <li className={classes(styles.message, isOwn && styles.own)}>
          {text}
          <span className={styles.meta}>
            {!isOwn && <span>{author.displayName}</span>}
            <time dateTime={sentAt}>{formatDateTime(sentAt)}</time>
          </span>
        </li>
      );
    }
    case 'sending':
      return (
        <li className={classes(styles.message, styles.own)}>
          {entry.text}
          <span className={styles.meta}>
            <Trans>Sending…</Trans>
          </span>
        </li>
      );
    case 'failed': {
      const { id } = entry;
      return (
        <li className={classes(styles.message, styles.own)}>
          {entry.text}
          <span className={styles.meta}>
            <span className={styles.failed}>
              <Trans>Not sent</Trans>
            </span>
            {onRetry && (
              <Action tone="quiet" onClick={() => onRetry(id)}>
                <Trans>Send again</Trans>
              </Action>
            )}
          </span>
        </li>
      );
    }
  }
}
