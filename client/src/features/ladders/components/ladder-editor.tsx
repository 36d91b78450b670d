import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import { type LadderId, type OrganizationId, PractitionerId, type SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { type LadderStep, LadderSteps, type listLadders } from '@jaqyn/shared/ladders/ladder.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowDown, IconArrowUp, IconDeviceFloppy, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { serverNow } from '../../../lib/clock.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { EditionBadge } from '../../../ui/edition-badge.tsx';
import { TextField } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useLadderPreview } from '../api/preview-ladder.ts';
import { useSaveLadder } from '../api/save-ladder.ts';
import { rungWords } from '../rung-words.ts';
import styles from './ladder-editor.module.css';

type Ladders = EndpointResponse<typeof listLadders>;
type Kind = LadderStep['kind'];

interface Named {
  readonly code: string;
  readonly name: string;
}

interface LadderEditorProps {
  readonly ladders: Ladders;
  readonly specialties: readonly Named[];
  readonly regions: readonly Named[];
}

/** The ladder of one place: what is in force, what it would ring now, and its next edition. */
export function LadderEditor({ ladders, specialties, regions }: LadderEditorProps) {
  const { t } = useLingui();
  const own = ladders.ownRegion;
  const [specialty, setSpecialty] = useState('');
  const [region, setRegion] = useState(own ?? '');
  const open = regions.filter(({ code }) => own === null || code === own);
  return (
    <>
      <div className={layout.fields}>
        <SelectField
          label={t`Specialty`}
          value={specialty}
          onChange={(event) => setSpecialty(event.currentTarget.value)}
        >
          <option value="">{t`Every specialty`}</option>
          {specialties.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField label={t`Region`} value={region} onChange={(event) => setRegion(event.currentTarget.value)}>
          {own === null && <option value="">{t`The whole country`}</option>}
          {open.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <Place
        key={`${specialty} ${region} ${ladders.ladders[0]?.id ?? ''}`}
        ladders={ladders}
        specialty={specialty === '' ? null : (specialty as SpecialtyCode)}
        region={region === '' ? null : region}
        previewed={(specialty === '' ? (specialties[0]?.code ?? '') : specialty) as SpecialtyCode}
        previewedName={specialties.find(({ code }) => code === (specialty || specialties[0]?.code))?.name ?? ''}
      />
    </>
  );
}

interface PlaceProps {
  readonly ladders: Ladders;
  readonly specialty: SpecialtyCode | null;
  readonly region: string | null;
  /** A ladder of every specialty is shown by one of them. */
  readonly previewed: SpecialtyCode;
  readonly previewedName: string;
}

const MINUTE_MS = 60_000;
const STARTS = [0, 60, 24 * 60, 7 * 24 * 60] as const;

function Place({ ladders, specialty, region, previewed, previewedName }: PlaceProps) {
  const { t } = useLingui();
  const here = ladders.ladders.filter((one) => one.specialty === specialty && one.region === region);
  const inForce = here.find(({ state }) => state === 'in_force');
  const isOwn = inForce !== undefined && inForce.steps.length > 0;
  const [steps, setSteps] = useState<readonly LadderStep[]>(isOwn ? inForce.steps : ladders.builtIn);
  const [startsIn, setStartsIn] = useState<number>(STARTS[0]);
  const [id, setId] = useState(() => newId() as LadderId);
  const save = useSaveLadder();
  const isValid = LadderSteps.safeParse(steps).success;
  const put = (index: number, step: LadderStep) => setSteps(steps.map((one, at) => (at === index ? step : one)));
  const swap = (index: number, by: -1 | 1) => {
    const next = [...steps];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    setSteps(next);
  };
  const store = (kept: readonly LadderStep[]) =>
    save.mutate(
      {
        id,
        specialty,
        region,
        effectiveFrom: new Date(serverNow() + startsIn * MINUTE_MS).toISOString(),
        steps: [...kept] as never,
      },
      { onSuccess: () => setId(newId() as LadderId) },
    );
  const missing = (['on_call', 'backup', 'head', 'neighbour', 'phone'] as const).filter(
    (kind) => kind === 'head' || kind === 'neighbour' || !steps.some((step) => step.kind === kind),
  );
  const starts = [t`Now`, t`In an hour`, t`Tomorrow at this time`, t`In a week`];
  return (
    <div className={styles.columns}>
      <section className={layout.stack} aria-label={t`Rungs`}>
        <p>
          {isOwn ? (
            <Trans>
              This place has a ladder of its own. Changes make a new edition; calls that ring go on as they began.
            </Trans>
          ) : (
            <Trans>
              This place has no ladder of its own: the one of the wider place, in the end this built-in one, rings.
            </Trans>
          )}
        </p>
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the ladder
            <li key={index} className={styles.step}>
              <span className={styles.number}>{index + 1}</span>
              <StepFields step={step} ladders={ladders} specialty={specialty} onChange={(next) => put(index, next)} />
              <span className={styles.buttons}>
                {index > 0 && step.kind !== 'phone' && (
                  <IconButton
                    icon={<IconArrowUp size={20} aria-hidden />}
                    word={t`Earlier`}
                    onClick={() => swap(index, -1)}
                  />
                )}
                {index < steps.length - 1 && steps[index + 1]?.kind !== 'phone' && (
                  <IconButton
                    icon={<IconArrowDown size={20} aria-hidden />}
                    word={t`Later`}
                    onClick={() => swap(index, 1)}
                  />
                )}
                <IconButton
                  icon={<IconX size={20} aria-hidden />}
                  word={t`Remove`}
                  onClick={() => setSteps(steps.filter((_one, at) => at !== index))}
                />
              </span>
            </li>
          ))}
        </ol>
        <div className={layout.row}>
          {missing.map((kind) => (
            <Action
              key={kind}
              tone="quiet"
              icon={<IconPlus size={20} aria-hidden />}
              onClick={() => {
                const step = newStep(kind, ladders, specialty);
                const last = steps.at(-1);
                const isBeforePhone = last?.kind === 'phone' && kind !== 'phone';
                setSteps(isBeforePhone ? [...steps.slice(0, -1), step, last] : [...steps, step]);
              }}
            >
              {t(rungWords[kind])}
            </Action>
          ))}
        </div>
        <SelectField
          label={t`In force from`}
          value={String(startsIn)}
          onChange={(event) => setStartsIn(Number(event.currentTarget.value))}
        >
          {STARTS.map((minutes, index) => (
            <option key={minutes} value={minutes}>
              {starts[index]}
            </option>
          ))}
        </SelectField>
        {!isValid && (
          <p role="status">
            <Trans>Something is missing: every rung needs its people or numbers, and 10 to 600 seconds.</Trans>
          </p>
        )}
        {save.isError && <ProblemNotice error={save.error} />}
        {save.isSuccess && (
          <p role="status">
            <StatusBadge tone="well">
              <Trans>Saved</Trans>
            </StatusBadge>
          </p>
        )}
        <div className={layout.row}>
          <PrimaryAction
            icon={<IconDeviceFloppy size={24} aria-hidden />}
            isBusy={save.isPending}
            disabled={!isValid || steps.length === 0}
            onClick={() => store(steps)}
          >
            <Trans>Save the ladder</Trans>
          </PrimaryAction>
          {isOwn && (
            <Action tone="danger" isBusy={save.isPending} onClick={() => store([])}>
              <Trans>Give the place back to the wider ladder</Trans>
            </Action>
          )}
        </div>
        <ul className={layout.list} aria-label={t`Editions`}>
          {here.map((one) => {
            const { createdByName } = one;
            const from = formatDateTime(one.effectiveFrom);
            return (
              <li key={one.id} className={styles.history}>
                <EditionBadge state={one.state} />
                <span>
                  <Trans>
                    from {from}, {createdByName}
                  </Trans>
                </span>
                <span className="quiet">{one.steps.map(({ kind }) => t(rungWords[kind])).join(' → ')}</span>
              </li>
            );
          })}
        </ul>
      </section>
      <Preview
        specialty={previewed}
        specialtyName={previewedName}
        region={region}
        steps={isValid && steps.length > 0 ? steps : null}
      />
    </div>
  );
}

