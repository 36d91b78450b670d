import { CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import {
  type CodeListColumn,
  type CodeListProblemCode,
  MAX_CODE_LIST_BYTES,
} from '@jaqyn/shared/terminologies/code-list-csv';
import type { CodeListPreview, CodeListVersion } from '@jaqyn/shared/terminologies/terminology.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileCheck, IconFileImport } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { serverNow } from '../../../lib/clock.ts';
import { formatCalendarDate, formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { ProblemError } from '../../../lib/problem-error.ts';
import { parseTypedDate, toTypedDate } from '../../../lib/typed-date.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useApplyCodeList, useCodeList, usePreviewCodeList } from '../api/code-list.ts';
import styles from './code-list-desk.module.css';

/** The list in force, and a new one from a file: looked at first, then taken in whole. */
export function CodeListDesk() {
  const list = useCodeList();
  return (
    <>
      {list.isPending && <Skeleton lines={3} />}
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <dl className={layout.fields}>
          <Count label={<Trans>Codes in use</Trans>} value={list.data.inUse} />
          <Count label={<Trans>Retired codes, still readable</Trans>} value={list.data.retired} />
        </dl>
      )}
      <NewList />
      {list.data && <Versions versions={list.data.versions} count={list.data.versionCount} />}
    </>
  );
}

function Count({ label, value }: { label: ReactNode; value: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <strong>{formatNumber(value)}</strong>
      </dd>
    </div>
  );
}

interface Chosen {
  readonly name: string;
  readonly csv: string;
}

function NewList() {
  const { t } = useLingui();
  const [file, setFile] = useState<Chosen>();
  const [day, setDay] = useState(() => toTypedDate(localDate(new Date(serverNow()))));
  const [extent, setExtent] = useState<'part' | 'whole'>('part');
  const [tooLarge, setTooLarge] = useState(false);
  const preview = usePreviewCodeList();
  const apply = useApplyCodeList();
  const outcome = useRef<HTMLDivElement>(null);
  const effectiveFrom = CalendarDate.safeParse(parseTypedDate(day)).data;
  const isComplete = extent === 'whole';

  /** What was looked at is of other choices now. */
  function forget() {
    preview.reset();
    apply.reset();
  }
  async function choose(chosen: File | undefined) {
    forget();
    setFile(undefined);
    if (!chosen) return;
    setTooLarge(chosen.size > MAX_CODE_LIST_BYTES);
    if (chosen.size <= MAX_CODE_LIST_BYTES) setFile({ name: chosen.name, csv: await chosen.text() });
  }

  const look = () => {
    if (file && effectiveFrom) preview.mutate({ csv: file.csv, effectiveFrom, isComplete });
  };
  const take = () => {
    if (!file || !effectiveFrom || !preview.data) return;
    const { sha256, baseVersion } = preview.data;
    apply.mutate(
      { csv: file.csv, effectiveFrom, isComplete, sha256, baseVersion },
      // The button that was pressed is gone.
      { onSuccess: () => requestAnimationFrame(() => outcome.current?.focus()) },
    );
  };
  const changes = preview.data ? preview.data.added + preview.data.changed + preview.data.retired : 0;

  return (
    <section className={layout.card} aria-labelledby="new-list">
      <div className={layout.stack}>
        <h2 id="new-list">
          <Trans>New list from a file</Trans>
        </h2>
        <p className="quiet">
          <Trans>
            A CSV file whose first line is code, kk, ru, en. Nothing changes before you have looked at what would.
          </Trans>
        </p>
        <label className={styles.choose}>
          <IconFileImport size={20} aria-hidden />
          {file ? file.name : <Trans>Choose a file</Trans>}
          <input
            className={styles.file}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        </label>
        {tooLarge && <ProblemNotice error={ProblemError.local('code_list.too_many_rows')} />}
        <TextField
          label={t`First day of the list`}
          inputMode="numeric"
          maxLength={10}
          value={day}
          error={effectiveFrom ? undefined : t`A day like 05.12.2026`}
          onChange={(event) => {
            setDay(event.currentTarget.value);
            forget();
          }}
        />
        <ChoiceCards
          legend={t`What the file is`}
          cardWidth="18rem"
          choices={[
            { value: 'part', title: t`additions and changes`, note: t`Other codes stay as they are` },
            { value: 'whole', title: t`the whole list`, note: t`Codes that it does not name are retired` },
          ]}
          value={extent}
          onChange={(value) => {
            setExtent(value);
            forget();
          }}
        />
        <div>
          <Action
            icon={<IconFileCheck size={20} aria-hidden />}
            disabled={!file || !effectiveFrom}
            isBusy={preview.isPending}
            onClick={look}
          >
            <Trans>See what would change</Trans>
          </Action>
        </div>
        {preview.isError && <ProblemNotice error={preview.error} onRetry={look} />}
        {preview.data && !apply.isSuccess && (
          <>
            <Preview preview={preview.data} />
            {apply.isError && <ProblemNotice error={apply.error} onRetry={take} />}
            {preview.data.problemCount === 0 && changes > 0 && (
              <div>
                <PrimaryAction isBusy={apply.isPending} onClick={take}>
                  <Trans>Take this list in</Trans>
                </PrimaryAction>
              </div>
            )}
          </>
        )}
        <div ref={outcome} role="status" tabIndex={-1}>
          {apply.isSuccess && (
            <StatusBadge tone="well">
              <Trans>The list was taken in.</Trans>
            </StatusBadge>
          )}
        </div>
      </div>
    </section>
  );
}

