import { localDate } from '@jaqyn/shared/kernel/time';
import type { NoticeRuleKind } from '@jaqyn/shared/notices/notice.contract';
import { RuleMinutes } from '@jaqyn/shared/notices/notice.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { serverNow } from '../../../lib/clock.ts';
import { formatCalendarDate } from '../../../lib/format.ts';
import { useMinutesInWords } from '../../../lib/minutes-in-words.ts';
import { changeMine, type Mine } from '../../../lib/unseen.ts';
import { Action } from '../../../ui/action.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SavedUnseen } from '../../../ui/saved-unseen.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useNoticeRules } from '../api/list-notice-rules.ts';
import { useSaveNoticeRule } from '../api/save-notice-rule.ts';
import styles from './notices.module.css';

const RULES: readonly { kind: NoticeRuleKind; title: MessageDescriptor; label: MessageDescriptor }[] = [
  {
    kind: 'reminder',
    title: msg`Reminders of an appointment`,
    label: msg`Minutes before it begins, separated by spaces`,
  },
  {
    kind: 'unsigned',
    title: msg`Reminders of an unsigned conclusion`,
    label: msg`Minutes after the call has ended, separated by spaces`,
  },
];

/** When people are reminded; a change is in force from today on. */
export function RuleEditor() {
  const { data, error, isPending, isFetching, refetch } = useNoticeRules();
  if (isPending) return <Skeleton lines={3} />;
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return (
    <div className={layout.fields}>
      {RULES.map((rule) => (
        <Rule
          key={rule.kind}
          {...rule}
          minutes={data.inForce[rule.kind]}
          since={data.rules.find(({ kind }) => kind === rule.kind)?.effectiveFrom}
        />
      ))}
    </div>
  );
}

function Rule({
  kind,
  title,
  label,
  minutes,
  since,
}: (typeof RULES)[number] & {
  minutes: readonly number[];
  since: string | undefined;
}) {
  const { t } = useLingui();
  const inWords = useMinutesInWords();
  const stored = minutes.join(' ');
  const [mine, setMine] = useState<Mine<string>>();
  const text = mine?.value ?? stored;
  const save = useSaveNoticeRule();
  const parsed = RuleMinutes.safeParse(numbersIn(text));
  const day = since === undefined ? '' : formatCalendarDate(since);
  return (
    <form
      className={layout.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (!parsed.success) return;
        const params = { kind, effectiveFrom: localDate(new Date(serverNow())) };
        const seen = numbersIn(mine?.seen ?? stored);
        save.mutate({ params, body: { minutes: parsed.data, seen } }, { onSuccess: () => setMine(undefined) });
      }}
    >
      <h3>{t(title)}</h3>
      <TextField
        label={t(label)}
        value={text}
        inputMode="numeric"
        description={parsed.success && `= ${parsed.data.map(inWords).join(', ')}`}
        onChange={(event) => {
          save.reset();
          setMine(changeMine(mine, stored, event.currentTarget.value));
        }}
        error={parsed.success ? undefined : t`One to five whole numbers, each at least 5`}
      />
      <p className={styles.quiet}>
        {day === '' ? <Trans>As the product came; nobody has changed it.</Trans> : <Trans>In force since {day}</Trans>}
      </p>
      {save.error && <ProblemNotice error={save.error} />}
      <SavedUnseen
        mine={mine}
        stored={stored}
        isSame={isSameTimes}
        isSaving={save.isPending}
        onChoose={(next) => {
          save.reset();
          setMine(next);
        }}
      >
        <p>{stored}</p>
      </SavedUnseen>
      <div className={layout.row}>
        <Action type="submit" isBusy={save.isPending} disabled={!parsed.success}>
          <Trans>Save, from today on</Trans>
        </Action>
        <span role="status">{save.isSuccess && <Trans>Saved</Trans>}</span>
      </div>
    </form>
  );
}

function numbersIn(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
}

function isSameTimes(one: string, other: string): boolean {
  const inOrder = (text: string) => [...new Set(numbersIn(text))].sort((a, b) => a - b).join(' ');
  return inOrder(one) === inOrder(other);
}
