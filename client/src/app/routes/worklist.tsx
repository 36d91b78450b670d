import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowRight, IconPencil, IconPhoneIncoming, IconPhoneX, IconSignature } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useId, useState } from 'react';
import { useAcceptInTriage } from '../../features/consultations/api/accept-in-triage.ts';
import { useConsultationPages } from '../../features/consultations/api/list-consultations.ts';
import { AcceptDialog } from '../../features/consultations/components/accept-dialog.tsx';
import { Brief } from '../../features/consultations/components/brief.tsx';
import { DeclineDialog } from '../../features/consultations/components/decline-dialog.tsx';
import { DoneRow } from '../../features/consultations/components/done-row.tsx';
import { MissedRing } from '../../features/consultations/components/missed-ring.tsx';
import { RingReadiness, RingTrial } from '../../features/consultations/components/ring-readiness.tsx';
import {
  type TriageAct,
  TriageButtons,
  TriageDialog,
} from '../../features/consultations/components/triage/triage-actions.tsx';
import { takenOr } from '../../features/consultations/taken.ts';
import { useRingAlarm } from '../../features/consultations/use-ring-alarm.ts';
import { dismissMissedRing, useRings } from '../../features/consultations/use-rings.ts';
import { listDone, sortWorklist } from '../../features/consultations/worklist.ts';
import { TodayPanel } from '../../features/scheduling/today/today-panel.tsx';
import { useMyAvailability } from '../../features/staff/api/get-my-availability.ts';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { AvailabilitySwitch } from '../../features/staff/components/availability-switch.tsx';
import { serverNow } from '../../lib/clock.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { Action, ActionLink, PrimaryAction, PrimaryActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';
import { useTriageChoices } from '../parts/triage-choices.ts';
import { openDevices, useCallPrepared } from '../parts/use-call-prepared.ts';
import { useEnterCall } from '../parts/use-enter-call.ts';
import styles from './worklist.module.css';

export function WorklistScreen() {
  return (
    <ForRole roles={['specialist']}>
      <Worklist />
    </ForRole>
  );
}

type Asking = { readonly kind: 'accept' | 'decline'; readonly consultation: Consultation } | null;

