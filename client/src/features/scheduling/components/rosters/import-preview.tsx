import type { ImportRow } from '@jaqyn/shared/scheduling/roster-csv';
import type { ImportPreview as Preview } from '@jaqyn/shared/scheduling/roster-import.contract';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatCalendarDate, formatNumber } from '../../../../lib/format.ts';
import { Action, ActionLink, PrimaryAction } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useApplyImport } from '../../api/apply-import.ts';
import { useDayWords, useServiceName } from './day-words.ts';
import { CheckField, Notice } from './form.tsx';
import styles from './import-desk.module.css';
import type { ReadFile } from './import-reader.ts';
import { PanelFoot } from './panel.tsx';
import { importProblemWords, modeWords } from './schedule-words.ts';
import { toTypedTime } from './typed-time.ts';

interface ImportPreviewProps {
  readonly name: string;
  readonly file: Extract<ReadFile, { kind: 'read' }>;
  readonly preview: Preview;
  /** One per look at a file, so that a second press adds nothing twice. */
  onAdded(): void;
  onAgain(): void;
}

/** What would become of the file; it is added as a whole, and only after somebody said that they looked. */
export function ImportPreview({ name, file, preview, onAdded, onAgain }: ImportPreviewProps) {
  const [isUnderstood, setIsUnderstood] = useState(false);
  const apply = useApplyImport();
  const { valid, unchanged, problemCount, problems, practitioners, rows, sha256 } = preview;

  if (apply.isSuccess) {
    return (
      <Notice tone="well" isLive>
        <strong>
          <Plural value={apply.data.added} one="# window is on the rosters." other="# windows are on the rosters." />
        </strong>
        <PanelFoot>
          <ActionLink to="/rosters">
            <Trans>To the rosters</Trans>
          </ActionLink>
          <Action onClick={onAgain}>
            <Trans>Another file</Trans>
          </Action>
        </PanelFoot>
      </Notice>
    );
  }
  return (
    <section className={styles.preview} aria-labelledby="import-preview">
      <h2 id="import-preview">
        <Trans>What the file would do: {name}</Trans>
      </h2>
      <dl className={styles.counts}>
        <Count number={valid}>
          <Plural value={valid} one="window is added" other="windows are added" />
        </Count>
        <Count number={unchanged}>
          <Trans>are there already and are skipped</Trans>
        </Count>
        <Count number={new Set(problems.map(({ line }) => line)).size}>
          <Trans>rows have mistakes</Trans>
        </Count>
        <Count number={practitioners}>
          <Trans>specialists get more work</Trans>
        </Count>
      </dl>
      {problemCount > 0 && <Problems preview={preview} />}
      {file.rows.length > 0 && <Rows rows={file.rows} total={rows} bad={new Set(problems.map(({ line }) => line))} />}
      {apply.error && <ProblemNotice error={apply.error} />}
      {problemCount === 0 && valid === 0 && (
        <Notice tone="well">
          <Trans>Every row is on the rosters already: there is nothing to add.</Trans>
        </Notice>
      )}
      {problemCount === 0 && valid > 0 && (
        <>
          <CheckField isChecked={isUnderstood} onChange={setIsUnderstood}>
            <Trans>I have looked at the rows: they are right</Trans>
          </CheckField>
          <PanelFoot>
            <PrimaryAction
              disabled={!isUnderstood}
              isBusy={apply.isPending}
              onClick={() => apply.mutate({ csv: file.csv, sha256 }, { onSuccess: onAdded })}
            >
              <Plural value={valid} one="Add # window" other="Add # windows" />
            </PrimaryAction>
            <Action icon={<IconRefresh size={20} aria-hidden />} onClick={onAgain}>
              <Trans>Another file</Trans>
            </Action>
          </PanelFoot>
        </>
      )}
    </section>
  );
}

function Count({ number, children }: { number: number; children: ReactNode }) {
  return (
    <div className={styles.count}>
      <dt>{children}</dt>
      <dd>{formatNumber(number)}</dd>
    </div>
  );
}

function Problems({ preview }: { preview: Preview }) {
  const { t } = useLingui();
  const { problems, problemCount } = preview;
  const more = problemCount - problems.length;
  return (
    <>
      <Notice tone="act-now" isLive>
        <strong>
          <Trans>Correct these rows in the file and choose it again: a file is added as a whole or not at all.</Trans>
        </strong>
      </Notice>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t`Mistakes`}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Line</Trans>
              </th>
              <th scope="col">
                <Trans>Column</Trans>
              </th>
              <th scope="col">
                <Trans>What stands there</Trans>
              </th>
              <th scope="col">
                <Trans>What is wrong</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ line, column, code, value }) => (
              <tr key={`${line} ${column} ${code}`}>
                <td>{line}</td>
                <td>{column ?? '–'}</td>
                <td>{code.startsWith('overlaps') && /^\d+$/.test(value) ? toTypedTime(Number(value)) : value}</td>
                <td className={styles.wide}>{t(importProblemWords[code])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && (
        <p className="quiet">
          <Plural value={more} one="and # more" other="and # more" />
        </p>
      )}
    </>
  );
}

function Rows({ rows, total, bad }: { rows: readonly ImportRow[]; total: number; bad: ReadonlySet<number> }) {
  const { t } = useLingui();
  const words = useDayWords();
  const serviceName = useServiceName();
  const shown = rows.length;
  return (
    <>
      <h3>
        {shown < total ? (
          <Trans>
            The first {shown} of {total} rows
          </Trans>
        ) : (
          <Trans>All rows</Trans>
        )}
      </h3>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t`Rows of the file`}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Line</Trans>
              </th>
              <th scope="col">
                <Trans>Login</Trans>
              </th>
              <th scope="col">
                <Trans>Service</Trans>
              </th>
              <th scope="col">
                <Trans>When</Trans>
              </th>
              <th scope="col">
                <Trans>Slot and pause, min</Trans>
              </th>
              <th scope="col">
                <Trans>Valid</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line} className={bad.has(row.line) ? styles.bad : undefined}>
                <td>{row.line}</td>
                <td>{row.login}</td>
                <td>
                  {serviceName(row.service)}
                  {row.mode === 'on_call' && `, ${t(modeWords.on_call)}`}
                </td>
                <td>
                  {words.weekdays(row.weekdays)} {toTypedTime(row.startMinute)}–{toTypedTime(row.endMinute)}
                </td>
                <td>{row.mode === 'on_call' ? '–' : `${row.slotMinutes} + ${row.bufferMinutes}`}</td>
                <td>
                  {formatCalendarDate(row.validFrom)} – {row.validTo === null ? '…' : formatCalendarDate(row.validTo)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
