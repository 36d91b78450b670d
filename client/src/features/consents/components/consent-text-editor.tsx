import type { ConsentLanguage, ConsentText } from '@jaqyn/shared/consents/consent';
import { ConsentTextId } from '@jaqyn/shared/kernel/ids';
import { freeText } from '@jaqyn/shared/kernel/text';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { newId } from '../../../lib/ids.ts';
import { parseTypedDate, toTypedDate } from '../../../lib/typed-date.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { TextAreaField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { OpenedHeading } from '../../../ui/opened-heading.tsx';
import { VersionFoot } from '../../../ui/version-foot.tsx';
import { useSaveConsentText } from '../api/edit-consent-texts.ts';
import { CONSENT_LANGUAGE_NAMES } from './consent-text-card.tsx';
import styles from './consent-texts.module.css';

/** As the server keeps it. */
const Words = freeText(6000);
const Draft = z.object({ baseVersion: z.number(), text: z.string(), day: z.string() });

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
  const draft = useDraft(`consent-text:${language}`, Draft, {
    baseVersion: version,
    text: latest.text,
    day: toTypedDate(first),
  });
  const save = useSaveConsentText();
  const [isTried, setIsTried] = useState(false);
  const tidy = Words.safeParse(draft.value.text);
  const text = tidy.success ? tidy.data : '';
  const day = parseTypedDate(draft.value.day);
  const sum = useSum(text);
  const isUnchanged = text === latest.text;
  const name = CONSENT_LANGUAGE_NAMES[language];

  function ask(): boolean {
    setIsTried(true);
    return text !== '';
  }

  function close() {
    void draft.discard();
    onClose();
  }

  function submit() {
    if (!day) return;
    save.mutate({ id, language, baseVersion: draft.value.baseVersion, text, effectiveFrom: day }, { onSuccess: close });
  }

  return (
    <section className={layout.stack} aria-labelledby="consent-editor">
      <OpenedHeading id="consent-editor">
        <Trans>New version:</Trans> <span lang={language}>{name}</span>
      </OpenedHeading>
      <TextAreaField
        label={t`Text that is read aloud`}
        lang={language}
        rows={14}
        maxLength={6000}
        value={draft.value.text}
        error={isTried && text === '' && t`Write the text`}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          draft.set((before) => ({ ...before, text: typed }));
        }}
      />
      <p className={styles.sum}>
        SHA-256 <code>{sum}</code>
      </p>
      <VersionFoot
        day={draft.value.day}
        onDay={(typed) => draft.set((before) => ({ ...before, day: typed }))}
        wasRestored={draft.wasRestored}
        isSame={isUnchanged}
        isChanged={draft.value.text !== latest.text || draft.value.baseVersion !== version}
        save={save}
        onAsk={ask}
        onMake={submit}
        onBack={onClose}
        onThrowAway={close}
        kept={<Trans>Consents given before keep the text that was read to them.</Trans>}
      >
        <div className={styles.both}>
          <Paragraphs title={t`Was`} language={language} of={latest.text} besides={text} />
          <Paragraphs title={t`Is now`} language={language} of={text} besides={latest.text} />
        </div>
      </VersionFoot>
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
