import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import { addDays, minuteOfDay, toMinute, weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import type { Template } from '@jaqyn/shared/scheduling/roster.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { formatCalendarDate } from '../../../../lib/format.ts';
import { useLanguage } from '../../../../lib/i18n.ts';
import { ProblemError } from '../../../../lib/problem-error.ts';
import { parseTypedDate, toTypedDate } from '../../../../lib/typed-date.ts';
import { useDebounced } from '../../../../lib/use-debounced.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { SavedMeanwhile } from '../../../../ui/saved-meanwhile.tsx';
import { useEndTemplate } from '../../api/end-template.ts';
import { useEndPreview } from '../../api/preview-end.ts';
import { AffectedDecisions } from './affected-decisions.tsx';
import { useTemplateWords } from './day-words.ts';
import { isComplete, judge, NO_CHOICES } from './decisions.ts';
import type { Desk } from './desk.ts';
import { ChangedMeanwhile, NobodyBooked } from './form.tsx';
import type { SlotFilter } from './move-picker.tsx';
import { Panel, PanelFoot, PanelPart } from './panel.tsx';

/** Stays on the screen when the language is switched. */
function Ended({ lastDay }: { lastDay: CalendarDate }) {
  const day = formatCalendarDate(lastDay, useLanguage());
  return <Trans>The window ends on {day}.</Trans>;
}

/** Lets a window apply until a day; who is booked after it is decided one by one. */
export function EndWindowPanel({ desk, template }: { desk: Desk; template: Template }) {
  const { t } = useLingui();
  const words = useTemplateWords();
  const { practitioner, today } = desk;
  const [text, setText] = useState(toTypedDate(today));
  const [choices, setChoices] = useState(NO_CHOICES);
  const [seenValidTo, setSeenValidTo] = useState(template.validTo);
  const params = { practitionerId: practitioner.id, templateId: template.id };
  const end = useEndTemplate();

  const lastDay = parseTypedDate(text);
  const problem = problemOf(lastDay, template, today);
  const asked = problem === undefined ? lastDay : undefined;
  const settled = useDebounced(asked, 400);
  const preview = useEndPreview(params, settled);
  const isFresh = asked === settled && preview.isSuccess && !preview.isPlaceholderData && !preview.isFetching;
  const affected = asked === undefined ? [] : (preview.data?.affected ?? []);
  const judged = judge(choices, affected);
  const isReady = asked !== undefined && isFresh && isComplete(judged);
  const error = end.error === null ? undefined : ProblemError.from(end.error);
  // Slots that the ended window would make after its last day are gone with it.
  const mayUse: SlotFilter = (practitionerId, startsAt) =>
    practitionerId !== practitioner.id || lastDay === undefined || !isOf(template, startsAt, lastDay);

  const submit = () => {
    if (asked === undefined || !isReady) return;
    end.mutate(
      {
        params,
        body: { lastDay: asked, seenValidTo, decisions: [...judged.decisions] },
      },
      {
        onSuccess: () => {
          desk.onDone(<Ended lastDay={asked} />);
        },
        onError: () => void preview.refetch(),
      },
    );
  };

  return (
    <Panel title={<Trans>End the window</Trans>} onClose={desk.onClose}>
      <p>{words.line(template)}</p>
      <TextField
        label={<Trans>Last day it applies</Trans>}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
        {...(problem === 'none' && { error: t`Write a day, for example 30.11.2026` })}
        {...(problem === 'past' && { error: t`This day is over: choose yesterday or later` })}
        {...(problem === 'late' && { error: t`The window ends earlier by itself` })}
      />
      {asked !== undefined && asked < template.validFrom && (
        <p className="quiet">
          <Trans>This is before its first day: the window will never apply.</Trans>
        </p>
      )}
      {affected.length > 0 && (
        <PanelPart title={<Trans>Booked patients</Trans>}>
          <AffectedDecisions
            affected={affected}
            choices={choices}
            onChange={setChoices}
            practitionerId={practitioner.id}
            specialty={practitioner.specialty}
            today={today}
            nameOf={desk.nameOf}
            mayUse={mayUse}
          />
        </PanelPart>
      )}
      {asked !== undefined && isFresh && affected.length === 0 && <NobodyBooked />}
      {preview.error && (
        <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} isRetrying={preview.isFetching} />
      )}
      {error && error.code !== 'roster.booked_affected' && <ProblemNotice error={error} />}
      {error?.code === 'roster.booked_affected' && isFresh && <ChangedMeanwhile />}
      {seenValidTo !== template.validTo && !end.isPending && (
        <SavedMeanwhile
          onKeepMine={() => {
            end.reset();
            setSeenValidTo(template.validTo);
          }}
          onTakeTheirs={desk.onClose}
        >
          <p>{words.line(template)}</p>
        </SavedMeanwhile>
      )}
      <PanelFoot>
        <PrimaryAction
          isBusy={end.isPending || (asked !== undefined && !isFresh && !preview.isError)}
          disabled={!isReady}
          onClick={submit}
        >
          <Trans>End the window</Trans>
        </PrimaryAction>
        <Action onClick={desk.onClose}>
          <Trans>Close</Trans>
        </Action>
      </PanelFoot>
    </Panel>
  );
}

function problemOf(
  lastDay: CalendarDate | undefined,
  { validTo }: Template,
  today: CalendarDate,
): 'none' | 'past' | 'late' | undefined {
  if (lastDay === undefined) return 'none';
  if (lastDay < addDays(today, -1)) return 'past';
  return validTo !== null && lastDay > validTo ? 'late' : undefined;
}

function isOf(template: Template, startsAt: Parameters<typeof toMinute>[0], lastDay: CalendarDate): boolean {
  const day = localDate(startsAt);
  const minute = minuteOfDay(toMinute(startsAt));
  return (
    day > lastDay &&
    template.weekdays.includes(weekdayOf(day)) &&
    template.startMinute <= minute &&
    minute < template.endMinute
  );
}
