import { MergeId } from '@jaqyn/shared/kernel/ids';
import {
  type DuplicatePair,
  MERGED_FIELDS,
  type MergeChoices,
  type MergedField,
  usualChoices,
} from '@jaqyn/shared/patients/duplicate.contract';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { formatCalendarDate, formatIin } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { OpenedHeading } from '../../../ui/opened-heading.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useMergePatients, useMergePreview } from '../api/merge-patients.ts';
import styles from './merge-cards.module.css';
import { SummaryView } from './summary-view.tsx';

const fieldWords: Record<MergedField, MessageDescriptor> = {
  iin: msg`IIN`,
  familyName: msg`Family name`,
  givenName: msg`Given name`,
  middleName: msg`Patronymic`,
  birthDate: msg`Birth date`,
  sex: msg`Sex`,
  phone: msg`Phone`,
  address: msg`Address`,
  insurance: msg`Insurance`,
  stationId: msg`Station`,
};

interface MergeCardsProps {
  readonly pair: DuplicatePair;
  readonly stationName: (id: string) => string;
  onDone(): void;
  onCancel(): void;
}

/** Both cards side by side: which one stays, and of what differs which value. Nothing of either goes. */
export function MergeCards({ pair, stationName, onDone, onCancel }: MergeCardsProps) {
  const { t } = useLingui();
  const [id] = useState(() => MergeId.parse(newId()));
  const [isSwapped, setIsSwapped] = useState(false);
  const [kept, merged] = isSwapped ? [pair.other, pair.one] : [pair.one, pair.other];
  const preview = useMergePreview(kept.id, merged.id);
  const [chosen, setChosen] = useState<MergeChoices>({});
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const merge = useMergePatients();
  const why = useRef<HTMLInputElement>(null);

  if (preview.isPending) return <Skeleton lines={6} />;
  if (!preview.data) {
    return (
      <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} isRetrying={preview.isFetching} />
    );
  }
  const { kept: keptCard, merged: mergedCard, requestsOfKept, requestsOfMerged, digest } = preview.data;
  const choices = { ...usualChoices(keptCard, mergedCard), ...chosen };
  const valueOf = (patient: Patient, field: MergedField): string => {
    switch (field) {
      case 'iin':
        return patient.iin === null ? t`Unknown` : formatIin(patient.iin);
      case 'birthDate':
        return formatCalendarDate(patient.birthDate);
      case 'sex':
        return patient.sex === 'male' ? t`Male` : t`Female`;
      case 'insurance':
        return { insured: t`Insured`, uninsured: t`Not insured`, unknown: t`Unknown` }[patient.insurance];
      case 'stationId':
        return stationName(patient.stationId);
      default:
        return patient[field] === '' ? '–' : patient[field];
    }
  };

  function submit() {
    setIsTried(true);
    if (reason.trim() === '') {
      why.current?.focus();
      return;
    }
    const { id: keptId } = keptCard;
    merge.mutate({ id, keptId, mergedId: mergedCard.id, digest, choices, reason }, { onSuccess: onDone });
  }

  return (
    <div className={layout.stack}>
      <OpenedHeading>
        <Trans>Both cards</Trans>
      </OpenedHeading>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className={styles.wrap} tabIndex={0} role="group" aria-label={t`Both cards`}>
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              <th scope="col">
                <Trans>Stays</Trans>
              </th>
              <th scope="col">
                <Trans>Joins it</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {MERGED_FIELDS.map((field) => {
              const differs = choices[field] !== undefined;
              const label = t(fieldWords[field]);
              return (
                <tr key={field}>
                  <th scope="row">{label}</th>
                  {([keptCard, mergedCard] as const).map((card, at) => {
                    const side = at === 0 ? 'kept' : 'merged';
                    return (
                      <td key={side}>
                        {differs ? (
                          <label className={styles.pick}>
                            <input
                              type="radio"
                              name={`${id} ${field}`}
                              checked={choices[field] === side}
                              onChange={() => setChosen((before) => ({ ...before, [field]: side }))}
                            />
                            {valueOf(card, field)}
                          </label>
                        ) : (
                          valueOf(card, field)
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            <tr>
              <th scope="row">
                <Trans>Requests</Trans>
              </th>
              <td>{requestsOfKept}</td>
              <td>
                <Plural
                  value={requestsOfMerged}
                  one="# moves to the card that stays"
                  other="# move to the card that stays"
                />
              </td>
            </tr>
            <tr>
              <th scope="row">
                <Trans>Known of the patient: both are kept</Trans>
              </th>
              <td>
                <SummaryView summary={keptCard.summary} />
              </td>
              <td>
                <SummaryView summary={mergedCard.summary} />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      <TextField
        ref={why}
        label={t`How do you know that it is one person?`}
        maxLength={300}
        value={reason}
        error={isTried && reason.trim() === '' && t`Write it in a few words`}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {merge.isError && (
        <ProblemNotice
          error={merge.error}
          onRetry={() => {
            merge.reset();
            void preview.refetch();
          }}
        />
      )}
      <div className={layout.row}>
        <Action onClick={onCancel}>
          <Trans>Go back</Trans>
        </Action>
        <Action
          onClick={() => {
            setIsSwapped(!isSwapped);
            setChosen({});
          }}
        >
          <Trans>Let the other one stay</Trans>
        </Action>
        <PrimaryAction isBusy={merge.isPending} onClick={submit}>
          <Trans>Make them one card</Trans>
        </PrimaryAction>
      </div>
    </div>
  );
}
