import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { type DocumentStatus, SIGNED_FILES, type SignedEdition } from '@jaqyn/shared/signatures/signature.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage } from '../../../lib/i18n.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge, type StatusTone } from '../../../ui/status-badge.tsx';
import { useSignedEditions } from '../api/list-signed-editions.ts';
import styles from './signed-files.module.css';

const standing: Record<DocumentStatus, { tone: StatusTone; label: MessageDescriptor }> = {
  valid: { tone: 'well', label: msg`Valid` },
  superseded: { tone: 'heed', label: msg`Replaced` },
  revoked: { tone: 'act-now', label: msg`Signature revoked` },
  invalid: { tone: 'act-now', label: msg`Not valid` },
};

/** The signed document as files, for paper and for proof, each edition with its verdict of this moment. */
export function SignedFiles({ requestId }: { requestId: RequestId }) {
  const { data, error, isPending, isFetching, refetch } = useSignedEditions(requestId);
  if (isPending) return <Skeleton lines={2} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (data.length === 0) {
    return (
      <p className="quiet no-print">
        <Trans>Signed before documents existed here: it has no PDF, no QR code and no signature file.</Trans>
      </p>
    );
  }
  return (
    <section className={styles.files}>
      <h2>
        <Trans>Documents</Trans>
      </h2>
      {data.map((edition) => (
        <Edition key={edition.edition} requestId={requestId} edition={edition} />
      ))}
      <p className="quiet">
        <Trans>This is Jaqyn's own signature, not a qualified electronic one.</Trans>
      </p>
    </section>
  );
}

function Edition({ requestId, edition }: { requestId: RequestId; edition: SignedEdition }) {
  const { t } = useLingui();
  const language = useLanguage();
  const words = standing[edition.status];
  const number = edition.edition;
  const when = formatDateTime(edition.signedAt);
  const next = edition.supersededBy;
  const href = (path: string, of: string) =>
    `${path.replace(':requestId', requestId)}?edition=${number}&language=${of}`;
  const fileOf = (name: SignedEdition['files'][number]['name']) =>
    edition.files.find((file) => file.name === name)?.href;
  // The page is on this server whatever address stands on the paper.
  const check = `${new URL(edition.verificationUrl).pathname}?lang=${language}`;
  return (
    <div className={styles.edition}>
      <p className={styles.head}>
        <strong>
          <Trans>
            Edition {number}, {when}
          </Trans>
        </strong>
        <StatusBadge tone={words.tone}>{t(words.label)}</StatusBadge>
        {next !== null && <Trans>by edition {next}</Trans>}
      </p>
      <ul className={styles.links}>
        <FileLink href={href(SIGNED_FILES.pdf, 'kk')}>
          <Trans>PDF in Kazakh</Trans>
        </FileLink>
        <FileLink href={href(SIGNED_FILES.pdf, 'ru')}>
          <Trans>PDF in Russian</Trans>
        </FileLink>
        {edition.status === 'valid' && (
          <FileLink href={href(SIGNED_FILES.slip, language)}>
            <Trans>Slip for the patient, large print</Trans>
          </FileLink>
        )}
        <FileLink href={check}>
          <Trans>Check page (QR)</Trans>
        </FileLink>
        <FileLink href={fileOf('manifest.json.p7s')}>
          <Trans>Signature (.p7s)</Trans>
        </FileLink>
        <FileLink href={fileOf('manifest.json')}>
          <Trans>What is signed</Trans>
        </FileLink>
        <FileLink href={fileOf('conclusion.json')}>
          <Trans>Data</Trans>
        </FileLink>
        {fileOf('evidence.json') !== undefined && (
          <FileLink href={fileOf('evidence.json')}>
            <Trans>What was measured</Trans>
          </FileLink>
        )}
      </ul>
    </div>
  );
}

function FileLink({ href, children }: { href: string | undefined; children: React.ReactNode }) {
  return (
    <li>
      <a href={href} target="_blank" rel="noreferrer" className={styles.link}>
        {children}
      </a>
    </li>
  );
}
