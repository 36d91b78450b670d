import { EQUIPMENT } from '@jaqyn/shared/scheduling/equipment';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useDraft } from '../../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { SavedMeanwhile } from '../../../../ui/saved-meanwhile.tsx';
import { useSaveService } from '../../api/save-service.ts';
import styles from './form.module.css';
import { CheckField, SelectField, ToggleGroup } from './form.tsx';
import { DraftLine, Panel, PanelFoot } from './panel.tsx';
import { equipmentWords, modeWords } from './schedule-words.ts';
import {
  BLANK_SERVICE,
  isServiceUnseen,
  readService,
  ServiceDraft,
  type ServiceForm,
  serviceFormOf,
} from './service-form.ts';
import { ServiceList } from './service-list.tsx';

interface ServiceEditorProps {
  /** Changed; a new one when absent. */
  readonly service: HealthcareService | undefined;
  readonly codes: readonly string[];
  readonly specialties: readonly { readonly code: string; readonly name: string }[];
  onDone(): void;
  onClose(): void;
}

/** What can be booked, and by whom. Specialty and mode stay: slots and bookings hang on them. */
export function ServiceEditor({ service, codes, specialties, onDone, onClose }: ServiceEditorProps) {
  const { t } = useLingui();
  const isNew = service === undefined;
  const initial: ServiceDraft = isNew ? { ...BLANK_SERVICE, seen: null } : { ...serviceFormOf(service), seen: service };
  const draft = useDraft(`service:${service?.code ?? 'new'}`, ServiceDraft, initial);
  const [isAsked, setIsAsked] = useState(false);
  const save = useSaveService();
  const form = draft.value;
  const { call, problems } = readService(form, isNew ? codes : []);
  const change = (part: Partial<ServiceDraft>) => draft.set({ ...form, ...part });
  const errorOf = (field: keyof ServiceForm) => {
    const problem = problems[field];
    return problem !== undefined && (isAsked || (typeof form[field] === 'string' && form[field] !== ''))
      ? { error: t(problem) }
      : {};
  };
  const text = (
    field: 'code' | 'kk' | 'ru' | 'en' | 'slotMinutes' | 'bufferMinutes' | 'overbookLanes' | 'retiredFrom',
  ) => ({
    value: form[field],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
    ...errorOf(field),
  });
  const submit = () => {
    setIsAsked(true);
    if (call === undefined) return;
    save.mutate(call, {
      onSuccess: () => {
        void draft.discard();
        onDone();
      },
    });
  };
  return (
    <Panel title={isNew ? <Trans>New service</Trans> : <Trans>Change the service</Trans>} onClose={onClose}>
      {isNew ? (
        <>
          <TextField
            label={<Trans>Code</Trans>}
            description={<Trans>Stands in files and never changes</Trans>}
            {...text('code')}
          />
          <SelectField
            label={<Trans>Specialty</Trans>}
            value={form.specialty}
            onChange={(event) => change({ specialty: event.target.value })}
            {...errorOf('specialty')}
          >
            <option value="" disabled>
              {t`Choose a specialty`}
            </option>
            {specialties.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={<Trans>Mode</Trans>}
            value={form.mode}
            onChange={(event) => change({ mode: event.target.value as ServiceForm['mode'] })}
          >
            <option value="video">{t(modeWords.video)}</option>
            <option value="async">{t(modeWords.async)}</option>
          </SelectField>
        </>
      ) : (
        <p className="quiet">
          {form.code}, {specialties.find(({ code }) => code === form.specialty)?.name ?? form.specialty},{' '}
          {t(modeWords[form.mode])}
        </p>
      )}
      <TextField label={<Trans>Name in Kazakh</Trans>} lang="kk" maxLength={120} {...text('kk')} />
      <TextField label={<Trans>Name in Russian</Trans>} lang="ru" maxLength={120} {...text('ru')} />
      <TextField label={<Trans>Name in English</Trans>} lang="en" maxLength={120} {...text('en')} />
      <div className={styles.pair}>
        <TextField label={<Trans>Slot, minutes</Trans>} inputMode="numeric" {...text('slotMinutes')} />
        <TextField label={<Trans>Pause after it, minutes</Trans>} inputMode="numeric" {...text('bufferMinutes')} />
      </div>
      <CheckField isChecked={form.stationMayBook} onChange={(stationMayBook) => change({ stationMayBook })}>
        <Trans>Stations book it themselves; otherwise they ask and a coordinator confirms</Trans>
      </CheckField>
      <TextField
        label={<Trans>How many more may be put on a taken slot</Trans>}
        inputMode="numeric"
        {...text('overbookLanes')}
      />
      <ToggleGroup
        legend={<Trans>The station needs</Trans>}
        options={EQUIPMENT.map((equipment) => ({ value: equipment, label: t(equipmentWords[equipment]) }))}
        values={form.requiredEquipment}
        onChange={(requiredEquipment) => change({ requiredEquipment })}
      />
      <TextField
        label={<Trans>No longer offered from</Trans>}
        description={<Trans>Nothing new is booked from this day on; what is booked stays</Trans>}
        placeholder={t`in use`}
        inputMode="numeric"
        {...text('retiredFrom')}
      />
      {save.error && <ProblemNotice error={save.error} />}
      {service && !save.isPending && isServiceUnseen(form, service) && (
        <SavedMeanwhile
          onKeepMine={() => {
            save.reset();
            change({ seen: service });
          }}
          onTakeTheirs={() => {
            save.reset();
            draft.set(initial);
          }}
        >
          <ServiceList
            services={[service]}
            chosenCode={undefined}
            specialtyName={(code) => specialties.find((one) => one.code === code)?.name ?? code}
          />
        </SavedMeanwhile>
      )}
      <PanelFoot>
        <PrimaryAction isBusy={save.isPending} disabled={isAsked && call === undefined} onClick={submit}>
          <Trans>Save the service</Trans>
        </PrimaryAction>
        <Action onClick={onClose}>
          <Trans>Close</Trans>
        </Action>
      </PanelFoot>
      <DraftLine draft={draft} onStartOver={() => draft.set(initial)} />
    </Panel>
  );
}
