import {
  type ConclusionTemplateContent,
  EMPTY_TEMPLATE_TEXTS,
  type TemplateFact,
  templateIn,
} from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { SpecialtyCode, TemplateId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import { useLanguage } from '../../../lib/i18n.ts';
import { newId } from '../../../lib/ids.ts';
import { Action } from '../../../ui/action.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useTemplates } from '../api/list-templates.ts';
import { useSaveTemplate } from '../api/save-template.ts';
import type { ConclusionText } from '../conclusion-text.ts';
import { insertTemplate, takeBack } from '../insert-template.ts';

export type TemplateFacts = Readonly<Partial<Record<TemplateFact, string>>>;

interface TemplateMenuProps {
  readonly text: ConclusionText;
  /** What stands in for `{{age}}` and the like. */
  readonly facts: TemplateFacts;
  readonly specialty: SpecialtyCode;
  onChange(text: ConclusionText): void;
}

/** Texts to begin with, set below what is written and taken back with one press; and the own text kept for the next time. */
export function TemplateMenu({ text, facts, specialty, onChange }: TemplateMenuProps) {
  const language = useLanguage();
  const templates = useTemplates(true);
  const [undo, setUndo] = useState<{ before: ConclusionText; inserted: ConclusionText; title: string }>();

  function insert(content: ConclusionTemplateContent) {
    const texts = templateIn(content, language);
    const inserted = insertTemplate(text, texts, facts);
    setUndo({ before: text, inserted, title: texts.title });
    onChange(inserted);
  }
  const title = undo?.title ?? '';

  return (
    <Disclosure title={<Trans>Templates</Trans>}>
      <div className={layout.stack}>
        {templates.isPending && <Skeleton lines={2} />}
        {templates.isError && <ProblemNotice error={templates.error} onRetry={() => void templates.refetch()} />}
        {templates.data?.length === 0 && (
          <p className="quiet">
            <Trans>There are no templates of your specialty yet. Write a conclusion and keep it as one.</Trans>
          </p>
        )}
        <div className={layout.row}>
          {templates.data?.map(({ id, content }) => (
            <Action key={id} icon={<IconTemplate size={20} aria-hidden />} onClick={() => insert(content)}>
              {templateIn(content, language).title}
            </Action>
          ))}
        </div>
        <div role="status">
          {undo && (
            <div className={layout.row}>
              <span>
                <Trans>“{title}” was added; what you had written stays.</Trans>
              </span>
              <Action
                icon={<IconArrowBackUp size={20} aria-hidden />}
                onClick={() => {
                  onChange(takeBack(text, undo.before, undo.inserted));
                  setUndo(undefined);
                }}
              >
                <Trans>Take it back</Trans>
              </Action>
            </div>
          )}
        </div>
        <KeepAsTemplate text={text} specialty={specialty} />
      </div>
    </Disclosure>
  );
}

function KeepAsTemplate({ text, specialty }: Pick<TemplateMenuProps, 'text' | 'specialty'>) {
  const { t } = useLingui();
  const language = useLanguage();
  const save = useSaveTemplate();
  const [title, setTitle] = useState('');
  const [id, setId] = useState(() => newId() as TemplateId);

  function keep() {
    const { findings, recommendations, medicines, furtherTests, referral, limits } = text;
    const texts = { title, findings, recommendations, medicines, furtherTests, referral, limits };
    const content = { kk: EMPTY_TEMPLATE_TEXTS, ru: EMPTY_TEMPLATE_TEXTS, en: EMPTY_TEMPLATE_TEXTS, [language]: texts };
    save.mutate(
      { templateId: id, baseVersion: 0, specialty, content, isRetired: false },
      {
        onSuccess: () => {
          setTitle('');
          setId(newId() as TemplateId);
        },
      },
    );
  }

  return (
    <>
      <TextField
        label={t`Keep this text as my template, named`}
        description={t`Take out what is about this patient only.`}
        maxLength={120}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div>
        <Action disabled={title.trim() === ''} isBusy={save.isPending} onClick={keep}>
          <Trans>Keep as a template</Trans>
        </Action>
      </div>
      {save.isError && <ProblemNotice error={save.error} />}
    </>
  );
}
