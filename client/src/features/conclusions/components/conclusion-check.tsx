import type { Conclusion, ConclusionPreview } from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { SIGNED_FILES } from '@jaqyn/shared/signatures/signature.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconSignature } from '@tabler/icons-react';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { type ProblemCode, ProblemError } from '../../../lib/problem-error.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { PasswordField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { useSignConclusion } from '../api/sign-conclusion.ts';
import { type HashCheck, useHashCheck } from '../use-hash-check.ts';
import styles from './conclusion-check.module.css';

interface ConclusionCheckProps {
  readonly requestId: RequestId;
  readonly preview: ConclusionPreview;
  /** The bytes in readable form; composed by the screen, because they speak of more than the conclusion. */
  readonly document: ReactNode;
  readonly isInCall: boolean;
  onBack(): void;
  /** Something changed after the preview: show it as it is now. */
  onLookAgain(): void;
  onSigned(conclusion: Conclusion): void;
}

/** The check page: what is shown is what is signed, byte by byte. */
export function ConclusionCheck(props: ConclusionCheckProps) {
  const { requestId, preview, document, isInCall, onBack, onLookAgain, onSigned } = props;
  const { t } = useLingui();
  const sign = useSignConclusion(requestId);
  const hash = useHashCheck(preview);
  const [password, setPassword] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const code = sign.error ? ProblemError.from(sign.error).code : undefined;
  const isWrongPassword = code === 'auth.invalid_credentials';
  const isStale = code === 'conclusion.preview_stale';

  const form = useRef<HTMLFormElement>(null);
  // What went wrong stands beside the button, which may be out of sight.
  useEffect(() => {
    if (sign.isError) form.current?.scrollIntoView({ block: 'end' });
  }, [sign.isError]);
  // A new page in the place of the form: reading begins at its top.
  useEffect(() => heading.current?.focus(), []);

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    if (password === '' || hash === 'differs') return;
    sign.mutate({ preview, password }, { onSuccess: onSigned, onError: () => setPassword('') });
  }

  return (
    <section className={styles.check} aria-labelledby="check-title">
      <h2 id="check-title" ref={heading} tabIndex={-1}>
        <Trans>Check before signing</Trans>
      </h2>
      {document}
      <div className={styles.proof}>
        <p>
          <Trans>Fingerprint of exactly this text (SHA-256):</Trans>
        </p>
        <p className={styles.hash}>{preview.sha256}</p>
        <HashWords hash={hash} />
        <p>
          <PreviewPages requestId={requestId} />
        </p>
        <details>
          <summary className={styles.summary}>
            <Trans>The exact text that is signed</Trans>
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keys, too */}
          <pre className={styles.bytes} tabIndex={0}>
            {preview.canonical}
          </pre>
        </details>
      </div>
      <form ref={form} className={styles.form} onSubmit={onSubmit}>
        {isInCall && (
          <p className={styles.warning}>
            <StatusShape tone="heed" /> <Trans>Signing ends the call: say goodbye to the patient first.</Trans>
          </p>
        )}
        <PasswordField
          label={t`Your password again`}
          showLabel={t`Show the password`}
          autoComplete="current-password"
          name="password"
          maxLength={128}
          value={password}
          error={isWrongPassword ? t`The password is wrong. Nothing was signed.` : undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {isStale && (
          <ProblemNotice
            error={sign.error}
            actions={
              <Action onClick={onLookAgain}>
                <Trans>Show it as it is now</Trans>
              </Action>
            }
          />
        )}
        {sign.isError && !isWrongPassword && !isStale && (
          <ProblemNotice error={sign.error} kept={<Kept code={code} />} />
        )}
        <div className={styles.actions}>
          <Action icon={<IconArrowLeft size={22} aria-hidden />} onClick={onBack}>
            <Trans>Back to writing</Trans>
          </Action>
          <PrimaryAction
            type="submit"
            icon={<IconSignature size={24} aria-hidden />}
            isBusy={sign.isPending}
            disabled={password === '' || hash === 'differs'}
          >
            <Trans>Sign</Trans>
          </PrimaryAction>
        </div>
        <p className="quiet">
          {preview.method === 'local' ? (
            <Trans>This is Jaqyn's own signature, not a qualified electronic one.</Trans>
          ) : (
            <Trans>NCALayer on this computer asks for your key.</Trans>
          )}
        </p>
      </form>
    </section>
  );
}

/** Whether it was signed is known of every refusal, and not when the answer was lost. */
function Kept({ code }: { code: ProblemCode | undefined }) {
  return code === 'network.unreachable' || code === 'response.unexpected' || code === 'server.internal' ? (
    <Trans>It may have been signed before the answer was lost: sign once more, it is never signed twice.</Trans>
  ) : (
    <Trans>Nothing was signed. What you wrote is kept.</Trans>
  );
}

/** The very pages that are signed with the text. */
function PreviewPages({ requestId }: { requestId: RequestId }) {
  const page = SIGNED_FILES.previewPdf.replace(':requestId', requestId);
  return (
    <>
      <Trans>The pages that are signed with it:</Trans>{' '}
      <a href={`${page}?language=kk`} target="_blank" rel="noreferrer">
        <Trans>PDF in Kazakh</Trans>
      </a>
      {' · '}
      <a href={`${page}?language=ru`} target="_blank" rel="noreferrer">
        <Trans>PDF in Russian</Trans>
      </a>
    </>
  );
}

function HashWords({ hash }: { hash: HashCheck }) {
  switch (hash) {
    case 'unknown':
      return null;
    case 'same':
      return (
        <p className={styles.same}>
          <StatusShape tone="well" /> <Trans>This computer has calculated the same</Trans>
        </p>
      );
    case 'differs':
      return (
        <p className={styles.differs} role="alert">
          <StatusShape tone="act-now" />{' '}
          <Trans>The text and its fingerprint do not fit together. Do not sign; call support.</Trans>
        </p>
      );
  }
}
