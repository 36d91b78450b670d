import { Language } from '@jaqyn/shared/auth/auth.contract';
import type { AppointmentId, PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { PARTS_OF_DAY } from '@jaqyn/shared/scheduling/waitlist';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { newId } from '../../../lib/ids.ts';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useJoinWaitlist } from '../api/join-waitlist.ts';
import { partOfDayWords } from '../components/appointments/appointment-words.ts';
import { useDayWords } from '../components/rosters/day-words.ts';
import { ToggleGroup } from '../components/rosters/form.tsx';
import { LANGUAGE_NAMES } from '../components/rosters/schedule-words.ts';
import { offerUndo } from '../undo-offer.ts';
import type { BookingDraft } from './booking-draft.ts';
import { NativeSelect } from './native-select.tsx';
import styles from './options.module.css';

interface WaitlistDialogProps {
  readonly requestId: RequestId;
  readonly patientName: string;
  readonly wishes: BookingDraft['wishes'];
  onWishes(wishes: BookingDraft['wishes']): void;
  /** Specialists that were seen in the answer, to be wished for. */
  readonly practitioners: readonly { readonly id: PractitionerId; readonly displayName: string }[];
  onClose(): void;
  onDone(changed: Changed): void;
}

/** Nothing suits: the patient waits for a slot with wishes, which are never a reason to be refused. */
export function WaitlistDialog(props: WaitlistDialogProps) {
  const { requestId, patientName, wishes, onWishes, practitioners, onClose, onDone } = props;
  const { t } = useLingui();
  const words = useDayWords();
  const join = useJoinWaitlist();
  const [id] = useState(() => newId() as AppointmentId);

  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Add to the waiting list</Trans>}
      confirmLabel={<Trans>Wait for a slot</Trans>}
      isBusy={join.isPending}
      onCancel={onClose}
      onConfirm={() =>
        join.mutate(
          { id, requestId, mode: 'video', wishes },
          {
            onSuccess: (changed) => {
              offerUndo(changed.receipt, () => t`On the waiting list: ${patientName}`);
              onDone(changed);
              onClose();
            },
          },
        )
      }
    >
      <p>
        <Trans>
          When a slot becomes free, it is offered to this station and kept until you answer. The coordinator sees who
          waits and until when the patient should be seen.
        </Trans>
      </p>
      <ChoiceCards
        legend={<Trans>Which time of the day suits?</Trans>}
        choices={PARTS_OF_DAY.map((value) => ({ value, title: t(partOfDayWords[value]) }))}
        value={wishes.partOfDay}
        onChange={(partOfDay) => onWishes({ ...wishes, partOfDay })}
        cardWidth="9rem"
      />
      <ToggleGroup
        legend={<Trans>On which weekdays can the patient not come?</Trans>}
        options={[1, 2, 3, 4, 5, 6, 7].map((number) => ({
          value: number,
          label: words.weekday(number),
          fullLabel: words.weekday(number, 'full'),
        }))}
        values={wishes.avoidWeekdays}
        onChange={(avoidWeekdays) => {
          // All seven would be no day at all.
          if (avoidWeekdays.length < 7) onWishes({ ...wishes, avoidWeekdays: avoidWeekdays.sort((a, b) => a - b) });
        }}
      />
      <div className={styles.stack}>
        <NativeSelect
          label={t`Language of the talk`}
          value={wishes.language ?? ''}
          options={[
            { value: '', label: t`Any language` },
            ...Language.options.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
          ]}
          onChange={(value) => onWishes({ ...wishes, language: value === '' ? null : Language.parse(value) })}
        />
        <NativeSelect
          label={t`Specialist`}
          value={wishes.preferredPractitionerId ?? ''}
          options={[
            { value: '', label: t`Whoever is free first` },
            ...practitioners.map((one) => ({ value: one.id, label: one.displayName })),
          ]}
          onChange={(value) =>
            onWishes({
              ...wishes,
              preferredPractitionerId: practitioners.find((one) => one.id === value)?.id ?? null,
            })
          }
        />
      </div>
      {join.isError && <ProblemNotice error={join.error} />}
    </ConfirmDialog>
  );
}
