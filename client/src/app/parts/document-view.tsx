import type { ConclusionContent, ConclusionPreview } from '@jaqyn/shared/consultations/conclusion.contract';
import {
  ConclusionDocument,
  type DocumentConsent,
  type DocumentFile,
} from '@jaqyn/shared/consultations/conclusion-document';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import * as z from 'zod/mini';
import { kindWords } from '../../features/attachments/attachment-words.ts';
import { ChangesTable } from '../../features/conclusions/components/changes-table.tsx';
import { ConclusionView } from '../../features/conclusions/components/conclusion-view.tsx';
import { consentWords, methodWords } from '../../features/consents/consent-draft.ts';
import { VitalsTable } from '../../features/consultations/components/vitals-table.tsx';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import {
  formatAge,
  formatCalendarDate,
  formatDate,
  formatDateTime,
  formatIin,
  formatPersonName,
  formatTime,
} from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import styles from './document-view.module.css';

/** The exact bytes that will be signed, read back and shown in words: everything they say, from them and from nowhere else. */
export function DocumentView({ preview }: { preview: ConclusionPreview }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const parsed = readDocument(preview.canonical);
  // A newer server than this page: the exact text below still shows everything.
  if (!parsed) return <ProblemNotice error={ProblemError.local('response.unexpected')} />;
  const { patient, request, station, requestedBy, specialist, observations, conclusion, amendment, consent } = parsed;
  const urgency = urgencyWords[request.urgency];
  return (
    <article className={styles.paper}>
      {amendment && <AmendmentView amendment={amendment} />}
      <dl className={styles.facts}>
        {patient && (
          <>
            <Fact label={t`Patient`}>
              <strong>{formatPersonName(patient)}</strong>
            </Fact>
            <Fact label={t`IIN`}>{patient.iin === null ? t`unknown` : formatIin(patient.iin)}</Fact>
            <Fact label={t`Born`}>
              {formatCalendarDate(patient.birthDate)} ({formatAge(patient.birthDate)}),{' '}
              {patient.sex === 'male' ? t`male` : t`female`}
            </Fact>
            <Fact label={t`Allergies`}>
              {patient.allergies === null ? t`Unknown` : patient.allergies === '' ? t`None known` : patient.allergies}
            </Fact>
          </>
        )}
        <Fact label={t`Specialist`}>
          {specialist && `${specialist.displayName}, ${localText(specialist.organizationName)}`}
        </Fact>
        <Fact label={t`Station`}>
          {localText(station.name)}, {requestedBy.displayName}
        </Fact>
        <Fact label={t`Request`}>
          № {request.number}, {localText(request.specialtyName)}{' '}
          <StatusBadge tone={urgency.tone}>{t(urgency.label)}</StatusBadge>
        </Fact>
        <Fact label={t`Called`}>
          {formatDate(request.createdAt)}, {formatTime(request.createdAt)}
        </Fact>
        <Fact label={t`Answered`}>
          {request.answeredAt === null ? '–' : `${formatDate(request.answeredAt)}, ${formatTime(request.answeredAt)}`}
        </Fact>
        <Fact label={t`Why the specialist is asked`}>{request.reason}</Fact>
        {request.complaints && <Fact label={t`Complaints`}>{request.complaints}</Fact>}
        {request.anamnesis && <Fact label={t`Anamnesis`}>{request.anamnesis}</Fact>}
        {request.preliminaryCode && <Fact label={t`Preliminary diagnosis, ICD-10`}>{request.preliminaryCode}</Fact>}
        {consent !== undefined && (
          <Fact label={t`Consent`}>
            <ConsentFact consent={consent} />
          </Fact>
        )}
      </dl>
      <VitalsTable observations={observations} columns={observations.length} />
      {parsed.files && <FileFacts files={parsed.files} />}
      <ConclusionView content={conclusion.content} />
      <LeftEmpty content={conclusion.content} />
    </article>
  );
}

function readDocument(canonical: string): ConclusionDocument | undefined {
  try {
    return z.safeParse(ConclusionDocument, JSON.parse(canonical)).data;
  } catch {
    return undefined;
  }
}

/** What the new edition replaces, why, and what it changes. */
function AmendmentView({ amendment }: { amendment: NonNullable<ConclusionDocument['amendment']> }) {
  const when = formatDateTime(amendment.replaces.signedAt);
  const { reason } = amendment;
  return (
    <section className={styles.amendment}>
      <h3>
        <Trans>Replaces the conclusion signed {when}</Trans>
      </h3>
      <p>
        <Trans>Reason: {reason}</Trans>
      </p>
      <ChangesTable changes={amendment.changes} />
    </section>
  );
}

/** Which text was read, how it was agreed to and who wrote it down; or why nobody was asked. */
function ConsentFact({ consent }: { consent: DocumentConsent | null }) {
  const { t } = useLingui();
  if (consent === null) return <Trans>Consent not recorded yet</Trans>;
  const { kind, method, representative, reason, text, at, byName } = consent;
  const version = text?.version;
  const said = [
    t(method ? methodWords[method] : consentWords[kind]),
    representative,
    reason,
    formatDateTime(at),
    byName,
  ];
  return (
    <>
      {said.filter((part) => part !== '').join(', ')}
      {text && (
        <>
          {'. '}
          {text.language === 'kk' ? (
            <Trans>Read in Kazakh, version {version} of the text</Trans>
          ) : (
            <Trans>Read in Russian, version {version} of the text</Trans>
          )}
        </>
      )}
    </>
  );
}

/** What was looked at: each one is bound by its hash. */
function FileFacts({ files }: { files: readonly DocumentFile[] }) {
  const { t } = useLingui();
  return (
    <section className={styles.files}>
      <h3>
        <Trans>Files</Trans>
      </h3>
      <ul>
        {files.map(({ id, kind, note, storedAt, sha256 }) => (
          <li key={id}>
            {[t(kindWords[kind]), note, formatDateTime(storedAt)].filter((part) => part !== '').join(', ')}{' '}
            <span className={styles.hash}>SHA-256 {sha256}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The view leaves out what is empty; before signing it is said. */
function LeftEmpty({ content }: { content: ConclusionContent }) {
  const { t } = useLingui();
  const empty = [
    content.diagnosis.code === '' && t`ICD-10`,
    content.medicines === '' && t`Medicines`,
    content.furtherTests === '' && t`Further tests`,
    content.referral === '' && t`Referral`,
    content.followUpDate === null && t`Follow-up visit`,
    content.limits === '' && t`What could not be examined remotely`,
  ].filter((name) => name !== false);
  if (empty.length === 0) return null;
  const list = empty.join(', ');
  return (
    <p className="quiet">
      <Trans>Left empty: {list}</Trans>
    </p>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