/** Where a specialist's day happens: what rings, what is mine, what nobody answered, what is done. */
function Worklist() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const me = useCurrentUser().practitioner?.id;
  const specialtyName = useSpecialtyName();
  const enter = useEnterCall();
  const { rings, missedRing, worklist, consultations } = useRings();
  const [asking, setAsking] = useState<Asking>(null);
  useCallPrepared(rings.size > 0 || asking?.kind === 'accept');
  const sorted = me ? sortWorklist(consultations, me, rings) : undefined;
  // What somebody else has taken leaves the list at once; why it could not be taken stays.
  const [notTaken, setNotTaken] = useState<Error | null>(null);
  const [sorting, setSorting] = useState<{ act: TriageAct; consultation: Consultation } | null>(null);
  const choices = useTriageChoices();
  const availability = useMyAvailability();
  // Nothing ever came: said once, not by each part of the page.
  const isAway = worklist.isError && !worklist.data && availability.isError && !availability.data;
  const waiting = rings.size + (sorted?.unanswered.length ?? 0);

  usePageTitle(rings.size > 0 ? t`Incoming call` : t`Worklist`, waiting);
  useRingAlarm({
    ringing: [...rings.keys()],
    isInCall: false,
    notice: { title: t`Incoming call`, body: t`A village station calls a specialist` },
  });

  const isStillOpen =
    asking !== null &&
    (rings.has(asking.consultation.id) ||
      (sorted?.unanswered.some(({ id }) => id === asking.consultation.id) ?? false));

  return (
    <div className={layout.page}>
      <div className={styles.head}>
        <h1>
          <Trans>Worklist</Trans>
        </h1>
        {!isAway && <AvailabilitySwitch />}
      </div>
      <RingReadiness />
      <MissedRing stop={missedRing} onDismiss={dismissMissedRing} />
      {worklist.isError && (
        <ProblemNotice
          error={worklist.error}
          onRetry={() => {
            void worklist.refetch();
            if (isAway) void availability.refetch();
          }}
          isRetrying={worklist.isFetching}
        />
      )}
      {worklist.isPending && <Skeleton lines={4} />}

      <p role="alert" className="visually-hidden">
        {rings.size > 0 && <Trans>Incoming call</Trans>}
      </p>
      {rings.size > 0 && (
        <div className={styles.ringing}>
          <Section title={<Trans>Calling you now</Trans>} count={rings.size}>
            {sorted?.ringing.map((consultation) => (
              <Brief
                key={consultation.id}
                consultation={consultation}
                isRinging
                actions={
                  <>
                    <PrimaryAction
                      icon={<IconPhoneIncoming size={24} aria-hidden />}
                      onClick={() => setAsking({ kind: 'accept', consultation })}
                    >
                      <Trans>Accept</Trans>
                    </PrimaryAction>
                    <Action
                      tone="danger"
                      icon={<IconPhoneX size={22} aria-hidden />}
                      onClick={() => setAsking({ kind: 'decline', consultation })}
                    >
                      <Trans>Decline</Trans>
                    </Action>
                  </>
                }
              />
            ))}
            {/* The socket was faster than the list. */}
            {sorted && sorted.ringing.length < rings.size && <Skeleton lines={2} />}
          </Section>
        </div>
      )}

      {!isAway && (
        <TodayPanel viewer="specialist" specialtyName={specialtyName} onEnter={enter} onBook={() => undefined} />
      )}
      {sorted && worklist.data && (
        <>
          <Unsigned />
          {sorted.mine.length > 0 && (
            <Section title={<Trans>Mine, not finished</Trans>} count={sorted.mine.length}>
              {sorted.mine.map((consultation) => (
                <Brief
                  key={consultation.id}
                  consultation={consultation}
                  isMine
                  actions={
                    <PrimaryActionLink
                      to="/consults/$requestId"
                      params={{ requestId: consultation.id }}
                      icon={<IconArrowRight size={24} aria-hidden />}
                    >
                      {consultation.status === 'in_call' ? <Trans>Return to the call</Trans> : <Trans>Continue</Trans>}
                    </PrimaryActionLink>
                  }
                />
              ))}
            </Section>
          )}
          {sorted.written.length > 0 && (
            <Section title={<Trans>To be answered in writing</Trans>} count={sorted.written.length}>
              {sorted.written.map((consultation) => (
                <Brief
                  key={consultation.id}
                  consultation={consultation}
                  isMine
                  actions={
                    <PrimaryActionLink
                      to="/consults/$requestId"
                      params={{ requestId: consultation.id }}
                      icon={<IconPencil size={24} aria-hidden />}
                    >
                      <Trans>Answer</Trans>
                    </PrimaryActionLink>
                  }
                />
              ))}
            </Section>
          )}
          <Section title={<Trans>Nobody answered, waiting</Trans>} count={sorted.unanswered.length}>
            {notTaken && <ProblemNotice error={takenOr(notTaken)} />}
            {sorted.unanswered.map((consultation) => (
              <Brief
                key={consultation.id}
                consultation={consultation}
                actions={
                  <>
                    {consultation.isWritten ? (
                      <TakeInWriting consultation={consultation} onOutcome={setNotTaken} />
                    ) : (
                      <PrimaryAction
                        icon={<IconPhoneIncoming size={24} aria-hidden />}
                        onClick={() => setAsking({ kind: 'accept', consultation })}
                      >
                        <Trans>Take</Trans>
                      </PrimaryAction>
                    )}
                    <TriageButtons
                      acts={['ask', 'decline', 'redirect']}
                      onAct={(act) => setSorting({ act, consultation })}
                    />
                  </>
                }
              />
            ))}
            {sorted.unanswered.length === 0 && (
              <EmptyState
                title={<Trans>Nobody is waiting</Trans>}
                why={<Trans>A new call of your specialty rings on this page by itself.</Trans>}
                action={<RingTrial />}
              />
            )}
          </Section>
          <Done />
        </>
      )}

      {sorting && (
        <TriageDialog {...sorting} {...choices} onDone={() => setSorting(null)} onClose={() => setSorting(null)} />
      )}
      {asking?.kind === 'accept' && (
        <AcceptDialog
          consultation={asking.consultation}
          isStillOpen={isStillOpen}
          onJoining={openDevices}
          onAccepted={({ id }) => void navigate({ to: '/consults/$requestId', params: { requestId: id } })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.kind === 'decline' && (
        <DeclineDialog consultation={asking.consultation} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

/** A case that asks for an answer in writing becomes mine. */
function TakeInWriting({
  consultation,
  onOutcome,
}: {
  consultation: Consultation;
  onOutcome: (error: Error | null) => void;
}) {
  const navigate = useNavigate();
  const accept = useAcceptInTriage(consultation.id);
  return (
    <PrimaryAction
      icon={<IconPencil size={24} aria-hidden />}
      isBusy={accept.isPending}
      onClick={() => {
        onOutcome(null);
        accept
          .mutateAsync({ baseVersion: consultation.version, how: 'written', practitionerId: null })
          .then(({ id }) => navigate({ to: '/consults/$requestId', params: { requestId: id } }), onOutcome);
      }}
    >
      <Trans>Answer in writing</Trans>
    </PrimaryAction>
  );
}

/** What is written and not signed: the way to sign it, and the amendments, which stand in no other list while they wait. */
function Unsigned() {
  const unsigned = useConsultationPages('unsigned');
  const waiting = unsigned.data?.consultations.filter(({ status }) => status !== 'in_call') ?? [];
  const amendments = waiting.filter(({ conclusion }) => conclusion?.signedAt != null);
  // With a page still to come, what is not shown counts too.
  const count = unsigned.hasNextPage ? (unsigned.data?.total ?? waiting.length) : waiting.length;
  if (count === 0) return null;
  return (
    <>
      <ActionLink to="/sign" icon={<IconSignature size={22} aria-hidden />}>
        <Trans>Written and not signed: {count}</Trans>
      </ActionLink>
      {amendments.length > 0 && (
        <Section title={<Trans>Amendments begun, not signed</Trans>} count={amendments.length}>
          {amendments.map((consultation) => (
            <DoneRow key={consultation.id} consultation={consultation} />
          ))}
        </Section>
      )}
    </>
  );
}

const SHOWN_BEFORE = 5;

function Done() {
  const me = useCurrentUser().practitioner?.id;
  const recent = useConsultationPages('recent', 100);
  const { data, error, isPending, refetch, isFetching } = recent;
  const [hasAll, setHasAll] = useState(false);
  if (isPending) return <Skeleton lines={2} />;
  if (!data || !me) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  const { today, before } = listDone(data.consultations, me, new Date(serverNow()));
  const shown = hasAll ? before : before.slice(0, SHOWN_BEFORE);
  return (
    <>
      <Section title={<Trans>Done today</Trans>} count={today.length}>
        {today.map((consultation) => (
          <DoneRow key={consultation.id} consultation={consultation} />
        ))}
        {today.length === 0 && (
          <p className="quiet">
            <Trans>Signed conclusions of today appear here.</Trans>
          </p>
        )}
      </Section>
      {before.length > 0 && (
        <Section title={<Trans>Earlier</Trans>} count={recent.hasNextPage ? 0 : before.length}>
          {shown.map((consultation) => (
            <DoneRow key={consultation.id} consultation={consultation} />
          ))}
          {shown.length < before.length && (
            <Action onClick={() => setHasAll(true)}>
              <Trans>Show all</Trans>
            </Action>
          )}
          {shown.length === before.length && (
            <ShowMore
              shown={shown.length}
              total={null}
              hasMore={recent.hasNextPage}
              isBusy={recent.isFetchingNextPage}
              onMore={() => void recent.fetchNextPage()}
            />
          )}
        </Section>
      )}
    </>
  );
}

function Section({ title, count, children }: { title: ReactNode; count: number; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes(layout.stack, layout.tight)} aria-labelledby={id}>
      <h2 id={id}>
        {title} {count > 0 && <span className={styles.count}>{count}</span>}
      </h2>
      {children}
    </section>
  );
}
