import type { RosterEntryId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Session } from '@jaqyn/shared/scheduling/expand';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { templatesOverlap } from '@jaqyn/shared/scheduling/roster';
import type { Template } from '@jaqyn/shared/scheduling/roster.contract';
import { Plural, Trans } from '@lingui/react/macro';
import { useEffect, useMemo, useState } from 'react';
import { newId } from '../../../../lib/ids.ts';
import { ProblemError } from '../../../../lib/problem-error.ts';
import { useDebounced } from '../../../../lib/use-debounced.ts';
import { useDraft } from '../../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { SavedMeanwhile } from '../../../../ui/saved-meanwhile.tsx';
import { useTemplatePreview } from '../../api/preview-template.ts';
import { useSaveTemplate } from '../../api/save-template.ts';
import { AffectedDecisions } from './affected-decisions.tsx';
import { useTemplateWords } from './day-words.ts';
import { isComplete, judge, NO_CHOICES } from './decisions.ts';
import type { Desk } from './desk.ts';
import { ChangedMeanwhile, Notice } from './form.tsx';
import { DraftLine, Panel, PanelFoot, PanelPart } from './panel.tsx';
import { PREVIEW_WEEKS, SlotPreview } from './slot-preview.tsx';
import { mondayOf, sessionsOfTemplate } from './week-picture.ts';
import { WindowFields } from './window-fields.tsx';
import { blankWindow, readWindow, WindowForm, windowOf } from './window-form.ts';

interface WindowPanelProps {
  readonly desk: Desk;
  /** Changed from a day on; a new window when absent. */
  readonly replaced: Template | undefined;
  /** Week that the plot shows: what is written is drawn there too. */
  readonly monday: CalendarDate;
  onGhost(sessions: readonly Session[]): void;
}

