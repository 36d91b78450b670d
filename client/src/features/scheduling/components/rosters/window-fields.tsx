import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLocalText } from '../../../../lib/local-text.ts';
import { Action } from '../../../../ui/action.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { useDayWords } from './day-words.ts';
import styles from './form.module.css';
import { CheckField, SelectField, ToggleGroup } from './form.tsx';
import { modeWords } from './schedule-words.ts';
import type { WindowField, WindowForm, WindowProblems } from './window-form.ts';

interface WindowFieldsProps {
  readonly form: WindowForm;
  onChange(form: WindowForm): void;
  readonly services: readonly HealthcareService[];
  readonly problems: WindowProblems;
  /** Before the first try only what was typed and is wrong is marked, not what is still empty. */
  readonly areProblemsShown: boolean;
  /** Work on one day: no weekdays, no last day. */
  readonly isOneDay?: boolean;
}

const WORKDAYS = [1, 2, 3, 4, 5];

export function WindowFields({
  form,
  onChange,
  services,
  problems,
  areProblemsShown,
  isOneDay = false,
}: WindowFieldsProps) {
  const { t } = useLingui();
  const words = useDayWords();
  const localText = useLocalText();
  const change = (part: Partial<WindowForm>) => onChange({ ...form, ...part });
  const errorOf = (field: WindowField) => {
    const problem = problems[field];
    const isTyped = typeof form[field] !== 'string' || form[field] !== '';
    return problem !== undefined && (areProblemsShown || isTyped) ? t(problem) : undefined;
  };
  const text = (field: 'start' | 'end' | 'slotMinutes' | 'bufferMinutes' | 'rank' | 'validFrom' | 'validTo') => ({
    value: form[field],
    error: errorOf(field),
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
    inputMode: 'numeric' as const,
    autoComplete: 'off',
  });
  const chooseService = (code: string) => {
    const service = services.find((other) => other.code === code);
    change({
      service: code,
      ...(service && { slotMinutes: String(service.slotMinutes), bufferMinutes: String(service.bufferMinutes) }),
    });
  };
  return (
    <>
      <SelectField
        label={<Trans>Service</Trans>}
        value={form.service}
        {...(errorOf('service') !== undefined && { error: errorOf('service') })}
        onChange={(event) => chooseService(event.target.value)}
      >
        {!services.some(({ code }) => code === form.service) && <option value={form.service}>{form.service}</option>}
        {services.map((service) => (
          <option key={service.code} value={service.code}>
            {localText(service.name)} ({t(modeWords[service.mode])})
          </option>
        ))}
      </SelectField>
      <CheckField isChecked={form.isOnCall} onChange={(isOnCall) => change({ isOnCall, worksOnHolidays: isOnCall })}>
        <Trans>On call: calls ring, nothing is booked</Trans>
      </CheckField>
      {!isOneDay && (
        <>
          <ToggleGroup
            legend={<Trans>Weekdays</Trans>}
            options={[1, 2, 3, 4, 5, 6, 7].map((number) => ({
              value: number,
              label: words.weekday(number),
              fullLabel: words.weekday(number, 'full'),
            }))}
            values={form.weekdays}
            onChange={(weekdays) => change({ weekdays: weekdays.sort((a, b) => a - b) })}
            {...(errorOf('weekdays') !== undefined && { error: errorOf('weekdays') })}
          />
          {WORKDAYS.some((day) => !form.weekdays.includes(day)) && (
            <div>
              <Action tone="quiet" onClick={() => change({ weekdays: WORKDAYS })}>
                <Trans>Monday to Friday</Trans>
              </Action>
            </div>
          )}
        </>
      )}
      <div className={styles.pair}>
        <TextField label={<Trans>From</Trans>} {...text('start')} />
        <TextField
          label={form.isOnCall ? <Trans>To (also the next morning)</Trans> : <Trans>To</Trans>}
          {...text('end')}
        />
      </div>
      {form.isOnCall ? (
        <TextField
          label={<Trans>Rings as number</Trans>}
          description={<Trans>1 rings first; the next one when nobody answers</Trans>}
          {...text('rank')}
        />
      ) : (
        <div className={styles.pair}>
          <TextField label={<Trans>Slot, minutes</Trans>} {...text('slotMinutes')} />
          <TextField label={<Trans>Pause after it, minutes</Trans>} {...text('bufferMinutes')} />
        </div>
      )}
      {isOneDay ? (
        <TextField label={<Trans>Day</Trans>} {...text('validFrom')} />
      ) : (
        <>
          <div className={styles.pair}>
            <TextField label={<Trans>First day</Trans>} {...text('validFrom')} />
            <TextField label={<Trans>Last day</Trans>} placeholder={t`no end`} {...text('validTo')} />
          </div>
          <CheckField isChecked={form.worksOnHolidays} onChange={(worksOnHolidays) => change({ worksOnHolidays })}>
            <Trans>Also on public holidays</Trans>
          </CheckField>
        </>
      )}
    </>
  );
}
