import type { Conclusion } from '@jaqyn/shared/consultations/conclusion.contract';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTeachBack } from '../../features/care-plans/api/get-teach-back.ts';
import { AnswersView } from '../../features/care-plans/components/answers-view.tsx';
import { TeachBackForm } from '../../features/care-plans/components/teach-back.tsx';
import { useSignedConclusion } from '../../features/conclusions/api/get-signed-conclusion.ts';
import { ChangesTable } from '../../features/conclusions/components/changes-table.tsx';
import { ConclusionView } from '../../features/conclusions/components/conclusion-view.tsx';
import { SignedFiles } from '../../features/conclusions/components/signed-files.tsx';
import { useConsultation } from '../../features/consultations/api/get-consultation.ts';
import { useReceiveConclusion } from '../../features/consultations/api/receive-conclusion.ts';
import { statusWords } from '../../features/consultations/consultation-words.ts';
import { EvidencePanel } from '../../features/evidence/components/evidence-panel.tsx';
import { CallQualityPanel } from '../../features/link-samples/components/call-quality-panel.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useNowSeconds } from '../../lib/clock.ts';
import { formatDate, formatDateTime, formatTime } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { NotFound, Pending, ScreenProblem } from '../fallbacks.tsx';
import { ConsultFiles } from '../parts/consult-files.tsx';
import { OwnWord } from '../parts/own-word.tsx';
import { StationSide } from '../parts/station-side.tsx';
import styles from './result.module.css';

const route = getRouteApi('/signed-in/requests/$requestId/result');

export function ResultScreen() {
  const requestId = RequestId.safeParse(route.useParams().requestId);
  return requestId.success ? <Result key={requestId.data} requestId={requestId.data} /> : <NotFound />;
}

/** The signed conclusion at the station: read aloud, printed, acknowledged. Before it is signed: who holds the ball. */
function Result({ requestId }: { requestId: RequestId }) {
  const { t } = useLingui();
  const consultation = useConsultation(requestId);
  const signedAt = consultation.data?.conclusion?.signedAt ?? null;
  const conclusion = useSignedConclusion(requestId, signedAt !== null);
  usePageTitle(t`Conclusion`);
  useDelivery(consultation.data, conclusion.isSuccess);

  if (consultation.isPending) return <Pending />;
  const problem = consultation.error ?? conclusion.error;
  const refetch = () => void Promise.all([consultation.refetch(), signedAt !== null && conclusion.refetch()]);
  if (problem && !(consultation.data && conclusion.data)) {
    return (
      <ScreenProblem
        error={problem}
        onRetry={refetch}
        isRetrying={consultation.isFetching || conclusion.isFetching}
        actions={<ToStart />}
      />
    );
  }
  if (!consultation.data) return <Pending />;
  return (
    <>
      <PatientBanner patient={consultation.data.patient} />
      <div className={classes(layout.page, layout.narrow)}>
        {signedAt === null ? (
          <NotSigned consultation={consultation.data} />
        ) : conclusion.data ? (
          <Signed consultation={consultation.data} conclusion={conclusion.data} />
        ) : (
          <Skeleton lines={4} />
        )}
      </div>
    </>
  );
}

/** Opening the signed conclusion is its delivery; told once, and again after an amendment. */
function useDelivery(consultation: Consultation | undefined, isShown: boolean): void {
  const told = useRef<string | undefined>(undefined);
  const { mutate } = useReceiveConclusion(consultation?.id ?? ('' as RequestId));
  const status = consultation?.status;
  const version = consultation && `${consultation.id} ${consultation.version}`;
  useEffect(() => {
    if (!isShown || (status !== 'signed' && status !== 'amended') || told.current === version) return;
    told.current = version;
    mutate();
  }, [isShown, status, version, mutate]);
}

