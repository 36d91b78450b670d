import type { RosterEntryId } from '@jaqyn/shared/kernel/ids';
import { CLOSURE_REASONS, type ClosureReason } from '@jaqyn/shared/scheduling/roster';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { newId } from '../../../../lib/ids.ts';
import { ProblemError } from '../../../../lib/problem-error.ts';
import { useDebounced } from '../../../../lib/use-debounced.ts';
import { useDraft } from '../../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { TextAreaField, TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useSpecialists } from '../../api/list-specialists.ts';
import { useClosurePreview } from '../../api/preview-closure.ts';
import { useSaveClosure } from '../../api/save-closure.ts';
import { AffectedDecisions } from './affected-decisions.tsx';
import { blankClosure, ClosureForm, readClosure } from './closure-form.ts';
import { isComplete, judge, NO_CHOICES } from './decisions.ts';
import type { Desk } from './desk.ts';
import styles from './form.module.css';
import { ChangedMeanwhile, CheckField, NobodyBooked, SelectField } from './form.tsx';
import { DraftLine, Panel, PanelFoot, PanelPart } from './panel.tsx';
import { closureWords } from './schedule-words.ts';
import { TakenOver } from './taken-over.tsx';
import { mondayOf } from './week-picture.ts';

/** Leave or hours off, with who takes over in the same action: the substitute's sessions are made with it. */
export function ClosurePanel({ desk }: { desk: Desk }) {
  const { t } = useLingui();
  const { practitioner, today } = desk;
  const initial = blankClosure(today);
  const draft = useDraft(`roster-closure:${practitioner.id}`, ClosureForm, initial);
  const form = draft.value;
  const change = (part: Partial<ClosureForm>) => draft.set({ ...form, ...part });
  const [choices, setChoices] = useState(NO_CHOICES);
  const [isAsked, setIsAsked] = useState(false);
  const [id] = useState(() => newId() as RosterEntryId);

  const { closure, problems } = useMemo(() => readClosure(form, today), [form, today]);
  const key = useDebounced(JSON.stringify(closure ?? null), 400);
  const settled = useMemo(() => JSON.parse(key) as typeof closure | null, [key]);
  const preview = useClosurePreview(practitioner.id, settled ?? undefined);
  const colleagues = useSpecialists({ from: mondayOf(today), specialty: practitioner.specialty, limit: 60 });
  const save = useSaveClosure();

  const affected = closure === undefined ? [] : (preview.data?.affected ?? []);
  const judged = judge(choices, affected);
  const isFresh = key === JSON.stringify(closure ?? null) && !preview.isPending && !preview.isPlaceholderData;
  const error = save.error === null ? undefined : ProblemError.from(save.error);
  const errorOf = (field: keyof ClosureForm) => {
    const problem = problems[field];
    return problem === undefined ? {} : { error: t(problem) };
  };

  const submit = () => {
    setIsAsked(true);
    if (closure === undefined || !isFresh || !isComplete(judged)) return;
    save.mutate(
      {
        params: { practitionerId: practitioner.id },
        body: { id, ...closure, note: form.note, decisions: [...judged.decisions] },
      },
      {
        onSuccess: () => {
          void draft.discard();
          desk.onDone(
            form.substitute === '' ? (
              <Trans>The leave is on the roster.</Trans>
            ) : (
              <Trans>The leave and the substitution are on the roster.</Trans>
            ),
          );
        },
        onError: () => void preview.refetch(),
      },
    );
  };

  return (
    <Panel title={<Trans>Leave or hours off</Trans>} onClose={desk.onClose}>
      <SelectField
        label={<Trans>Why</Trans>}
        value={form.reason}
        onChange={(event) => change({ reason: event.target.value as ClosureReason })}
      >
        {CLOSURE_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {t(closureWords[reason])}
          </option>
        ))}
      </SelectField>
      <CheckField isChecked={form.isHours} onChange={(isHours) => change({ isHours })}>
        <Trans>Only some hours of one day</Trans>
      </CheckField>
      <div className={styles.pair}>
        <TextField
          label={form.isHours ? <Trans>Day</Trans> : <Trans>First day</Trans>}
          value={form.from}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => change({ from: event.currentTarget.value })}
          {...errorOf('from')}
        />
        {!form.isHours && (
          <TextField
            label={<Trans>Last day</Trans>}
            value={form.to}
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => change({ to: event.currentTarget.value })}
            {...errorOf('to')}
          />
        )}
      </div>
      {form.isHours && (
        <div className={styles.pair}>
          <TextField
            label={<Trans>From</Trans>}
            value={form.start}
            inputMode="numeric"
            onChange={(event) => change({ start: event.currentTarget.value })}
            {...errorOf('start')}
          />
          <TextField
            label={<Trans>To</Trans>}
            value={form.end}
            inputMode="numeric"
            onChange={(event) => change({ end: event.currentTarget.value })}
            {...errorOf('end')}
          />
        </div>
      )}
      <SelectField
        label={<Trans>Who takes over</Trans>}
        value={form.substitute}
        hint={<Trans>Their sessions are made together with the leave, and go with it when it is withdrawn.</Trans>}
        onChange={(event) => change({ substitute: event.target.value })}
      >
        <option value="">{t`Nobody: the time is closed`}</option>
        {(colleagues.data?.rows ?? [])
          .filter((row) => row.practitioner.id !== practitioner.id)
          .map((row) => (
            <option key={row.practitioner.id} value={row.practitioner.id}>
              {row.practitioner.displayName}
            </option>
          ))}
      </SelectField>
      {preview.data && closure !== undefined && closure.substituteId !== null && (
        <PanelPart title={<Trans>What the substitute takes over</Trans>}>
          <TakenOver sessions={preview.data.substituted} />
        </PanelPart>
      )}
      {affected.length > 0 && (
        <PanelPart title={<Trans>Booked patients</Trans>}>
          <AffectedDecisions
            affected={affected}
            choices={choices}
            onChange={setChoices}
            practitionerId={practitioner.id}
            specialty={practitioner.specialty}
            today={today}
            nameOf={desk.nameOf}
            mayUse={(whose, startsAt) =>
              whose !== practitioner.id ||
              closure === undefined ||
              startsAt < closure.startsAt ||
              startsAt >= closure.endsAt
            }
          />
        </PanelPart>
      )}
      {closure !== undefined && isFresh && preview.data && affected.length === 0 && <NobodyBooked />}
      {preview.error && (
        <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} isRetrying={preview.isFetching} />
      )}
      <TextAreaField
        label={<Trans>Note</Trans>}
        value={form.note}
        maxLength={300}
        rows={2}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      {error && error.code !== 'roster.booked_affected' && <ProblemNotice error={error} />}
      {error?.code === 'roster.booked_affected' && isFresh && <ChangedMeanwhile />}
      <PanelFoot>
        <PrimaryAction
          isBusy={save.isPending || (closure !== undefined && !isFresh && !preview.isError)}
          disabled={isAsked && (closure === undefined || !isComplete(judged))}
          onClick={submit}
        >
          {form.substitute === '' ? <Trans>Save the leave</Trans> : <Trans>Save leave and substitution</Trans>}
        </PrimaryAction>
        <Action onClick={desk.onClose}>
          <Trans>Close</Trans>
        </Action>
      </PanelFoot>
      <DraftLine draft={draft} onStartOver={() => draft.set(initial)} />
    </Panel>
  );
}
