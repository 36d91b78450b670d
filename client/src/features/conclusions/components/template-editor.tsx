import { LANGUAGES, type Language } from '@jaqyn/shared/auth/auth.contract';
import {
  type ConclusionTemplate,
  type ConclusionTemplateVersion,
  fillTemplate,
  TEMPLATE_FACTS,
  type TemplateFact,
} from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { TemplateId } from '@jaqyn/shared/kernel/ids';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceFloppy, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDateTime } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { TextAreaField, TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { OpenedHeading } from '../../../ui/opened-heading.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { LeaveEditor } from '../../../ui/version-foot.tsx';
import { useTemplateVersions } from '../api/list-template-versions.ts';
import { useSaveTemplate } from '../api/save-template.ts';
import {
  type DraftTexts,
  emptyTexts,
  listFaults,
  TEMPLATE_LIMITS,
  TemplateDraft,
  type TemplateFault,
  toContent,
  toDraftTexts,
} from '../template-draft.ts';
import styles from './template-editor.module.css';

interface TemplateEditorProps {
  /** Left out for a new one. */
  readonly template?: ConclusionTemplate | undefined;
  readonly specialties: readonly { readonly code: string; readonly name: string }[];
  /** A specialist writes for the own specialty alone. */
  readonly ownSpecialty: string | null;
  onClose(): void;
}

const LANGUAGE_NAMES: Record<Language, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

const fieldWords: Record<keyof DraftTexts, MessageDescriptor> = {
  title: msg`Title`,
  findings: msg`Findings`,
  recommendations: msg`Recommendations, each on a line of its own`,
  medicines: msg`Medicines`,
  furtherTests: msg`Further tests`,
  referral: msg`Referral`,
  limits: msg`What could not be examined remotely`,
};
const FIELDS = Object.keys(fieldWords) as (keyof DraftTexts)[];

/** Each with a value to show how a text will look. */
const factWords: Record<TemplateFact, { readonly label: MessageDescriptor; readonly example: string }> = {
  age: { label: msg`age`, example: '64' },
  bloodPressure: { label: msg`blood pressure`, example: '150/95' },
  heartRate: { label: msg`pulse`, example: '92' },
  spo2: { label: msg`oxygen`, example: '94 %' },
  temperature: { label: msg`temperature`, example: '36,8 °C' },
  respiratoryRate: { label: msg`breathing`, example: '18' },
  glucose: { label: msg`blood sugar`, example: '6,1' },
  weight: { label: msg`weight`, example: '78' },
};

/** A template in three languages: written, looked at with made-up measurements, kept as a new version. */
export function TemplateEditor({ template, specialties, ownSpecialty, onClose }: TemplateEditorProps) {
  const { t } = useLingui();
  const [id] = useState(() => template?.id ?? (newId() as TemplateId));
  const [fresh] = useState<TemplateDraft>(() => ({
    baseVersion: template?.version ?? 0,
    specialty: template?.specialty ?? ownSpecialty ?? '',
    isRetired: template?.isRetired ?? false,
    texts: template ? toDraftTexts(template.content) : emptyTexts(),
  }));
  const draft = useDraft(`conclusion-template:${template?.id ?? 'new'}`, TemplateDraft, fresh);
  const { value } = draft;
  const [isTried, setIsTried] = useState(false);
  const save = useSaveTemplate();
  const faults = listFaults(value);
  const content = toContent(value);
  const hasSpecialty = value.specialty !== '';

  function close() {
    void draft.discard();
    onClose();
  }

  function submit() {
    setIsTried(true);
    if (!content || !hasSpecialty) return;
    const { baseVersion, isRetired } = value;
    save.mutate({ templateId: id, baseVersion, specialty: value.specialty, content, isRetired }, { onSuccess: close });
  }

  const setText = (language: Language, field: keyof DraftTexts, text: string) =>
    draft.set((before) => ({
      ...before,
      texts: { ...before.texts, [language]: { ...before.texts[language], [field]: text } },
    }));

  return (
    <div className={layout.stack}>
      <OpenedHeading>{template ? <Trans>Change the template</Trans> : <Trans>New template</Trans>}</OpenedHeading>
      {draft.wasRestored && (
        <p className="quiet">
          <Trans>What you wrote here before is still in the form.</Trans>
        </p>
      )}
      {!template && ownSpecialty === null && (
        <SelectField
          label={t`Specialty`}
          value={value.specialty}
          aria-invalid={isTried && !hasSpecialty}
          hint={
            isTried && !hasSpecialty ? (
              <span className={styles.wrong}>
                <Trans>Choose whose template it is</Trans>
              </span>
            ) : undefined
          }
          onChange={(event) => {
            const specialty = event.currentTarget.value;
            draft.set((before) => ({ ...before, specialty }));
          }}
        >
          <option value="">{t`Not chosen`}</option>
          {specialties.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <FactHint />
      <div className={styles.languages}>
        {LANGUAGES.map((language) => (
          <LanguageFields
            key={language}
            language={language}
            texts={value.texts[language]}
            faults={faults.filter((fault) => fault.language === language)}
            isTried={isTried}
            onChange={(field, text) => setText(language, field, text)}
          />
        ))}
      </div>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={!value.isRetired}
          onChange={(event) => {
            const isRetired = !event.currentTarget.checked;
            draft.set((before) => ({ ...before, isRetired }));
          }}
        />
        <Trans>Offered to whoever writes a conclusion</Trans>
      </label>
      {save.isError && <ProblemNotice error={save.error} />}
      <div className={layout.row}>
        <LeaveEditor isChanged={JSON.stringify(value) !== JSON.stringify(fresh)} onBack={onClose} onThrowAway={close} />
        <PrimaryAction icon={<IconDeviceFloppy size={24} aria-hidden />} isBusy={save.isPending} onClick={submit}>
          <Trans>Save the template</Trans>
        </PrimaryAction>
        {isTried && (!content || !hasSpecialty) && (
          <p role="alert" className={styles.wrong}>
            <Trans>Not saved yet: look at the fields that are marked.</Trans>
          </p>
        )}
      </div>
      {template && (
        <Disclosure title={<Trans>Versions</Trans>}>
          <Versions
            templateId={template.id}
            onTake={(version) =>
              draft.set((before) => ({
                ...before,
                texts: toDraftTexts(version.content),
                isRetired: version.isRetired,
              }))
            }
          />
        </Disclosure>
      )}
    </div>
  );
}

function FactHint() {
  const { t } = useLingui();
  return (
    <div className={styles.hint}>
      <p>
        <Trans>
          What the station measured stands in for these names; where nothing was measured a line is left to fill in.
        </Trans>
      </p>
      <ul className={styles.facts}>
        {TEMPLATE_FACTS.map((fact) => (
          <li key={fact}>
            <code>{`{{${fact}}}`}</code> {t(factWords[fact].label)}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface LanguageFieldsProps {
  readonly language: Language;
  readonly texts: DraftTexts;
  readonly faults: readonly TemplateFault[];
  readonly isTried: boolean;
  onChange(field: keyof DraftTexts, text: string): void;
}

function LanguageFields({ language, texts, faults, isTried, onChange }: LanguageFieldsProps) {
  const { t } = useLingui();
  const errorOf = (field: keyof DraftTexts) => {
    const fault = faults.find((one) => one.field === field);
    switch (fault?.kind) {
      case undefined:
        return undefined;
      case 'title_missing':
        return isTried && t`Give it a title: without one it is not offered in this language`;
      case 'too_many':
        return t`At most 30 recommendations of 1000 characters each`;
      case 'unknown': {
        const name = `{{${fault.name ?? ''}}}`;
        return t`There is no such data: ${name}`;
      }
    }
  };
  const examples = Object.fromEntries(TEMPLATE_FACTS.map((fact) => [fact, factWords[fact].example]));
  return (
    <fieldset className={styles.language}>
      <legend lang={language}>{LANGUAGE_NAMES[language]}</legend>
      {FIELDS.map((field) => {
        const props = {
          lang: language,
          label: t(fieldWords[field]),
          value: texts[field],
          maxLength: TEMPLATE_LIMITS[field],
          error: errorOf(field),
        };
        return field === 'title' ? (
          <TextField key={field} {...props} onChange={(event) => onChange(field, event.currentTarget.value)} />
        ) : (
          <TextAreaField
            key={field}
            {...props}
            rows={field === 'findings' || field === 'recommendations' ? 4 : 2}
            onChange={(event) => onChange(field, event.currentTarget.value)}
          />
        );
      })}
      {texts.title.trim() !== '' && (
        <Disclosure title={<Trans>How it will look</Trans>}>
          <div className={styles.example}>
            {FIELDS.filter((field) => field !== 'title' && texts[field].trim() !== '').map((field) => (
              <p key={field} lang={language}>
                {fillTemplate(texts[field], examples)}
              </p>
            ))}
            <p className="quiet">
              <Trans>With made-up measurements.</Trans>
            </p>
          </div>
        </Disclosure>
      )}
    </fieldset>
  );
}

interface VersionsProps {
  readonly templateId: TemplateId;
  onTake(version: ConclusionTemplateVersion): void;
}

function Versions({ templateId, onTake }: VersionsProps) {
  const { t } = useLingui();
  const { data, error, isPending, isFetching, refetch } = useTemplateVersions(templateId);
  const [taken, setTaken] = useState<number>();
  if (isPending) return <Skeleton lines={2} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return (
    <>
      <ul className={layout.list}>
        {data.map((version) => {
          const number = version.version;
          const when = formatDateTime(version.savedAt);
          const who = version.savedByName ?? t`came with the product`;
          return (
            <li key={number} className={`${layout.row} ${layout.spread} ${styles.version}`}>
              <span>
                <strong>
                  <Trans>Version {number}</Trans>
                </strong>{' '}
                <span className="quiet">
                  {when}, {who}
                </span>
                {version.isRetired && (
                  <span className="quiet">
                    {' · '}
                    <Trans>out of use</Trans>
                  </span>
                )}
              </span>
              <Action
                tone="quiet"
                icon={<IconHistory size={20} aria-hidden />}
                aria-label={t`Put version ${number} into the form`}
                onClick={() => {
                  onTake(version);
                  setTaken(number);
                }}
              >
                <Trans>Into the form</Trans>
              </Action>
            </li>
          );
        })}
      </ul>
      <p role="status">
        {taken !== undefined && <Trans>Version {taken} is in the form; saving makes it a new version.</Trans>}
      </p>
    </>
  );
}
