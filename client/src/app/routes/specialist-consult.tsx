import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn, ROOM_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconList } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useConsultation } from '../../features/consultations/api/get-consultation.ts';
import { QuestionThread } from '../../features/consultations/components/questions.tsx';
import { wordsOf } from '../../features/consultations/consultation-words.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { ActionLink, PrimaryActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { NotFound, Pending } from '../fallbacks.tsx';
import { ConsultCard } from '../parts/consult-card.tsx';
import { ForRole } from '../parts/for-role.tsx';
import { OtherCalls, useOtherCalls } from '../parts/other-calls.tsx';
import { SpecialistDesk } from '../parts/specialist-desk.tsx';
import styles from './specialist-consult.module.css';

const route = getRouteApi('/signed-in/consults/$requestId');

export function SpecialistConsultScreen() {
  const requestId = RequestId.safeParse(route.useParams().requestId);
  if (!requestId.success) return <NotFound />;
  return (
    <ForRole roles={['specialist']}>
      <SpecialistConsult key={requestId.data} requestId={requestId.data} />
    </ForRole>
  );
}

/** Where the specialist has something to write; also while the station is asked for more. */
const WITH_DESK = [...ROOM_STATES, 'async_assigned', 'info_requested'] as const;

/** From the talk to the signature, and afterwards to be read: one screen, so that nothing is opened twice. */
function SpecialistConsult({ requestId }: { requestId: RequestId }) {
  const { t } = useLingui();
  const me = useCurrentUser().practitioner?.id;
  const query = useConsultation(requestId);
  const consultation = query.data;
  const isInCall = consultation?.status === 'in_call';
  const [hadDesk, setHadDesk] = useState(false);
  const otherCalls = useOtherCalls(requestId, isInCall);
  // The number, not the name: a tab's title is seen by whoever passes.
  const number = consultation?.number ?? '';
  usePageTitle(otherCalls.length > 0 ? t`Incoming call` : t`Consultation ${number}`, otherCalls.length);

  if (query.isPending) return <Pending />;
  if (!consultation) {
    return (
      <div className={classes(layout.page, layout.narrow)}>
        <h1 className="visually-hidden">
          <Trans>This page cannot be shown</Trans>
        </h1>
        <ProblemNotice
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
          actions={
            <ActionLink to="/worklist">
              <Trans>To the worklist</Trans>
            </ActionLink>
          }
        />
      </div>
    );
  }
  const isMine = consultation.specialist?.id === me;
  const hasWork = isMine && (isIn(consultation.status, WITH_DESK) || consultation.conclusion !== null);
  // Where one has written, the words stay before one's eyes, whatever became of the request meanwhile.
  if (hasWork && !hadDesk) setHadDesk(true);
  const hasDesk = hasWork || (isMine && hadDesk);
  return (
    <>
      <h1 ref={takeFocus} tabIndex={-1} className="visually-hidden">
        <Trans>Consultation {number}</Trans>
      </h1>
      <PatientBanner patient={consultation.patient} actions={<ToWorklist />} />
      <OtherCalls calls={otherCalls} isInCall={isInCall} />
      {hasDesk ? <SpecialistDesk consultation={consultation} /> : <NoDesk consultation={consultation} />}
    </>
  );
}

/** Who came with a button of another page, which is gone, goes on from here and not from the top of the window. */
function takeFocus(heading: HTMLHeadingElement | null) {
  const isLost = document.activeElement === null || document.activeElement === document.body;
  if (isLost) heading?.focus({ preventScroll: true });
}

/** Not answered yet, somebody else's, or cancelled: it can be read and the way back is shown. */
function NoDesk({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  return (
    <div className={classes(layout.page, layout.narrow)}>
      <EmptyState
        title={t(wordsOf(consultation).label)}
        why={<WhyNoDesk consultation={consultation} />}
        action={
          <PrimaryActionLink to="/worklist">
            <Trans>To the worklist</Trans>
          </PrimaryActionLink>
        }
      />
      <ConsultCard consultation={consultation} />
      <QuestionThread questions={consultation.questions} />
    </div>
  );
}

function WhyNoDesk({ consultation }: { consultation: Consultation }): ReactNode {
  if (isIn(consultation.status, ['booked', 'checked_in'])) {
    return <Trans>It is planned. When the station is ready, begin the call from the list of today.</Trans>;
  }
  if (consultation.status === 'cancelled') {
    return <Trans>The request was cancelled. What was recorded stays in the record.</Trans>;
  }
  if (consultation.status === 'info_requested') {
    return <Trans>The station is asked for more. When it has answered, the request is in the worklist again.</Trans>;
  }
  const colleague = consultation.specialist?.displayName;
  if (colleague !== undefined) return <Trans>It is in the hands of {colleague}. You can read it here.</Trans>;
  return <Trans>It is not in your hands yet: accept it from the worklist.</Trans>;
}

function ToWorklist() {
  return (
    <ActionLink to="/worklist" icon={<IconList size={20} aria-hidden />} className={styles.back}>
      <Trans>To the list</Trans>
    </ActionLink>
  );
}
