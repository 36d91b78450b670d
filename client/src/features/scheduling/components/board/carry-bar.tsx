import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { Trans } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { formatDateTime } from '../../../../lib/format.ts';
import { Action } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import { StatusShape } from '../../../../ui/status-badge.tsx';
import { useConflictWords } from '../appointments/conflict-words.ts';
import { useBoardWords } from './board-context.ts';
import type { BoardCell } from './board-model.ts';
import styles from './carry-bar.module.css';
import { describeTime } from './cell-words.ts';
import type { Explanation } from './use-explanation.ts';

interface CarryBarProps {
  readonly carried: Appointment;
  readonly target: { readonly cell: BoardCell; readonly name: string } | null;
  readonly explanation: Explanation | null;
  onCancel(): void;
}

/** What is being moved, and what stands against the place it is over: read out as it changes. */
export function CarryBar({ carried, target, explanation, onCancel }: CarryBarProps) {
  const { specialtyName } = useBoardWords();
  const { patient, treatBy } = carried;
  const specialty = specialtyName(carried.specialty);
  const by = formatDateTime(treatBy);
  return (
    <section className={styles.bar} aria-labelledby="carried">
      <div className={styles.what}>
        <strong id="carried">{patient.shortName}</strong>
        <span>{specialty}</span>
        <span className="quiet">
          <Trans>to be seen by {by}</Trans>
        </span>
      </div>
      <p className={classes(styles.where, explanation !== null && styles[explanation.tone])} aria-live="polite">
        {target !== null && explanation !== null ? (
          <>
            <StatusShape tone={explanation.tone} />
            <span>
              <b>
                {target.name}, {describeTime(target.cell)}.
              </b>{' '}
              <Judgement explanation={explanation} />
            </span>
          </>
        ) : (
          <Trans>Choose where it goes: a click, or the arrow keys and Enter.</Trans>
        )}
      </p>
      <Action icon={<IconX size={20} aria-hidden />} onClick={onCancel}>
        <Trans>Leave it</Trans>
      </Action>
    </section>
  );
}

export function Judgement({ explanation }: { explanation: Explanation }) {
  const words = useConflictWords();
  switch (explanation.kind) {
    case 'same':
      return <Trans>It is here now.</Trans>;
    case 'asking':
      return <Trans>Checking…</Trans>;
    case 'unknown':
      return <Trans>Could not be checked; the server will say when you put it down.</Trans>;
    case 'possible':
      return <Trans>Nothing stands against it.</Trans>;
    case 'warned':
    case 'refused':
      return explanation.conflicts.map(words).join('. ');
  }
}
