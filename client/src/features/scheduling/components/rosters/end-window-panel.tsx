import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import { addDays, minuteOfDay, toMinute, weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import type { Template } from '@jaqyn/shared/scheduling/roster.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { formatCalendarDate } from '../../../../lib/format.ts';
import { parseTypedDate, toTypedDate } from '../../../../lib/typed-date.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useEndTemplate } from '../../api/end-template.ts';
import { AffectedDecisions } from './affected-decisions.tsx';
import { useTemplateWords } from './day-words.ts';
import type { Desk } from './desk.ts';
import type { SlotFilter } from './move-picker.tsx';
import { Panel, PanelFoot, PanelPart } from './panel.tsx';
import { useRefused } from './use-refused.ts';

/** Lets a window apply until a day; who is booked after it is decided one by one. */
export function EndWindowPanel({ desk, template }: { desk: Desk; template: Template }) {
  const { t } = useLingui();
  const words = useTemplateWords();
  const { practitioner, today } = desk;
  const [text, setText] = useState(toTypedDate(today));
  const refused = useRefused();
  const end = useEndTemplate();

  const lastDay = parseTypedDate(text);
  const problem = problemOf(lastDay, template, today);
  // Slots that the ended window would make after its last day are gone with it.
  const mayUse: SlotFilter = (practitionerId, startsAt) =>
    practitionerId !== practitioner.id || lastDay === undefined || !isOf(template, startsAt, lastDay);

  const submit = () => {
    if (lastDay === undefined || problem !== undefined || !refused.isReady) return;
    end.mutate(
      {
        params: { practitionerId: practitioner.id, templateId: template.id },
        body: { lastDay, decisions: [...refused.judged.decisions] },
      },
      {
        onSuccess: () => {
          const day = formatCalendarDate(lastDay);
          desk.onDone(<Trans>The window ends on {day}.</Trans>);
        },
        onError: (error) => void refused.onRefused(error),
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
      {lastDay !== undefined && lastDay < template.validFrom && (
        <p className="quiet">
          <Trans>This is before its first day: the window will never apply.</Trans>
        </p>
      )}
      {refused.affected.length > 0 && (
        <PanelPart title={<Trans>Booked patients</Trans>}>
          <AffectedDecisions
            affected={refused.affected}
            choices={refused.choices}
            onChange={refused.setChoices}
            practitionerId={practitioner.id}
            specialty={practitioner.specialty}
            today={today}
            nameOf={desk.nameOf}
            mayUse={mayUse}
          />
        </PanelPart>
      )}
      {refused.error && <ProblemNotice error={refused.error} />}
      <PanelFoot>
        <PrimaryAction isBusy={end.isPending || refused.isReading} disabled={!refused.isReady} onClick={submit}>
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
