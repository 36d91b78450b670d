import type { CareTask } from '@jaqyn/shared/consultations/care-plan.contract';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import * as z from 'zod/mini';
import { formatShortName } from '../../../lib/format.ts';
import { parseTypedDate, toTypedDate } from '../../../lib/typed-date.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextAreaField, TextField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useFinishCareTask } from '../api/finish-care-task.ts';
import { useMoveCareTask } from '../api/move-care-task.ts';

const Text = z.object({ text: z.string() });
const EMPTY = { text: '' };

/** What became of it is written down; it is not done without that. */
export function FinishDialog({ task, onClose }: { task: CareTask; onClose: () => void }) {
  const { t } = useLingui();
  const draft = useDraft(`care-task-done:${task.id}`, Text, EMPTY);
  const [isAsked, setIsAsked] = useState(false);
  const finish = useFinishCareTask();
  const note = draft.value.text.trim();
  const who = formatShortName(task.patient);
  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Done: {who}</Trans>}
      confirmLabel={<Trans>It is done</Trans>}
      isBusy={finish.isPending}
      onCancel={onClose}
      onConfirm={() => {
        setIsAsked(true);
        if (note === '') return;
        finish.mutate(
          { task, note },
          {
            onSuccess: () => {
              void draft.discard();
              onClose();
            },
          },
        );
      }}
    >
      <TextAreaField
        label={<Trans>What became of it</Trans>}
        value={draft.value.text}
        maxLength={500}
        onChange={(event) => draft.set({ text: event.currentTarget.value })}
        {...(isAsked && note === '' && { error: t`Write what became of it, a few words are enough` })}
      />
      {finish.isError && <ProblemNotice error={finish.error} />}
    </ConfirmDialog>
  );
}

/** To another day, with the reason. */
export function MoveDialog({ task, today, onClose }: { task: CareTask; today: CalendarDate; onClose: () => void }) {
  const { t } = useLingui();
  const draft = useDraft(`care-task-move:${task.id}`, Text, EMPTY);
  const [day, setDay] = useState(toTypedDate(addDays(today, 1)));
  const [isAsked, setIsAsked] = useState(false);
  const move = useMoveCareTask();
  const reason = draft.value.text.trim();
  const dueOn = parseTypedDate(day);
  const isPast = dueOn !== undefined && dueOn < today;
  const who = formatShortName(task.patient);
  return (
    <ConfirmDialog
      isOpen
      title={<Trans>To another day: {who}</Trans>}
      confirmLabel={<Trans>Move</Trans>}
      isBusy={move.isPending}
      onCancel={onClose}
      onConfirm={() => {
        setIsAsked(true);
        if (reason === '' || dueOn === undefined || isPast) return;
        move.mutate(
          { task, dueOn, reason },
          {
            onSuccess: () => {
              void draft.discard();
              onClose();
            },
          },
        );
      }}
    >
      <TextField
        label={<Trans>By which day</Trans>}
        value={day}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => setDay(event.currentTarget.value)}
        {...(dueOn === undefined && { error: t`Write a day, for example 30.11.2026` })}
        {...(isPast && { error: t`This day is over: choose today or later` })}
      />
      <TextField
        label={<Trans>Reason</Trans>}
        value={draft.value.text}
        maxLength={300}
        autoComplete="off"
        onChange={(event) => draft.set({ text: event.currentTarget.value })}
        {...(isAsked && reason === '' && { error: t`Write why it is moved` })}
      />
      {move.isError && <ProblemNotice error={move.error} />}
    </ConfirmDialog>
  );
}