const problemWords: Record<CodeListProblemCode, MessageDescriptor> = {
  columns_missing: msg`has another number of values than the first line`,
  not_a_code: msg`is no ICD-10 code`,
  name_missing: msg`the name is missing`,
  name_too_long: msg`the name is too long`,
  repeated: msg`the code is there already`,
};
const columnWords: Record<CodeListColumn, MessageDescriptor> = {
  code: msg`code`,
  kk: msg`Kazakh name`,
  ru: msg`Russian name`,
  en: msg`English name`,
};

function Preview({ preview }: { preview: CodeListPreview }) {
  const { t } = useLingui();
  const count = formatNumber(preview.problemCount);
  return (
    <div className={layout.stack}>
      <dl className={layout.fields}>
        <Count label={<Trans>New</Trans>} value={preview.added} />
        <Count label={<Trans>Changed</Trans>} value={preview.changed} />
        <Count label={<Trans>Retired</Trans>} value={preview.retired} />
        <Count label={<Trans>As they are</Trans>} value={preview.unchanged} />
        <Count label={<Trans>Wrong rows</Trans>} value={preview.problemCount} />
      </dl>
      {preview.problemCount > 0 && (
        <div role="alert">
          <p>
            <StatusBadge tone="act-now">
              <Trans>The file is not taken in while rows are wrong: {count}</Trans>
            </StatusBadge>
          </p>
          <ul className={styles.rows}>
            {preview.problems.map(({ line, column, code, value }) => (
              <li key={`${line} ${column}`}>
                <Trans>Line {line}</Trans>
                {column && `, ${t(columnWords[column])}`}: {value !== '' && `“${value}” `}
                {t(problemWords[code])}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Sample title={<Trans>New codes</Trans>} rows={preview.samples.added} total={preview.added} />
      <Sample title={<Trans>Changed names</Trans>} rows={preview.samples.changed} total={preview.changed} />
      <Sample
        title={<Trans>Codes that would be retired</Trans>}
        rows={preview.samples.retired}
        total={preview.retired}
      />
    </div>
  );
}

type Samples = CodeListPreview['samples']['added'];

function Sample({ title, rows, total }: { title: ReactNode; rows: Samples; total: number }) {
  const localText = useLocalText();
  if (rows.length === 0) return null;
  const more = formatNumber(total - rows.length);
  return (
    <Disclosure title={title}>
      <ul className={styles.rows}>
        {rows.map(({ code, before, after }) => (
          <li key={code}>
            <strong>{code}</strong> {before && (after ? <del>{localText(before)}</del> : localText(before))}{' '}
            {after && localText(after)}
          </li>
        ))}
        {total > rows.length && (
          <li className="quiet">
            <Trans>and {more} more</Trans>
          </li>
        )}
      </ul>
    </Disclosure>
  );
}

function Versions({ versions, count }: { versions: readonly CodeListVersion[]; count: number }) {
  const [shown, all] = [versions.length, count].map((n) => formatNumber(n));
  return (
    <section className={layout.stack} aria-labelledby="versions">
      <h2 id="versions">
        <Trans>Lists taken in</Trans>
      </h2>
      {versions.length === 0 && (
        <EmptyState title={<Trans>No list yet</Trans>} why={<Trans>Choose a file above to begin.</Trans>} />
      )}
      <ul className={styles.rows}>
        {versions.map((version) => (
          <Version key={version.version} version={version} />
        ))}
      </ul>
      {count > versions.length && (
        <p className="quiet">
          <Trans>
            The newest {shown} of {all} stand here; the older ones are in the audit log.
          </Trans>
        </p>
      )}
    </section>
  );
}

function Version({ version }: { version: CodeListVersion }) {
  const from = formatCalendarDate(version.effectiveFrom);
  const at = formatDateTime(version.importedAt);
  const [added, changed, retired] = [version.added, version.changed, version.retired].map((n) => formatNumber(n));
  return (
    <li>
      <strong>
        <Trans>In force from {from}</Trans>
      </strong>
      <br />
      <Trans>
        new {added}, changed {changed}, retired {retired}
      </Trans>
      <br />
      <span className="quiet">
        {at} · {version.importedBy ?? <Trans>came with the product</Trans>}
      </span>
    </li>
  );
}
