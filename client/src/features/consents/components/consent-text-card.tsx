import type { ConsentLanguage } from '@jaqyn/shared/consents/consent';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPencil } from '@tabler/icons-react';
import { formatCalendarDate } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { EditionBadge } from '../../../ui/edition-badge.tsx';
import layout from '../../../ui/layout.module.css';
import type { DatedText } from '../text-versions.ts';
import styles from './consent-texts.module.css';

export const CONSENT_LANGUAGE_NAMES: Record<ConsentLanguage, string> = {
  kk: 'Қазақша',
  ru: 'Русский',
  en: 'English',
};

interface ConsentTextCardProps {
  readonly language: ConsentLanguage;
  /** The newest first. */
  readonly versions: readonly DatedText[];
  onEdit(): void;
}

/** All versions of one language: what is read today stands open, the others can be opened. Each is named by its sum. */
export function ConsentTextCard({ language, versions, onEdit }: ConsentTextCardProps) {
  const { t } = useLingui();
  const name = CONSENT_LANGUAGE_NAMES[language];
  const count = versions.length;
  return (
    <section className={layout.card} aria-labelledby={`consent-${language}`}>
      <div className={layout.stack}>
        <div className={`${layout.row} ${layout.spread}`}>
          <h2 id={`consent-${language}`} lang={language}>
            {name}
          </h2>
          <Action
            icon={<IconPencil size={20} aria-hidden />}
            aria-label={t`Write a new version: ${name}`}
            onClick={onEdit}
          >
            <Trans>Write a new version</Trans>
          </Action>
        </div>
        <p className="quiet">
          <Plural value={count} one="# version" other="# versions" />
        </p>
        {versions.map(({ text, state }) => {
          const { version } = text;
          const from = formatCalendarDate(text.effectiveFrom);
          return (
            <details key={text.id} className={styles.version} open={state === 'in_force'}>
              <summary>
                <EditionBadge state={state} />{' '}
                <Trans>
                  version {version}, from {from}
                </Trans>
              </summary>
              <p className={styles.text} lang={language}>
                {text.text}
              </p>
              <p className={styles.sum}>
                SHA-256 <code>{text.sha256}</code>
              </p>
            </details>
          );
        })}
      </div>
    </section>
  );
}
