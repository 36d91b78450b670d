import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { DELIVERY_STATES, NOTICE_CHANNELS, NOTICE_KINDS } from '@jaqyn/shared/notices/notice.contract';
import type { MessageDescriptor } from '@lingui/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { DELIVERIES_A_PAGE, useDeliveries } from '../../features/notices/api/list-deliveries.ts';
import { DeliveryTable } from '../../features/notices/components/delivery-table.tsx';
import { RuleEditor } from '../../features/notices/components/rule-editor.tsx';
import { CHANNEL_WORDS, DELIVERY_WORDS, NOTICE_WORDS } from '../../features/notices/notice-words.ts';
import { parseTypedDate, toTypedDate } from '../../lib/typed-date.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';

const route = getRouteApi('/signed-in/notices/sent');

export function NoticesSentScreen() {
  return (
    <ForRole roles={['coordinator', 'admin']}>
      <Sent />
    </ForRole>
  );
}

/** What was sent to whom and what became of it; below, when people are reminded. */
function Sent() {
  const { t } = useLingui();
  usePageTitle(t`What was sent to whom`);
  return (
    <div className={layout.page}>
      <h1>
        <Trans>What was sent to whom</Trans>
      </h1>
      <Filters />
      <Deliveries />
      <section className={layout.stack} aria-labelledby="rules">
        <h2 id="rules">
          <Trans>When people are reminded</Trans>
        </h2>
        <RuleEditor />
      </section>
    </div>
  );
}

type Search = ReturnType<typeof route.useSearch>;

function useSearchChange() {
  const navigate = route.useNavigate();
  return (change: Partial<Search>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...change }), replace: true });
}

interface ChoiceProps<Value extends string> {
  readonly label: ReactNode;
  readonly words: Readonly<Record<Value, MessageDescriptor>>;
  readonly choices: readonly Value[];
  /** Undefined: all of them. */
  readonly value: Value | undefined;
  onChange(value: Value | undefined): void;
}

function Choice<Value extends string>({ label, words, choices, value, onChange }: ChoiceProps<Value>) {
  const { t } = useLingui();
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      onChange={({ target }) => onChange(choices.find((choice) => choice === target.value))}
    >
      <option value="">{t`all`}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {t(words[choice])}
        </option>
      ))}
    </SelectField>
  );
}

function Filters() {
  const { t } = useLingui();
  const search = route.useSearch();
  const set = useSearchChange();
  return (
    <search className={classes(layout.fields, layout.dense)}>
      <Choice
        label={<Trans>What</Trans>}
        words={NOTICE_WORDS}
        choices={NOTICE_KINDS}
        value={search.kind}
        onChange={(kind) => set({ kind })}
      />
      <Choice
        label={<Trans>How</Trans>}
        words={CHANNEL_WORDS}
        choices={NOTICE_CHANNELS}
        value={search.channel}
        onChange={(channel) => set({ channel })}
      />
      <Choice
        label={<Trans>What became of it</Trans>}
        words={DELIVERY_WORDS}
        choices={DELIVERY_STATES}
        value={search.state}
        onChange={(state) => set({ state })}
      />
      <TextField
        label={<Trans>To whom</Trans>}
        value={search.q ?? ''}
        maxLength={80}
        onChange={({ currentTarget }) => set({ q: currentTarget.value || undefined })}
      />
      <Day label={t`From`} value={search.from} onChange={(from) => set({ from })} />
      <Day label={t`To`} value={search.to} onChange={(to) => set({ to })} />
    </search>
  );
}

function Day(props: {
  label: string;
  value: CalendarDate | undefined;
  onChange: (day: CalendarDate | undefined) => void;
}) {
  const { t } = useLingui();
  const { label, value, onChange } = props;
  const [typed, setText] = useState(value === undefined ? '' : toTypedDate(value));
  // Cleared from outside, not typed away.
  const text = value === undefined && parseTypedDate(typed) !== undefined ? '' : typed;
  const isWrong = text !== '' && parseTypedDate(text) === undefined;
  return (
    <TextField
      label={label}
      value={text}
      inputMode="numeric"
      autoComplete="off"
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(parseTypedDate(currentTarget.value));
      }}
      {...(isWrong && { error: t`Write a day, for example 30.11.2026` })}
    />
  );
}

function Deliveries() {
  const { page = 0, ...filter } = route.useSearch();
  const set = useSearchChange();
  const offset = page * DELIVERIES_A_PAGE;
  const { data, error, isPending, isFetching, refetch } = useDeliveries({ ...filter, offset });
  if (isPending) return <Skeleton lines={6} />;
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  const { deliveries, total } = data;
  if (deliveries.length === 0) {
    return (
      <EmptyState
        title={<Trans>Nothing was sent</Trans>}
        why={<Trans>Nothing fits these filters. Notices appear here as soon as somebody is told something.</Trans>}
        action={
          Object.values(filter).some((part) => part !== undefined) && (
            <ActionLink to="/notices/sent" search={{}}>
              <Trans>Show everything</Trans>
            </ActionLink>
          )
        }
      />
    );
  }
  const [first, last] = [offset + 1, offset + deliveries.length];
  return (
    <>
      <DeliveryTable deliveries={deliveries} />
      <div className={layout.row}>
        <Action disabled={page === 0} onClick={() => set({ page: page - 1 })}>
          <Trans>Newer</Trans>
        </Action>
        <span>
          {first}–{last} / {total}
        </span>
        <Action disabled={last >= total} onClick={() => set({ page: page + 1 })}>
          <Trans>Older</Trans>
        </Action>
      </div>
    </>
  );
}
