import type { LadderId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { newestMade } from '@jaqyn/shared/kernel/newest-made';
import { type LadderStep, LadderSteps } from '@jaqyn/shared/ladders/ladder.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowDown, IconArrowUp, IconDeviceFloppy, IconPlus, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { serverNow } from '../../../lib/clock.ts';
import { formatDateTime, formatDuration } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { EditionBadge } from '../../../ui/edition-badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SavedMeanwhile } from '../../../ui/saved-meanwhile.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useSaveLadder } from '../api/save-ladder.ts';
import { rungWords } from '../rung-words.ts';
import styles from './ladder-editor.module.css';
import { LadderPreview } from './ladder-preview.tsx';
import { type Ladders, newStep, StepFields } from './step-fields.tsx';

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
  // What is not saved yet, by place: looking at another place and back loses nothing.
  const [edited, setEdited] = useState<ReadonlyMap<string, Edited>>(new Map());
  const place = `${specialty} ${region}`;
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
        key={place}
        ladders={ladders}
        edited={edited.get(place)}
        onEdit={(mine) => {
          const next = new Map(edited);
          if (mine) next.set(place, mine);
          else next.delete(place);
          setEdited(next);
        }}
        specialty={specialty === '' ? null : (specialty as SpecialtyCode)}
        region={region === '' ? null : region}
        previewed={(specialty === '' ? (specialties[0]?.code ?? '') : specialty) as SpecialtyCode}
        previewedName={specialties.find(({ code }) => code === (specialty || specialties[0]?.code))?.name ?? ''}
      />
    </>
  );
}

/** What was changed here, and the edition made last when that began: one that came meanwhile is not written over unseen. */
interface Edited {
  readonly steps: readonly LadderStep[];
  readonly seenId: LadderId | null;
}

interface PlaceProps {
  readonly ladders: Ladders;
  /** Undefined while nothing differs from what is in force. */
  readonly edited: Edited | undefined;
  onEdit(mine: Edited | undefined): void;
  readonly specialty: SpecialtyCode | null;
  readonly region: string | null;
  /** A ladder of every specialty is shown by one of them. */
  readonly previewed: SpecialtyCode;
  readonly previewedName: string;
}

const MINUTE_MS = 60_000;
const STARTS = [0, 60, 24 * 60, 7 * 24 * 60] as const;

function Place({ ladders, edited, onEdit, specialty, region, previewed, previewedName }: PlaceProps) {
  const { t } = useLingui();
  const here = ladders.ladders.filter((one) => one.specialty === specialty && one.region === region);
  const inForce = here.find(({ state }) => state === 'in_force');
  const isOwn = inForce !== undefined && inForce.steps.length > 0;
  const newest = newestMade(here);
  const newestId = newest?.id ?? null;
  const seenId = edited ? edited.seenId : newestId;
  const unseen = seenId === newestId ? undefined : newest;
  const steps: readonly LadderStep[] = edited?.steps ?? (isOwn ? inForce.steps : ladders.builtIn);
  const [startsIn, setStartsIn] = useState<number>(STARTS[0]);
  const [id, setId] = useState(() => newId() as LadderId);
  const [isGivingBack, setIsGivingBack] = useState(false);
  const save = useSaveLadder();
  const editions = useRef<HTMLUListElement>(null);
  function setSteps(next: readonly LadderStep[]) {
    save.reset();
    onEdit({ steps: next, seenId });
  }
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
        seenId,
        specialty,
        region,
        effectiveFrom: new Date(serverNow() + startsIn * MINUTE_MS).toISOString(),
        steps: [...kept] as never,
      },
      {
        onSuccess: () => {
          setId(newId() as LadderId);
          setIsGivingBack(false);
          // The button that had asked is gone with the place's own ladder.
          if (kept.length === 0) requestAnimationFrame(() => editions.current?.focus());
          onEdit(undefined);
        },
      },
    );
  const missing = (['on_call', 'backup', 'head', 'neighbour', 'phone'] as const).filter(
    (kind) => kind === 'head' || kind === 'neighbour' || !steps.some((step) => step.kind === kind),
  );
  /** As somebody else has it: who, and for how long. */
  const describe = (step: LadderStep) => {
    const named = step.kind === 'head' ? step.practitionerIds : [];
    const who = [
      ...named.map((one) => ladders.specialists.find(({ id: other }) => other === one)?.displayName ?? ''),
      ...(step.kind === 'phone' ? step.phones.map(({ label, phone }) => `${label} ${phone}`) : []),
    ].join(', ');
    const seconds = step.kind === 'phone' ? 0 : step.seconds;
    const duration = seconds > 0 ? formatDuration(seconds) : '';
    return [t(rungWords[step.kind]), who, duration].filter((part) => part !== '').join(' · ');
  };
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
        {edited && unseen && !save.isPending && (
          <SavedMeanwhile
            byName={unseen.createdByName}
            at={unseen.createdAt}
            onKeepMine={() => {
              save.reset();
              onEdit({ ...edited, seenId: unseen.id });
            }}
            onTakeTheirs={() => {
              save.reset();
              onEdit(undefined);
            }}
          >
            {unseen.steps.length === 0 ? (
              <p>
                <Trans>The place was given back to the wider ladder.</Trans>
              </p>
            ) : (
              <ol>
                {unseen.steps.map((step, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the ladder
                  <li key={index}>{describe(step)}</li>
                ))}
              </ol>
            )}
          </SavedMeanwhile>
        )}
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
            <Action tone="danger" onClick={() => setIsGivingBack(true)}>
              <Trans>Give the place back to the wider ladder</Trans>
            </Action>
          )}
          {edited && (
            <Action tone="quiet" onClick={() => onEdit(undefined)}>
              <Trans>As it is in force</Trans>
            </Action>
          )}
        </div>
        <ConfirmDialog
          isOpen={isGivingBack}
          title={<Trans>Give the place back to the wider ladder?</Trans>}
          confirmLabel={<Trans>Give it back</Trans>}
          tone="act-now"
          isBusy={save.isPending}
          onCancel={() => setIsGivingBack(false)}
          onConfirm={() => store([])}
        >
          <p>
            <Trans>
              From the chosen moment the ladder of the wider place rings here. This one stays among the editions.
            </Trans>
          </p>
          {save.isError && <ProblemNotice error={save.error} />}
        </ConfirmDialog>
        <ul ref={editions} className={layout.list} aria-label={t`Editions`} tabIndex={-1}>
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
      <LadderPreview
        specialty={previewed}
        specialtyName={previewedName}
        region={region}
        steps={isValid && steps.length > 0 ? steps : null}
      />
    </div>
  );
}
