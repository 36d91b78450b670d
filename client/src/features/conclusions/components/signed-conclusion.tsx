import type { Conclusion } from '@jaqyn/shared/consultations/conclusion.contract';
import { Trans } from '@lingui/react/macro';
import { IconCopy } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { formatDate, formatTime } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { type ConclusionText, toContent } from '../conclusion-text.ts';
import { ConclusionView } from './conclusion-view.tsx';
import styles from './signed-conclusion.module.css';

interface SignedConclusionProps {
  readonly conclusion: Conclusion;
  /** Typed here and not part of what was signed. */
  readonly unsigned: ConclusionText | null;
  /** Signed a moment ago, on this page. */
  readonly isFresh: boolean;
  /** What to do next. */
  readonly actions: ReactNode;
  /** The document for paper and proof. */
  readonly files: ReactNode;
  onDiscardUnsigned(): void;
}

/** After signing: nothing here can be changed any more. */
export function SignedConclusion({
  conclusion,
  unsigned,
  isFresh,
  actions,
  files,
  onDiscardUnsigned,
}: SignedConclusionProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFresh) heading.current?.focus();
  }, [isFresh]);
  const signedAt = conclusion.signedAt ?? conclusion.savedAt;
  const [date, time] = [formatDate(signedAt), formatTime(signedAt)];
  return (
    <div className={styles.signed}>
      <div className={styles.done}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          <StatusShape tone="well" /> <Trans>Conclusion signed</Trans>
        </h2>
        <p>
          {isFresh ? (
            <Trans>
              {date}, {time}. The station sees it now and reads it to the patient.
            </Trans>
          ) : (
            `${date}, ${time}`
          )}
        </p>
        {conclusion.sha256 && <p className={styles.hash}>SHA-256 {conclusion.sha256}</p>}
        <div className={styles.actions}>{actions}</div>
      </div>
      {unsigned && <Unsigned text={unsigned} onDiscard={onDiscardUnsigned} />}
      <ConclusionView content={conclusion.content} />
      {files}
    </div>
  );
}

/** Typed after the signature in another window: shown until its author has copied it or lets it go. */
function Unsigned({ text, onDiscard }: { text: ConclusionText; onDiscard: () => void }) {
  const [isCopied, setIsCopied] = useState<boolean>();
  const content = toContent(text);
  const words = [
    content.findings,
    `${content.diagnosis.code} ${content.diagnosis.text}`.trim(),
    ...content.recommendations,
    content.medicines,
    content.furtherTests,
    content.referral,
    text.followUp,
    content.limits,
  ]
    .filter((part) => part !== '')
    .join('\n');
  return (
    <section className={styles.unsigned} role="alert">
      <h3>
        <Trans>This was typed here and is not part of the signed conclusion</Trans>
      </h3>
      <p>
        <Trans>
          It was signed in another window meanwhile. The text below is kept on this computer; copy what is needed.
        </Trans>
      </p>
      <pre className={styles.words}>{words}</pre>
      <div className={styles.actions}>
        <Action
          icon={<IconCopy size={20} aria-hidden />}
          onClick={() =>
            void navigator.clipboard.writeText(words).then(
              () => setIsCopied(true),
              () => setIsCopied(false),
            )
          }
        >
          <Trans>Copy the text</Trans>
        </Action>
        <Action tone="danger" onClick={onDiscard}>
          <Trans>It is not needed</Trans>
        </Action>
      </div>
      <p role="status">
        {isCopied === true && <Trans>Copied.</Trans>}
        {isCopied === false && <Trans>The browser did not copy it: mark the text and press Ctrl+C.</Trans>}
      </p>
    </section>
  );
}
