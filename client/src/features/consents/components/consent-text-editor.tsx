import type { ConsentLanguage, ConsentText } from '@jaqyn/shared/consents/consent';
import { ConsentTextId } from '@jaqyn/shared/kernel/ids';
import { freeText } from '@jaqyn/shared/kernel/text';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { formatCalendarDate } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { parseTypedDate, toTypedDate } from '../../../lib/typed-date.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextAreaField, TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useSaveConsentText } from '../api/edit-consent-texts.ts';
import { CONSENT_LANGUAGE_NAMES } from './consent-text-card.tsx';
import styles from './consent-texts.module.css';

/** As the server keeps it. */
const Words = freeText(6000);
const Draft = z.object({ text: z.string(), day: z.string() });

interface ConsentTextEditorProps {
  /** The newest version, in force or to come: a new one follows it. */
  readonly latest: ConsentText;
  readonly today: string;
  onClose(): void;
}

/** A new version of what is read aloud, with the day it begins. What was read before stays as it was read. */
export function ConsentTextEditor({ latest, today, onClose }: ConsentTextEditorProps) {
  const { t } = useLingui();
  const { language, version } = latest;
  const [id] = useState(() => ConsentTextId.parse(newId()));
  const first = latest.effectiveFrom > today ? latest.effectiveFrom : today;
  const draft = useDraft(`consent-text:${language}:${version}`, Draft, { text: latest.text, day: toTypedDate(first) });
  const save = useSaveConsentText();
  const [isTried, setIsTried] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const tidy = Words.safeParse(draft.value.text);
  const text = tidy.success ? tidy.data : '';
  const day = parseTypedDate(draft.value.day);
  const sum = useSum(text);
  const isUnchanged = text === latest.text;
  const name = CONSENT_LANGUAGE_NAMES[language];

  function ask() {
    setIsTried(true);
    if (text !== '' && !isUnchanged && day) setIsAsking(true);
  }

  function submit() {
    if (!day) return;
    save.mutate(
      { id, language, baseVersion: version, text, effectiveFrom: day },
      {
        onSuccess: () => {
          void draft.discard();
          onClose();
        },
        onError: () => setIsAsking(false),
      },
    );
  }

  return (
    <section className={layout.stack} aria-labelledby="consent-editor">
      <h2 id="consent-editor">
        <Trans>New version:</Trans> <span lang={language}>{name}</span>
      </h2>
      <TextAreaField
        label={t`Text that is read aloud`}
        lang={language}
        rows={14}
        maxLength={6000}
        value={draft.value.text}
        error={isTried && (text === '' ? t`Write the text` : isUnchanged && t`This is the text of the version before`)}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          draft.set((before) => ({ ...before, text: typed }));
        }}
      />
      <p className={styles.sum}>
        SHA-256 <code>{sum}</code>
      </p>
      <TextField
        label={t`In force from`}
        placeholder={t`DD.MM.YYYY`}
        maxLength={10}
        value={draft.value.day}
        error={isTried && !day && t`Enter a day: day, month, year`}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          draft.set((before) => ({ ...before, day: typed }));
        }}
      />
      {save.isError && <ProblemNotice error={save.error} />}
      <div className={layout.row}>
        <Action
          onClick={() => {
            void draft.discard();
            onClose();
          }}
        >
          <Trans>Throw the changes away</Trans>
        </Action>
        <PrimaryAction onClick={ask}>
          <Trans>See what changes</Trans>
        </PrimaryAction>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={<Trans>Make this a new version?</Trans>}
        confirmLabel={<Trans>Make the version</Trans>}
        isBusy={save.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={submit}
      >
        <p>
          <Trans>In force from</Trans> {day && formatCalendarDate(day)}.{' '}
          <Trans>Consents given before keep the text that was read to them.</Trans>
        </p>
        <div className={styles.both}>
          <Paragraphs title={t`Was`} language={language} of={latest.text} besides={text} />
          <Paragraphs title={t`Is now`} language={language} of={text} besides={latest.text} />
        </div>
      </ConfirmDialog>
    </section>
  );
}

/** What stands in one text and not in the other. */
function Paragraphs({
  title,
  language,
  of,
  besides,
}: {
  title: string;
  language: ConsentLanguage;
  of: string;
  besides: string;
}) {
  const others = new Set(paragraphsOf(besides));
  const own = paragraphsOf(of).filter((paragraph) => !others.has(paragraph));
  return (
    <div>
      <strong>{title}</strong>
      <p className={styles.text} lang={language}>
        {own.length === 0 ? '–' : own.join('\n\n')}
      </p>
    </div>
  );
}

function paragraphsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** SHA-256 of the text in UTF-8, as the server will name it. */
function useSum(text: string): string {
  const [sum, setSum] = useState('');
  useEffect(() => {
    let isCurrent = true;
    void crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)).then((digest) => {
      const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      if (isCurrent) setSum(hex);
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return sum;
}
