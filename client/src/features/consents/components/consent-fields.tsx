import type { ConsentLanguage } from '@jaqyn/shared/consents/consent';
import { ConsentId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCheck } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useLanguage } from '../../../lib/i18n.ts';
import { newId } from '../../../lib/ids.ts';
import { Action } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useConsentTexts } from '../api/list-consent-texts.ts';
import { type ConsentDraft, methodWords } from '../consent-draft.ts';
import styles from './consent-fields.module.css';

interface ConsentFieldsProps {
  readonly value: ConsentDraft;
  onChange(value: ConsentDraft): void;
  /** Whoever agrees for a child is known from the card. */
  readonly representative: string;
  readonly isMinor: boolean;
  /** In an emergency consent may be left out, with a reason. */
  readonly isEmergency: boolean;
}

/** The text stands there to be read aloud in the patient's language, which need not be the screen's; one press says that it was, and what was answered. */
export function ConsentFields({ value, onChange, representative, isMinor, isEmergency }: ConsentFieldsProps) {
  const { t } = useLingui();
  const own = useLanguage();
  const texts = useConsentTexts();
  const [chosen, setChosen] = useState<ConsentLanguage>();
  const [isWritten, setIsWritten] = useState(false);
  const [reason, setReason] = useState('');
  const textId = useId();

  if (value) {
    return (
      <div className={layout.row}>
        <StatusBadge tone={value.kind === 'given' ? 'well' : 'heed'}>
          {value.kind === 'given' ? t(methodWords[value.method]) : t`Emergency: no consent could be asked`}
        </StatusBadge>
        <span className="quiet">{value.kind === 'given' ? value.representative : value.reason}</span>
        <Action tone="quiet" onClick={() => onChange(null)}>
          <Trans>Take back</Trans>
        </Action>
      </div>
    );
  }
  if (texts.isPending) return <Skeleton lines={2} />;
  if (!texts.data) {
    return <ProblemNotice error={texts.error} onRetry={() => void texts.refetch()} isRetrying={texts.isFetching} />;
  }
  const language = chosen ?? own;
  const text = texts.data.find((one) => one.language === language);

  function give() {
    if (!text) return;
    const method = isMinor ? 'representative' : isWritten ? 'written' : 'oral';
    const { id: textId, sha256 } = text;
    const id = ConsentId.parse(newId());
    const name = isMinor ? representative : '';
    onChange({ kind: 'given', id, textId, sha256, method, representative: name });
  }

  return (
    <div className={layout.stack}>
      <ChoiceCards
        legend={<Trans>Read aloud in</Trans>}
        cardWidth="9rem"
        choices={[
          { value: 'kk', title: 'Қазақша' },
          { value: 'ru', title: 'По-русски' },
          { value: 'en', title: 'English' },
        ]}
        value={language}
        onChange={setChosen}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div
        className={styles.text}
        lang={language}
        id={textId}
        tabIndex={0}
        role="group"
        aria-label={t`Text to read aloud`}
      >
        {text?.text}
      </div>
      {!isMinor && (
        <label className={styles.check}>
          <input type="checkbox" checked={isWritten} onChange={(event) => setIsWritten(event.target.checked)} />
          <span>{t(methodWords.written)}</span>
        </label>
      )}
      {isMinor && representative === '' && (
        <p className="quiet">
          <Trans>For a child the representative agrees: name them in the card first.</Trans>
        </p>
      )}
      <div>
        <Action
          icon={<IconCheck size={20} aria-hidden />}
          disabled={!text || (isMinor && representative === '')}
          onClick={give}
        >
          <Trans>It was read aloud, they agree</Trans>
        </Action>
      </div>
      {isEmergency && (
        <div className={styles.exception}>
          <TextField
            label={t`Or: why no consent could be asked`}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Action
            disabled={reason.trim() === ''}
            onClick={() => onChange({ kind: 'emergency', id: ConsentId.parse(newId()), reason })}
          >
            <Trans>Go on without</Trans>
          </Action>
        </div>
      )}
    </div>
  );
}