/** Adds a weekly window or changes one from a day on, with its slots before it is saved. */
export function WindowPanel({ desk, replaced, monday, onGhost }: WindowPanelProps) {
  const { practitioner, services, today } = desk;
  const words = useTemplateWords();
  const replaces = replaced?.id ?? null;
  const initial =
    replaced === undefined
      ? blankWindow(services, addDays(mondayOf(today), 7), desk.templates)
      : windowOf(replaced, today);
  const draft = useDraft(`roster-window:${practitioner.id}:${replaces ?? 'new'}`, WindowForm, initial);
  const [choices, setChoices] = useState(NO_CHOICES);
  const [isAsked, setIsAsked] = useState(false);
  const [id] = useState(() => newId() as RosterEntryId);
  // Its last day as it was seen: a template never changes otherwise.
  const validTo = replaced?.validTo ?? null;
  const [seenValidTo, setSeenValidTo] = useState(validTo);
  const form = draft.value;

  const { template, problems } = useMemo(() => readWindow(form, services, today), [form, services, today]);
  const key = useDebounced(JSON.stringify(template ?? null), 400);
  const settled = useMemo(() => (JSON.parse(key) as typeof template | null) ?? undefined, [key]);
  const preview = useTemplatePreview(practitioner.id, settled, replaces);
  const save = useSaveTemplate();

  // Said at once by the same rule the server keeps; the server's own answer comes a moment later.
  const others = desk.templates.filter((other) => other.id !== replaces);
  const overlapping = template === undefined ? [] : others.filter((other) => templatesOverlap(other, template));

  const { exceptions, specialDays } = desk;
  const expanded = useMemo(() => {
    if (template === undefined) return { coming: [], shown: [] };
    const whole = { ...template, id, practitionerId: practitioner.id };
    const first = mondayOf(template.validFrom);
    return {
      coming: sessionsOfTemplate(whole, exceptions, specialDays, first, addDays(first, PREVIEW_WEEKS * 7 - 1)),
      shown: sessionsOfTemplate(whole, exceptions, specialDays, monday, addDays(monday, 6)),
    };
  }, [template, id, practitioner.id, exceptions, specialDays, monday]);
  useEffect(() => onGhost(expanded.shown), [expanded.shown, onGhost]);
  useEffect(() => () => onGhost([]), [onGhost]);

  const affected = preview.data?.affected ?? [];
  const judged = judge(choices, affected);
  const isFresh = key === JSON.stringify(template ?? null) && !preview.isPending && !preview.isPlaceholderData;
  const error = save.error === null ? undefined : ProblemError.from(save.error);

  const current = replaced === undefined ? '' : words.line(replaced);
  const submit = () => {
    setIsAsked(true);
    if (template === undefined || overlapping.length > 0 || !isFresh || !isComplete(judged)) return;
    const { decisions } = judged;
    save.mutate(
      {
        params: { practitionerId: practitioner.id },
        body: { id, template, replaces, seenValidTo, decisions: [...decisions] },
      },
      {
        onSuccess: () => {
          void draft.discard();
          desk.onDone(
            replaced === undefined ? (
              <Trans>The window is on the roster.</Trans>
            ) : (
              <Trans>The window is changed.</Trans>
            ),
          );
        },
        onError: () => void preview.refetch(),
      },
    );
  };

  return (
    <Panel
      title={replaced === undefined ? <Trans>New weekly window</Trans> : <Trans>Change the window from a day on</Trans>}
      onClose={desk.onClose}
    >
      {replaced !== undefined && (
        <p className="quiet">
          <Trans>Now: {current}. It ends the day before the first day you choose here.</Trans>
        </p>
      )}
      <WindowFields
        form={form}
        onChange={draft.set}
        services={services}
        problems={problems}
        areProblemsShown={isAsked}
      />
      {overlapping.length > 0 && (
        <Notice tone="act-now" isLive>
          <strong>
            <Trans>The specialist already works then:</Trans>
          </strong>
          <ul>
            {overlapping.map((other) => (
              <li key={other.id}>{words.line(other)}</li>
            ))}
          </ul>
          <Trans>Choose other hours or days, or end that window first.</Trans>
        </Notice>
      )}
      {template !== undefined && !form.isOnCall && (
        <PanelPart title={<Trans>Slots it makes</Trans>}>
          <SlotPreview sessions={expanded.coming} from={template.validFrom} specialDays={specialDays} />
          {preview.data && isFresh && (
            <p className="quiet">
              <Plural
                value={preview.data.slotsBefore}
                one="All windows together: # slot before"
                other="All windows together: # slots before"
              />
              {', '}
              <Plural value={preview.data.slotsAfter} one="# slot after" other="# slots after" />
            </p>
          )}
        </PanelPart>
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
          />
        </PanelPart>
      )}
      {preview.error && overlapping.length === 0 && (
        <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} isRetrying={preview.isFetching} />
      )}
      {error && !(error.code === 'roster.booked_affected' && isFresh) && <ProblemNotice error={error} />}
      {error?.code === 'roster.booked_affected' && isFresh && affected.length > 0 && <ChangedMeanwhile />}
      {seenValidTo !== validTo && !save.isPending && (
        <SavedMeanwhile
          onKeepMine={() => {
            save.reset();
            setSeenValidTo(validTo);
          }}
          onTakeTheirs={() => {
            void draft.discard();
            desk.onClose();
          }}
        >
          <p>{current}</p>
        </SavedMeanwhile>
      )}
      <PanelFoot>
        <PrimaryAction
          isBusy={save.isPending || (template !== undefined && !isFresh && !preview.isError)}
          disabled={isAsked && template === undefined}
          onClick={submit}
        >
          {replaced === undefined ? <Trans>Save the window</Trans> : <Trans>Save the change</Trans>}
        </PrimaryAction>
        <Action onClick={desk.onClose}>
          <Trans>Close</Trans>
        </Action>
      </PanelFoot>
      <DraftLine draft={draft} onStartOver={() => draft.set(initial)} />
    </Panel>
  );
}
