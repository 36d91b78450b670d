import type { PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { ConflictCode } from '@jaqyn/shared/scheduling/placement';
import type { Affected } from '@jaqyn/shared/scheduling/roster.contract';
import { Plural, Trans } from '@lingui/react/macro';
import { IconChecks } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useLocalText } from '../../../../lib/local-text.ts';
import { Action } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import { useCheckPlacement } from '../../api/check-placement.ts';
import { useConflictWords } from '../appointments/conflict-words.ts';
import styles from './affected-decisions.module.css';
import { useDayWords } from './day-words.ts';
import { applySuggestions, type Choice, type Choices, choiceOf, choose, judge, placeOf } from './decisions.ts';
import { Notice } from './form.tsx';
import { MovePicker, type SlotFilter } from './move-picker.tsx';

export interface AffectedDecisionsProps {
  readonly affected: readonly Affected[];
  readonly choices: Choices;
  onChange(choices: Choices): void;
  readonly practitionerId: PractitionerId;
  readonly specialty: SpecialtyCode;
  readonly today: CalendarDate;
  /** A specialist's name, for a suggestion that names another one. */
  nameOf(practitionerId: PractitionerId): string | undefined;
  readonly mayUse?: SlotFilter;
}

const ANY_SLOT: SlotFilter = () => true;

/** Everybody who is booked where the roster changes: nothing is saved until each of them has a decision. */
export function AffectedDecisions(props: AffectedDecisionsProps) {
  const { affected, choices, onChange } = props;
  const { undecided, changed, twice } = judge(choices, affected);
  const open = undecided.length + changed.length;
  const withSuggestion = affected.filter(({ suggestion }) => suggestion !== null).length;
  return (
    <>
      <Notice tone={open === 0 && twice.length === 0 ? 'well' : 'heed'} isLive>
        <strong>
          <Plural
            value={affected.length}
            one="# patient is booked at this time."
            other="# patients are booked at this time."
          />
        </strong>{' '}
        {open > 0 ? (
          <Plural
            value={open}
            one="Decide for # more; until then nothing is saved."
            other="Decide for # more; until then nothing is saved."
          />
        ) : twice.length > 0 ? (
          <Trans>Two patients are moved to the same slot: choose another one for one of them.</Trans>
        ) : (
          <Trans>All are decided.</Trans>
        )}
      </Notice>
      {withSuggestion > 0 && (
        <Action
          icon={<IconChecks size={20} aria-hidden />}
          onClick={() => onChange(applySuggestions(choices, affected))}
        >
          <Trans>Apply the suggestion to all</Trans>
        </Action>
      )}
      <ul className={styles.list}>
        {affected.map((entry) => (
          <Entry
            key={entry.appointment.id}
            {...props}
            entry={entry}
            isChanged={changed.includes(entry.appointment.id)}
            isTwice={twice.includes(entry.appointment.id)}
          />
        ))}
      </ul>
    </>
  );
}

type EntryProps = AffectedDecisionsProps & {
  readonly entry: Affected;
  readonly isChanged: boolean;
  readonly isTwice: boolean;
};

