import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { useLocalText } from '../../../lib/local-text.ts';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useSpecialties } from '../api/list-specialties.ts';
import { OnCallNote } from './on-call-note.tsx';
import { SpecialtyIcon } from './specialty-icon.tsx';

interface SpecialtyChoiceProps {
  readonly value: SpecialtyCode | null;
  onChange(code: SpecialtyCode): void;
  readonly error?: string | undefined;
}

export function SpecialtyChoice({ value, onChange, error }: SpecialtyChoiceProps) {
  const specialties = useSpecialties();
  const localText = useLocalText();
  if (specialties.isPending) return <Skeleton lines={4} />;
  if (specialties.isError) {
    return (
      <ProblemNotice
        error={specialties.error}
        onRetry={() => void specialties.refetch()}
        isRetrying={specialties.isFetching}
      />
    );
  }
  return (
    <ChoiceCards
      legend={<Trans>Which specialist?</Trans>}
      cardWidth="18rem"
      choices={specialties.data.map((specialty) => ({
        value: specialty.code,
        title: localText(specialty.name),
        note: <OnCallNote specialty={specialty} />,
        // Where nobody is on call now, a time or an answer in writing can still be asked for.
        icon: <SpecialtyIcon code={specialty.code} />,
      }))}
      value={value}
      onChange={onChange}
      {...(error !== undefined && { error })}
    />
  );
}