function NotSigned({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const words = statusWords[consultation.status];
  const isWriting = consultation.status === 'conclusion_draft' || consultation.status === 'awaiting_signature';
  const name = consultation.specialist?.displayName;
  return (
    <>
      <div className={styles.head}>
        <h1>
          <Trans>Conclusion</Trans>
        </h1>
        <StatusBadge tone={words.tone}>{t(words.label)}</StatusBadge>
      </div>
      {isWriting ? (
        <p>
          <Trans>
            {name} is writing the conclusion. It appears here by itself when it is signed; you may leave this page.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>There is no signed conclusion for this request.</Trans>
        </p>
      )}
      <div className={layout.card}>
        <StationSide consultation={consultation} />
      </div>
      <div className={layout.row}>
        <ToStart />
      </div>
    </>
  );
}

function Signed({ consultation, conclusion }: { consultation: Consultation; conclusion: Conclusion }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const specialtyName = useSpecialtyName();
  const { status, specialist } = consultation;
  const signedAt = conclusion.signedAt ?? conclusion.savedAt;
  const date = formatDate(signedAt);
  const time = formatTime(signedAt);
  const replaced = conclusion.replaces && formatDateTime(conclusion.replaces.signedAt);
  const reason = conclusion.amendReason;
  const { role } = useCurrentUser();
  return (
    <>
      {replaced && (
        <section className={styles.amended} role="status">
          <h2>
            <Trans>The specialist has amended the conclusion</Trans>
          </h2>
          <p>
            <Trans>This one replaces the conclusion of {replaced}. Take the old paper back from the patient.</Trans>
          </p>
          <p>
            <Trans>Reason: {reason}</Trans>
          </p>
          {conclusion.changes.length > 0 && <ChangesTable changes={conclusion.changes} />}
        </section>
      )}
      <article className={styles.paper}>
        <div className={styles.head}>
          <h1>
            <Trans>Specialist's conclusion</Trans>
          </h1>
          <StatusBadge tone={statusWords[status].tone} className="no-print">
            {t(statusWords[status].label)}
          </StatusBadge>
        </div>
        <dl className={styles.facts}>
          <Fact label={t`Specialist`}>
            {conclusion.authorName}, {specialtyName(consultation.specialty)}
          </Fact>
          {specialist && <Fact label={t`Hospital`}>{localText(specialist.organizationName)}</Fact>}
          <Fact label={t`Station`}>{localText(consultation.station.name)}</Fact>
          <Fact label={t`Request`}>№ {consultation.number}</Fact>
        </dl>
        <ConclusionView content={conclusion.content} />
        <div className={styles.seal}>
          <p>
            <Trans>
              Signed {date}, {time}
            </Trans>
          </p>
          {conclusion.sha256 && <p className={styles.hash}>SHA-256 {conclusion.sha256}</p>}
        </div>
      </article>
      <SaidBack consultation={consultation} conclusion={conclusion} />
      {role === 'feldsher' && <OwnWord requestId={consultation.id} />}
      <div className={classes(layout.row, 'no-print')}>
        <Action icon={<IconPrinter size={22} aria-hidden />} onClick={() => print()}>
          <Trans>Print</Trans>
        </Action>
        <ToStart />
      </div>
      <section className={classes(layout.stack, 'no-print')}>
        <h2>
          <Trans>Photos and files</Trans>
        </h2>
        <ConsultFiles consultation={consultation} />
      </section>
      <SignedFiles requestId={consultation.id} />
      <Measured requestId={consultation.id} />
    </>
  );
}

/** Each recommendation said back and ticked; what was said stays to be read. */
function SaidBack({ consultation, conclusion }: { consultation: Consultation; conclusion: Conclusion }) {
  const { data, error, refetch, isFetching } = useTeachBack(consultation.id, true);
  const today = localDate(new Date(useNowSeconds() * 1000));
  if (error && !data) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  if (!data) return <Skeleton lines={4} />;
  const { teachBack, tasks } = data;
  // An amendment has come and its answers are on their way.
  if (teachBack.compositionId !== conclusion.id) return <Skeleton lines={4} />;
  const isToBeRead = isIn(consultation.status, ['signed', 'amended', 'delivered']);
  // Read before answers were kept.
  if (teachBack.completedAt === null && !isToBeRead) return null;
  return teachBack.completedAt === null ? (
    <TeachBackForm
      key={teachBack.compositionId}
      stored={teachBack}
      content={conclusion.content}
      today={today}
      isDelivered={consultation.status === 'delivered'}
    />
  ) : (
    <AnswersView stored={teachBack} tasks={tasks} content={conclusion.content} />
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

/** For those who answer for payment, not for the station. */
function Measured({ requestId }: { requestId: RequestId }) {
  const { role } = useCurrentUser();
  if (role !== 'coordinator' && role !== 'admin') return null;
  return (
    <section className="no-print">
      <h2>
        <Trans>Measured by the server</Trans>
      </h2>
      <EvidencePanel requestId={requestId} />
      {role === 'coordinator' && (
        <>
          <h2>
            <Trans>How the call was</Trans>
          </h2>
          <CallQualityPanel requestId={requestId} />
        </>
      )}
    </section>
  );
}

function ToStart() {
  return (
    <span className="no-print">
      <ActionLink to="/">
        <Trans>Start page</Trans>
      </ActionLink>
    </span>
  );
}
