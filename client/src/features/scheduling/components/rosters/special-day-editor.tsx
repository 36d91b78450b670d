import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import * as z from 'zod/mini';
import { parseTypedDate, toTypedDate } from '../../../../lib/typed-date.ts';
import { useDraft } from '../../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useBookedOnDay } from '../../api/list-booked-on-day.ts';
import { useSaveSpecialDay } from '../../api/save-special-day.ts';
import { useDayWords } from './day-words.ts';
import { Notice, SelectField } from './form.tsx';
import { DraftLine, Panel, PanelFoot } from './panel.tsx';

const DayForm = z.object({
  day: z.string(),
  kind: z.enum(['day_off', 'working_day']),
  worksAs: z.string(),
  kk: z.string(),
  ru: z.string(),
  en: z.string(),
  source: z.string(),
});
type DayForm = z.infer<typeof DayForm>;

interface SpecialDayEditorProps {
  /** Changed; a new order when absent. */
  readonly special: SpecialDay | undefined;
  /** What the law says of a day, to be told before it is overruled. */
  nameOf(day: CalendarDate): string | undefined;
  /** `isBooked`: somebody has a time that is no slot any more. */
  onDone(day: CalendarDate, isBooked: boolean): void;
  onClose(): void;
}

/** A day off or a working day by an order; the order wins over the law, and who is booked stays until it is decided. */
export function SpecialDayEditor({ special, nameOf, onDone, onClose }: SpecialDayEditorProps) {
  const { t } = useLingui();
  const words = useDayWords();
  const initial: DayForm = {
    day: special === undefined ? '' : toTypedDate(special.day),
    kind: special?.kind ?? 'day_off',
    worksAs: special?.worksAs == null ? '' : String(special.worksAs),
    kk: special?.name.kk ?? '',
    ru: special?.name.ru ?? '',
    en: special?.name.en ?? '',
    source: special?.source ?? '',
  };
  const draft = useDraft(`special-day:${special?.day ?? 'new'}`, DayForm, initial);
  const [isAsked, setIsAsked] = useState(false);
  const save = useSaveSpecialDay();
  const form = draft.value;
  const day = parseTypedDate(form.day);
  const isNamed = [form.kk, form.ru, form.en].every((name) => name.trim() !== '');
  const worksAs = form.kind === 'working_day' && form.worksAs !== '' ? Number(form.worksAs) : null;
  const booked = useBookedOnDay(day, { as: form.kind, ...(worksAs !== null && { worksAs }) });
  const isToldOf = booked.data !== undefined && !booked.isPlaceholderData && booked.data.total > 0;
  const byLaw = day === undefined ? undefined : nameOf(day);
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
      title={special === undefined ? <Trans>Enter an order</Trans> : <Trans>Change the order</Trans>}
      onClose={onClose}
    >
      <TextField
        label={<Trans>Day</Trans>}
        description={day === undefined ? t`For example 30.11.2026` : words.day(day)}
        inputMode="numeric"
        disabled={special !== undefined}
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