/** Whom these rungs would ring at this moment. */
function Preview({
  specialty,
  specialtyName,
  region,
  steps,
}: {
  specialty: SpecialtyCode;
  specialtyName: string;
  region: string | null;
  steps: readonly LadderStep[] | null;
}) {
  const { t } = useLingui();
  const preview = useLadderPreview(steps === null ? null : { specialty, region, steps: [...steps] as never });
  return (
    <section className={`${layout.card} ${layout.stack} ${styles.preview}`} aria-label={t`Now this would ring`}>
      <h2>
        <Trans>Now this would ring</Trans>
      </h2>
      <p className="quiet">{specialtyName}</p>
      {preview.isError && <ProblemNotice error={preview.error} />}
      <ol className={styles.rungs} aria-busy={preview.isFetching}>
        {preview.data?.map((rung, index) => {
          const { seconds } = rung;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rung is its place in the ladder
            <li key={index}>
              <strong>{t(rungWords[rung.kind])}</strong>{' '}
              {seconds !== null && (
                <span className="quiet">
                  <Trans>{seconds} s</Trans>
                </span>
              )}
              <div>
                {rung.people.map(({ displayName }) => displayName).join(', ')}
                {rung.skipped.map(({ displayName }) => (
                  <span key={displayName} className="quiet">
                    {' '}
                    {displayName}: <Trans>in another call, not rung</Trans>
                  </span>
                ))}
                {rung.phones.map(({ label, phone }) => `${label}: ${phone}`).join(', ')}
                {rung.kind === 'phone' ? (
                  <span>
                    {' '}
                    <Trans>the coordinator's number, 103</Trans>
                  </span>
                ) : (
                  rung.people.length + rung.skipped.length === 0 && (
                    <span className="quiet">
                      <Trans>nobody is on duty here now</Trans>
                    </span>
                  )
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface StepFieldsProps {
  readonly step: LadderStep;
  readonly ladders: Ladders;
  readonly specialty: SpecialtyCode | null;
  onChange(step: LadderStep): void;
}

function StepFields({ step, ladders, specialty, onChange }: StepFieldsProps) {
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

function newStep(kind: Kind, ladders: Ladders, specialty: SpecialtyCode | null): LadderStep {
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
