import {
  type listWaitingLimits,
  URGENCIES_DOWN,
  WaitingLimits,
} from '@jaqyn/shared/consultations/waiting-limit.contract';
import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { WaitingLimitId } from '@jaqyn/shared/kernel/ids';
import { newestMade } from '@jaqyn/shared/kernel/newest-made';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { serverNow } from '../../../lib/clock.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { useMinutesInWords } from '../../../lib/minutes-in-words.ts';
import { PrimaryAction } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { EditionBadge } from '../../../ui/edition-badge.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SavedMeanwhile } from '../../../ui/saved-meanwhile.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useSaveWaitingLimits } from '../api/save-waiting-limits.ts';
import { urgencyWords } from '../consultation-words.ts';

const PHASES = ['answer', 'written', 'conclusion'] as const;

/** Minutes per urgency; saving makes a new edition that is in force at once. */
export function LimitsEditor({ stored }: { stored: EndpointResponse<typeof listWaitingLimits> }) {
  const { t } = useLingui();
  const inWords = useMinutesInWords();
  // Below an hour the number says it by itself.
  const judged = (minutes: number) => (minutes >= 60 ? `= ${inWords(minutes)}` : undefined);
  const [limits, setLimits] = useState(stored.current);
  const [id, setId] = useState(() => newId() as WaitingLimitId);
  // What this form was filled from: an edition that came in meanwhile is not written over unseen.
  const newest = newestMade(stored.editions);
  const [seenId, setSeenId] = useState<WaitingLimitId | null>(newest?.id ?? null);
  const unseen = newest?.id === seenId ? undefined : newest;
  const save = useSaveWaitingLimits();
  const isValid = WaitingLimits.safeParse(limits).success;
  const titles = {
    answer: t`Until a specialist speaks with the patient`,
    written: t`Until an answer in writing is signed`,
    conclusion: t`From the end of the call until the conclusion is signed`,
  };
  return (
    <>
      {PHASES.map((phase) => (
        <section key={phase} className={classes(layout.card, layout.stack)} aria-label={titles[phase]}>
          <h2>{titles[phase]}</h2>
          {URGENCIES_DOWN.map((urgency) => {
            const name = t(urgencyWords[urgency].label);
            const put = (change: { heed?: number; limit?: number }) =>
              setLimits({
                ...limits,
                [phase]: { ...limits[phase], [urgency]: { ...limits[phase][urgency], ...change } },
              });
            return (
              <div key={urgency}>
                <StatusBadge tone={urgencyWords[urgency].tone}>{name}</StatusBadge>
                <div className={classes(layout.fields, layout.dense)}>
                  <TextField
                    label={t`Amber after, min`}
                    aria-label={t`${name}: amber after, min`}
                    type="number"
                    min={1}
                    description={judged(limits[phase][urgency].heed)}
                    value={String(limits[phase][urgency].heed)}
                    onChange={(event) => put({ heed: Number(event.currentTarget.value) })}
                  />
                  <TextField
                    label={t`Red after, min`}
                    aria-label={t`${name}: red after, min`}
                    type="number"
                    min={1}
                    description={judged(limits[phase][urgency].limit)}
                    value={String(limits[phase][urgency].limit)}
                    onChange={(event) => put({ limit: Number(event.currentTarget.value) })}
                  />
                </div>
              </div>
            );
          })}
        </section>
      ))}
      <section className={classes(layout.card, layout.stack)} aria-label={t`Calls that broke off`}>
        <h2>
          <Trans>Calls that broke off</Trans>
        </h2>
        <TextField
          label={t`Becomes a case for an answer in writing after, min`}
          type="number"
          min={1}
          max={1440}
          description={judged(limits.interruptionMinutes)}
          value={String(limits.interruptionMinutes)}
          onChange={(event) => setLimits({ ...limits, interruptionMinutes: Number(event.currentTarget.value) })}
        />
      </section>
      {!isValid && (
        <p role="status">
          <Trans>Every field needs whole minutes from 1 on, and amber comes before red.</Trans>
        </p>
      )}
      {save.isError && <ProblemNotice error={save.error} />}
      {unseen && !save.isPending && (
        <SavedMeanwhile
          byName={unseen.createdByName}
          at={unseen.createdAt}
          onKeepMine={() => {
            save.reset();
            setSeenId(unseen.id);
          }}
          onTakeTheirs={() => {
            save.reset();
            setLimits(unseen.limits);
            setSeenId(unseen.id);
          }}
        >
          <ul>
            {PHASES.flatMap((phase) =>
              URGENCIES_DOWN.filter((urgency) => !isSame(unseen.limits[phase][urgency], limits[phase][urgency])).map(
                (urgency) => {
                  const [heed, limit] = [unseen.limits[phase][urgency].heed, unseen.limits[phase][urgency].limit].map(
                    inWords,
                  );
                  const name = t(urgencyWords[urgency].label);
                  return (
                    <li key={`${phase} ${urgency}`}>
                      {titles[phase]}, {name}:{' '}
                      <Trans>
                        amber after {heed}, red after {limit}
                      </Trans>
                    </li>
                  );
                },
              ),
            )}
            {unseen.limits.interruptionMinutes !== limits.interruptionMinutes && (
              <li>
                <Trans>Calls that broke off</Trans>: {inWords(unseen.limits.interruptionMinutes)}
              </li>
            )}
          </ul>
        </SavedMeanwhile>
      )}
      {save.isSuccess && (
        <p role="status">
          <StatusBadge tone="well">
            <Trans>Saved</Trans>
          </StatusBadge>
        </p>
      )}
      <div>
        <PrimaryAction
          icon={<IconDeviceFloppy size={24} aria-hidden />}
          isBusy={save.isPending}
          disabled={!isValid}
          onClick={() =>
            save.mutate(
              { id, seenId, effectiveFrom: new Date(serverNow()).toISOString(), limits },
              {
                onSuccess: (saved) => {
                  setSeenId(saved.id);
                  setId(newId() as WaitingLimitId);
                },
              },
            )
          }
        >
          <Trans>Save the limits</Trans>
        </PrimaryAction>
      </div>
      <ul className={layout.list} aria-label={t`Editions`}>
        {stored.editions.map((one) => {
          const { createdByName } = one;
          const from = formatDateTime(one.effectiveFrom);
          return (
            <li key={one.id} className={layout.row}>
              <EditionBadge state={one.state} />
              <span>
                <Trans>
                  from {from}, {createdByName}
                </Trans>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function isSame(one: { heed: number; limit: number }, other: { heed: number; limit: number }): boolean {
  return one.heed === other.heed && one.limit === other.limit;
}
