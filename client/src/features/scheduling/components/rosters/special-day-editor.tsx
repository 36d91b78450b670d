import { type CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import * as z from 'zod/mini';
import { useLocalText } from '../../../../lib/local-text.ts';
import { parseTypedDate, toTypedDate } from '../../../../lib/typed-date.ts';
import { useDraft } from '../../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { SavedMeanwhile } from '../../../../ui/saved-meanwhile.tsx';
import { useBookedOnDay } from '../../api/list-booked-on-day.ts';
import { useSaveSpecialDay } from '../../api/save-special-day.ts';
import { useDayWords } from './day-words.ts';
import { Notice, SelectField } from './form.tsx';
import { DraftLine, Panel, PanelFoot } from './panel.tsx';
import { SpecialDayList } from './special-day-list.tsx';

const DayForm = z.object({
  day: z.string(),
  kind: z.enum(['day_off', 'working_day']),
  worksAs: z.string(),
  kk: z.string(),
  ru: z.string(),
  en: z.string(),
  source: z.string(),
  /** `enteredAt` of the order this was begun from; null: there was none. */
  seenAt: z._default(z.nullable(Instant), null),
});
type DayForm = z.output<typeof DayForm>;

interface SpecialDayEditorProps {
  /** The day whose order is changed; a new order when absent. */
  readonly changed: CalendarDate | undefined;
  /** What a day is by law or by an order, as far as it is known here. */
  find(day: CalendarDate): SpecialDay | undefined;
  /** `isBooked`: somebody has a time that is no slot any more. */
  onDone(day: CalendarDate, isBooked: boolean): void;
  onClose(): void;
}

/** A day off or a working day by an order; the order wins over the law, and who is booked stays until it is decided. */
export function SpecialDayEditor({ changed, find, onDone, onClose }: SpecialDayEditorProps) {
  const { t } = useLingui();
  const words = useDayWords();
  const localText = useLocalText();
  const orderOf = (day: CalendarDate | undefined) => {
    const found = day === undefined ? undefined : find(day);
    return found?.isByOrder ? found : undefined;
  };
  const initial = formOf(changed, orderOf(changed));
  const draft = useDraft(`special-day:${changed ?? 'new'}`, DayForm, initial);
  const [isAsked, setIsAsked] = useState(false);
  const save = useSaveSpecialDay();
  const form = draft.value;
  const day = parseTypedDate(form.day);
  const isNamed = [form.kk, form.ru, form.en].every((name) => name.trim() !== '');
  const worksAs = form.kind === 'working_day' && form.worksAs !== '' ? Number(form.worksAs) : null;
  const booked = useBookedOnDay(day, { as: form.kind, ...(worksAs !== null && { worksAs }) });
  const isToldOf = booked.data !== undefined && !booked.isPlaceholderData && booked.data.total > 0;
  const order = orderOf(day);
  // Somebody entered, changed or took back the order since this was begun; not where both made the same of it.
  const isUnseen = day !== undefined && (order?.enteredAt ?? null) !== form.seenAt && !isSameOrder(form, order);
  const special = day === undefined || order !== undefined ? undefined : find(day);
  const byLaw = special && localText(special.name);
  const text = (field: 'day' | 'kk' | 'ru' | 'en' | 'source') => ({
    value: form[field],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      draft.set({ ...form, [field]: event.currentTarget.value }),
  });
  const nameError = (field: 'kk' | 'ru' | 'en') =>
    isAsked && form[field].trim() === '' ? { error: t`Write the name in this language` } : {};
  const submit = () => {
    setIsAsked(true);
    if (day === undefined || !isNamed) return;
    save.mutate(
      {
        params: { day },
        body: {
          kind: form.kind,
          name: { kk: form.kk.trim(), ru: form.ru.trim(), en: form.en.trim() },
          worksAs,
          source: form.source,
          seenAt: form.seenAt,
        },
      },
      {
        onSuccess: () => {
          void draft.discard();
          onDone(day, isToldOf);
        },
      },
    );
  };
  return (
    <Panel
      title={changed === undefined ? <Trans>Enter an order</Trans> : <Trans>Change the order</Trans>}
      onClose={onClose}
    >
      <TextField
        label={<Trans>Day</Trans>}
        description={day === undefined ? t`For example 30.11.2026` : words.day(day)}
        inputMode="numeric"
        disabled={changed !== undefined}
        {...text('day')}
        {...((isAsked || form.day.length > 9) &&
          day === undefined && { error: t`Write a day, for example 30.11.2026` })}
      />
      {byLaw !== undefined && (
        <Notice tone="heed" isLive>
          <Trans>This day is already special: {byLaw}. The order wins.</Trans>
        </Notice>
      )}
      <SelectField
        label={<Trans>What the order makes of it</Trans>}
        value={form.kind}
        onChange={(event) => draft.set({ ...form, kind: event.target.value as DayForm['kind'] })}
      >
        <option value="day_off">{t`Day off`}</option>
        <option value="working_day">{t`Working day`}</option>
      </SelectField>
      {form.kind === 'working_day' && (
        <SelectField
          label={<Trans>Works like</Trans>}
          hint={<Trans>Which weekday's windows apply on it</Trans>}
          value={form.worksAs}
          onChange={(event) => draft.set({ ...form, worksAs: event.target.value })}
        >
          <option value="">{t`its own weekday`}</option>
          {[1, 2, 3, 4, 5, 6, 7].map((number) => (
            <option key={number} value={number}>
              {words.weekday(number, 'full')}
            </option>
          ))}
        </SelectField>
      )}
      <TextField label={<Trans>Name in Kazakh</Trans>} lang="kk" maxLength={120} {...text('kk')} {...nameError('kk')} />
      <TextField
        label={<Trans>Name in Russian</Trans>}
        lang="ru"
        maxLength={120}
        {...text('ru')}
        {...nameError('ru')}
      />
      <TextField
        label={<Trans>Name in English</Trans>}
        lang="en"
        maxLength={120}
        {...text('en')}
        {...nameError('en')}
      />
      <TextField label={<Trans>Number and date of the order</Trans>} maxLength={200} {...text('source')} />
      {isToldOf && (
        <Notice tone="heed" isLive>
          <strong>
            <Plural
              value={booked.data?.total ?? 0}
              one="# patient is booked on that day and loses the slot."
              other="# patients are booked on that day and lose their slots."
            />
          </strong>{' '}
          <Trans>Saving moves nobody: they are listed then, to be decided for one by one.</Trans>
        </Notice>
      )}
      {booked.data?.total === 0 && !booked.isPlaceholderData && (
        <p className="quiet">
          <Trans>Nobody who is booked on that day loses a slot.</Trans>
        </p>
      )}
      {booked.error && (
        <ProblemNotice error={booked.error} onRetry={() => void booked.refetch()} isRetrying={booked.isFetching} />
      )}
      {save.error && <ProblemNotice error={save.error} />}
      {isUnseen && !save.isPending && (
        <SavedMeanwhile
          {...(order?.enteredAt && { byName: order.enteredByName, at: order.enteredAt })}
          onKeepMine={() => {
            save.reset();
            draft.set({ ...form, seenAt: order?.enteredAt ?? null });
          }}
          onTakeTheirs={() => {
            save.reset();
            if (order !== undefined) draft.set(formOf(order.day, order));
            else {
              void draft.discard();
              onClose();
            }
          }}
        >
          {order === undefined ? (
            <p>
              <Trans>The order about this day was taken back.</Trans>
            </p>
          ) : (
            <SpecialDayList days={[order]} />
          )}
        </SavedMeanwhile>
      )}
      <PanelFoot>
        <PrimaryAction isBusy={save.isPending} onClick={submit}>
          <Trans>Save the day</Trans>
        </PrimaryAction>
        <Action onClick={onClose}>
          <Trans>Close</Trans>
        </Action>
      </PanelFoot>
      <DraftLine draft={draft} onStartOver={() => draft.set(initial)} />
    </Panel>
  );
}

function formOf(day: CalendarDate | undefined, order: SpecialDay | undefined): DayForm {
  return {
    day: day === undefined ? '' : toTypedDate(day),
    kind: order?.kind ?? 'day_off',
    worksAs: order?.worksAs == null ? '' : String(order.worksAs),
    kk: order?.name.kk ?? '',
    ru: order?.name.ru ?? '',
    en: order?.name.en ?? '',
    source: order?.source ?? '',
    seenAt: order?.enteredAt ?? null,
  };
}

function isSameOrder(form: DayForm, order: SpecialDay | undefined): boolean {
  if (order === undefined) return false;
  const { seenAt: _seen, ...theirs } = formOf(order.day, order);
  return (Object.keys(theirs) as (keyof typeof theirs)[]).every((name) => form[name].trim() === theirs[name]);
}