function Entry({ entry, isChanged, isTwice, choices, onChange, nameOf, mayUse = ANY_SLOT, ...place }: EntryProps) {
  const words = useDayWords();
  const localText = useLocalText();
  const [isPicking, setIsPicking] = useState(false);
  const name = useId();
  const { appointment, suggestion } = entry;
  const choice = choiceOf(choices, entry);
  const decide = (next: Choice) => onChange(choose(choices, entry, next));
  const isSuggested =
    choice?.kind === 'move' && suggestion !== null && placeOf(choice) === placeOf(suggestion) && !isPicking;
  const { shortName } = appointment.patient;
  const when = appointment.startsAt === null ? '' : words.moment(appointment.startsAt);
  const other =
    suggestion === null || suggestion.practitionerId === place.practitionerId
      ? undefined
      : nameOf(suggestion.practitionerId);
  const suggested = suggestion === null ? '' : words.moment(suggestion.startsAt);
  return (
    <li className={classes(styles.entry, choice !== undefined && !isTwice && styles.decided)}>
      <div className={styles.who}>
        <span className={styles.name}>{shortName}</span>
        <span>{when}</span>
        <span className="quiet">
          {localText(appointment.station.name)}, № {appointment.requestNumber}
        </span>
      </div>
      {isChanged && (
        <p className={styles.changed} role="status">
          <Trans>Somebody changed this appointment meanwhile. Look at it and decide again.</Trans>
        </p>
      )}
      {isTwice && (
        <p className={styles.changed} role="status">
          <Trans>Another patient here is moved to the same slot.</Trans>
        </p>
      )}
      <MoveConflicts entry={entry} choice={choice} />
      <fieldset className={styles.options}>
        <legend className="visually-hidden">
          <Trans>What becomes of {shortName}?</Trans>
        </legend>
        {suggestion !== null && (
          <Option
            name={name}
            isChecked={isSuggested}
            onChoose={() => {
              setIsPicking(false);
              decide({ kind: 'move', ...suggestion });
            }}
          >
            {other === undefined ? (
              <Trans>Move to {suggested}</Trans>
            ) : (
              <Trans>
                Move to {other}, {suggested}
              </Trans>
            )}
          </Option>
        )}
        <Option
          name={name}
          isChecked={isPicking || (choice?.kind === 'move' && !isSuggested)}
          onChoose={() => setIsPicking(true)}
        >
          <Trans>Move to another slot…</Trans>
        </Option>
        {(isPicking || (choice?.kind === 'move' && !isSuggested)) && (
          <MovePicker
            {...place}
            affected={entry}
            mayUse={mayUse}
            value={choice?.kind === 'move' ? choice : undefined}
            onChange={(to) => decide({ kind: 'move', ...to })}
          />
        )}
        <Option
          name={name}
          isChecked={!isPicking && choice?.kind === 'keep'}
          onChoose={() => {
            setIsPicking(false);
            decide({ kind: 'keep' });
          }}
        >
          <Trans>Keep at this time, outside of the roster</Trans>
        </Option>
        <Option
          name={name}
          isChecked={!isPicking && choice?.kind === 'put_back'}
          onChoose={() => {
            setIsPicking(false);
            decide({ kind: 'put_back' });
          }}
        >
          <Trans>Put back on the waiting list</Trans>
        </Option>
      </fieldset>
    </li>
  );
}

/** A specialist's time is judged by the roster as it will be; the patient's and the station's do not change with it. */
const PLACE_CONFLICTS: ReadonlySet<ConflictCode> = new Set(['patient_busy', 'station_busy', 'specialist_busy']);

/** Whether patient and station are free at the time that was chosen; said before anything is saved. */
function MoveConflicts({ entry: { appointment }, choice }: { entry: Affected; choice: Choice | undefined }) {
  const conflictWords = useConflictWords();
  const check = useCheckPlacement(
    choice?.kind === 'move'
      ? {
          requestId: appointment.requestId,
          appointmentId: appointment.id,
          practitionerId: choice.practitionerId,
          startsAt: choice.startsAt,
        }
      : null,
  );
  const conflicts = (check.data?.conflicts ?? []).filter(({ code }) => PLACE_CONFLICTS.has(code));
  return conflicts.map((conflict) => (
    <p key={conflict.code} className={styles.changed} role="status">
      {conflictWords(conflict)}
    </p>
  ));
}

function Option({
  name,
  isChecked,
  onChoose,
  children,
}: {
  name: string;
  isChecked: boolean;
  onChoose(): void;
  children: ReactNode;
}) {
  return (
    <label className={styles.option}>
      <input type="radio" name={name} checked={isChecked} onChange={onChoose} />
      <span>{children}</span>
    </label>
  );
}
