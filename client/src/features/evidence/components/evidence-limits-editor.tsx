import type { listEvidenceLimits } from '@jaqyn/shared/evidence/evidence-limit.contract';
import { EvidenceLimits, FIRST_LIMITS, LIMIT_RANGES } from '@jaqyn/shared/evidence/judgement';
import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { EvidenceLimitId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { parseTypedDate, toTypedDate } from '../../../lib/typed-date.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SavedMeanwhile } from '../../../ui/saved-meanwhile.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useSaveEvidenceLimits } from '../api/save-evidence-limits.ts';
import { type LimitField, limitWords } from '../limit-words.ts';

type Typed = Readonly<Record<LimitField, string>>;

const FIELDS = Object.keys(limitWords) as LimitField[];

interface EvidenceLimitsEditorProps {
  readonly stored: EndpointResponse<typeof listEvidenceLimits>;
  readonly today: string;
}

/** The limits as they are typed; saving makes a new edition for the requests from its day on, and changes none that was judged. */
export function EvidenceLimitsEditor({ stored, today }: EvidenceLimitsEditorProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<Typed>(() => typedOf(stored.current));
  const [day, setDay] = useState(() => toTypedDate(today));
  const [id, setId] = useState(() => newId() as EvidenceLimitId);
  // What this form was filled from: somebody's edition that came in meanwhile is not written over unseen.
  const [seenId, setSeenId] = useState(stored.newestId);
  const unseen =
    stored.newestId === seenId ? undefined : stored.editions.find(({ id: one }) => one === stored.newestId);
  const [isAsking, setIsAsking] = useState(false);
  const [isTried, setIsTried] = useState(false);
  const save = useSaveEvidenceLimits();
  const limits = Object.fromEntries(FIELDS.map((field) => [field, read(typed[field], field)])) as EvidenceLimits;
  const from = parseTypedDate(day);
  const changed = FIELDS.filter((field) => limits[field] !== stored.current[field]);
  const wrong = new Set(FIELDS.filter((field) => !isAllowed(field, limits[field])));
  const isPast = from !== undefined && from < today;

  function ask() {
    setIsTried(true);
    if (wrong.size === 0 && from && !isPast && changed.length > 0) setIsAsking(true);
  }

  return (
    <section className={classes(layout.card, layout.stack)} aria-labelledby="new-limits">
      <h2 id="new-limits">
        <Trans>New limits</Trans>
      </h2>
      {FIELDS.map((field) => {
        const words = limitWords[field];
        const own = formatNumber(FIRST_LIMITS[field] / words.unit);
        const effect = t(words.effect);
        const [least, most] = LIMIT_RANGES[field].map((seconds) => formatNumber(seconds / words.unit));
        return (
          <TextField
            key={field}
            label={t(words.label)}
            description={t`${effect} Came with the product: ${own}.`}
            inputMode="decimal"
            maxLength={8}
            value={typed[field]}
            error={isTried && wrong.has(field) && t`A number from ${least} to ${most}`}
            onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
          />
        );
      })}
      <TextField
        label={t`For requests from`}
        placeholder={t`DD.MM.YYYY`}
        maxLength={10}
        value={day}
        description={t`Today: for those made after saving.`}
        error={isTried && (!from ? t`Enter a day: day, month, year` : isPast && t`Choose today or a later day.`)}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      {isTried && changed.length === 0 && (
        <p role="status">
          <Trans>These are the limits in force.</Trans>
        </p>
      )}
      {save.isSuccess && (
        <p role="status">
          <StatusBadge tone="well">
            <Trans>Saved</Trans>
          </StatusBadge>
        </p>
      )}
      {save.isError && <ProblemNotice error={save.error} />}
      {unseen && !save.isPending && (
        <SavedMeanwhile
          byName={unseen.createdByName}
          at={unseen.createdAt}
          onKeepMine={() => {
            save.reset();
            setSeenId(unseen.id);
          }}
          onTakeTheirs={() => {
            save.reset();
            setTyped(typedOf(unseen.limits));
            setSeenId(unseen.id);
          }}
        >
          <ul>
            {FIELDS.filter((field) => unseen.limits[field] !== limits[field]).map((field) => (
              <li key={field}>
                {t(limitWords[field].label)}: {formatNumber(unseen.limits[field] / limitWords[field].unit)}
              </li>
            ))}
          </ul>
        </SavedMeanwhile>
      )}
      <div className={layout.row}>
        <Action onClick={() => setTyped(typedOf(FIRST_LIMITS))}>
          <Trans>Fill in what came with the product</Trans>
        </Action>
        <PrimaryAction icon={<IconDeviceFloppy size={24} aria-hidden />} isBusy={save.isPending} onClick={ask}>
          <Trans>See what changes</Trans>
        </PrimaryAction>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={<Trans>Judge requests from {day} on by these limits?</Trans>}
        confirmLabel={<Trans>Save the limits</Trans>}
        isBusy={save.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={() =>
          from &&
          save.mutate(
            { id, seenId, effectiveFrom: from, limits },
            {
              onSuccess: (saved) => {
                setSeenId(saved.id);
                setId(newId() as EvidenceLimitId);
                setIsTried(false);
              },
              onSettled: () => setIsAsking(false),
            },
          )
        }
      >
        <ul className={layout.list}>
          {changed.map((field) => {
            const { label, unit } = limitWords[field];
            const before = formatNumber(stored.current[field] / unit);
            const after = formatNumber(limits[field] / unit);
            return (
              <li key={field}>
                {t(label)}: <s>{before}</s> <StatusBadge tone="accent">{after}</StatusBadge>
              </li>
            );
          })}
        </ul>
        <p>
          <Trans>Requests that were made before keep the limits of their day.</Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}

function typedOf(limits: EvidenceLimits): Typed {
  return Object.fromEntries(FIELDS.map((field) => [field, String(limits[field] / limitWords[field].unit)])) as Typed;
}

/** Seconds; NaN where no number was typed. */
function read(text: string, field: LimitField): number {
  const number = text.trim() === '' ? Number.NaN : Number(text.replaceAll(/\s/g, '').replace(',', '.'));
  return Math.round(number * limitWords[field].unit * 1000) / 1000;
}

function isAllowed(field: LimitField, seconds: number): boolean {
  return EvidenceLimits.shape[field].safeParse(seconds).success;
}
