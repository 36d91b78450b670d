import type { RosterEntryId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Session } from '@jaqyn/shared/scheduling/expand';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans } from '@lingui/react/macro';
import { useEffect, useMemo, useState } from 'react';
import { newId } from '../../../../lib/ids.ts';
import { useDraft } from '../../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useSaveExtra } from '../../api/save-extra.ts';
import type { Desk } from './desk.ts';
import { readExtra } from './extra-form.ts';
import { DraftLine, Panel, PanelFoot, PanelPart } from './panel.tsx';
import { SlotPreview } from './slot-preview.tsx';
import { mondayOf, sessionsOfTemplate } from './week-picture.ts';
import { WindowFields } from './window-fields.tsx';
import { blankWindow, WindowForm } from './window-form.ts';

interface ExtraPanelProps {
  readonly desk: Desk;
  readonly monday: CalendarDate;
  onGhost(sessions: readonly Session[]): void;
}

/** Work on one day that no window has. */
export function ExtraPanel({ desk, monday, onGhost }: ExtraPanelProps) {
  const { practitioner, services, today, specialDays, exceptions } = desk;
  const initial = blankWindow(services, addDays(today, 1));
  const draft = useDraft(`roster-extra:${practitioner.id}`, WindowForm, initial);
  const [isAsked, setIsAsked] = useState(false);
  const [id] = useState(() => newId() as RosterEntryId);
  const save = useSaveExtra();
  const form = draft.value;
  const { extra, template, problems } = useMemo(() => readExtra(form, services, today), [form, services, today]);

  const sessions = useMemo(() => {
    if (template === undefined) return [];
    // An extra day works on a holiday too: somebody entered it for that day.
    const whole = { ...template, id, practitionerId: practitioner.id, worksOnHolidays: true };
    return sessionsOfTemplate(whole, exceptions, specialDays, template.validFrom, template.validFrom);
  }, [template, id, practitioner.id, exceptions, specialDays]);
  useEffect(() => {
    onGhost(sessions.filter(({ day }) => mondayOf(day) === monday));
  }, [sessions, monday, onGhost]);
  useEffect(() => () => onGhost([]), [onGhost]);

  const submit = () => {
    setIsAsked(true);
    if (extra === undefined) return;
    save.mutate(
      { params: { practitionerId: practitioner.id }, body: { id, ...extra } },
      {
        onSuccess: () => {
          void draft.discard();
          desk.onDone(<Trans>The extra work is on the roster.</Trans>);
        },
      },
    );
  };

  return (
    <Panel title={<Trans>Extra work on one day</Trans>} onClose={desk.onClose}>
      <WindowFields
        isOneDay
        form={form}
        onChange={draft.set}
        services={services}
        problems={problems}
        areProblemsShown={isAsked}
      />
      {template !== undefined && !form.isOnCall && (
        <PanelPart title={<Trans>Slots it makes</Trans>}>
          <SlotPreview sessions={sessions} from={template.validFrom} specialDays={specialDays} weeks={1} />
        </PanelPart>
      )}
      {save.error && <ProblemNotice error={save.error} />}
      <PanelFoot>
        <PrimaryAction isBusy={save.isPending} disabled={isAsked && extra === undefined} onClick={submit}>
          <Trans>Save the extra work</Trans>
        </PrimaryAction>
        <Action onClick={desk.onClose}>
          <Trans>Close</Trans>
        </Action>
      </PanelFoot>
      <DraftLine draft={draft} onStartOver={() => draft.set(initial)} />
    </Panel>
  );
}
