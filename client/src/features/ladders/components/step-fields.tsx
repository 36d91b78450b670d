import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import { type OrganizationId, PractitionerId, type SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { LadderStep, listLadders } from '@jaqyn/shared/ladders/ladder.contract';
import { useLingui } from '@lingui/react/macro';
import { useLocalText } from '../../../lib/local-text.ts';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { SelectField } from '../../../ui/select-field.tsx';
import { rungWords } from '../rung-words.ts';
import styles from './ladder-editor.module.css';

export type Ladders = EndpointResponse<typeof listLadders>;

interface StepFieldsProps {
  readonly step: LadderStep;
  readonly ladders: Ladders;
  readonly specialty: SpecialtyCode | null;
  onChange(step: LadderStep): void;
}

/** What one rung is made of. */
export function StepFields({ step, ladders, specialty, onChange }: StepFieldsProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const people = ladders.specialists.filter((one) => specialty === null || one.specialty === specialty);
  return (
    <div className={styles.fields}>
      <strong>{t(rungWords[step.kind])}</strong>
      {step.kind !== 'phone' && (
        <TextField
          label={t`Seconds`}
          type="number"
          min={10}
          max={600}
          value={String(step.seconds)}
          onChange={(event) => onChange({ ...step, seconds: Number(event.currentTarget.value) })}
        />
      )}
      {(step.kind === 'on_call' || step.kind === 'backup') && (
        <SelectField
          label={t`Whose rosters`}
          value={step.reach}
          onChange={(event) =>
            onChange({ ...step, reach: event.currentTarget.value === 'region' ? 'region' : 'country' })
          }
        >
          <option value="country">{t`The whole country`}</option>
          <option value="region">{t`Hospitals of the region`}</option>
        </SelectField>
      )}
      {step.kind === 'head' && (
        <SelectField
          label={t`Who`}
          value={step.practitionerIds[0] ?? ''}
          onChange={(event) => {
            const chosen = PractitionerId.safeParse(event.currentTarget.value);
            if (chosen.success) onChange({ ...step, practitionerIds: [chosen.data] });
          }}
        >
          {people.map((one) => (
            <option key={one.id} value={one.id}>
              {one.displayName}
            </option>
          ))}
        </SelectField>
      )}
      {step.kind === 'neighbour' && (
        <SelectField
          label={t`Hospital`}
          value={step.organizationId}
          onChange={(event) => onChange({ ...step, organizationId: event.currentTarget.value as OrganizationId })}
        >
          {ladders.organizations.map((one) => (
            <option key={one.id} value={one.id}>
              {localText(one.name)}
            </option>
          ))}
        </SelectField>
      )}
      {step.kind === 'phone' &&
        step.phones.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: numbers are told apart by their place only
          <div key={index} className={layout.fields}>
            <TextField
              label={t`Whose number`}
              maxLength={80}
              value={one.label}
              onChange={(event) => onChange({ ...step, phones: [{ ...one, label: event.currentTarget.value }] })}
            />
            <TextField
              label={t`Phone`}
              type="tel"
              maxLength={24}
              value={one.phone}
              onChange={(event) => onChange({ ...step, phones: [{ ...one, phone: event.currentTarget.value }] })}
            />
          </div>
        ))}
    </div>
  );
}

const SECONDS = 45;

/** A rung to begin with: the first of what there is to choose from. */
export function newStep(kind: LadderStep['kind'], ladders: Ladders, specialty: SpecialtyCode | null): LadderStep {
  switch (kind) {
    case 'on_call':
    case 'backup':
      return { kind, seconds: SECONDS, reach: 'country' };
    case 'head': {
      const [first] = ladders.specialists.filter((one) => specialty === null || one.specialty === specialty);
      return { kind, seconds: SECONDS, practitionerIds: first ? [first.id] : [] };
    }
    case 'neighbour':
      return { kind, seconds: SECONDS, organizationId: ladders.organizations[0]?.id as OrganizationId };
    case 'phone':
      return { kind, phones: [{ label: '', phone: '' }] };
  }
}
