import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { LinkCheckId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { LinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { useConsultation } from '../../features/consultations/api/get-consultation.ts';
import { useSaveLinkCheck } from '../../features/link-checks/api/save-link-check.ts';
import { CheckFindings } from '../../features/link-checks/components/check-findings.tsx';
import { NetworkDiary } from '../../features/link-checks/components/network-diary.tsx';
import { ToneQuestion } from '../../features/link-checks/components/tone-question.tsx';
import { playTestTone } from '../../features/link-checks/test-tone.ts';
import { PracticePicture } from '../../features/room/components/practice-picture.tsx';
import type { PracticePhase } from '../../features/room/practice-call.ts';
import { usePractice } from '../../features/room/use-practice.ts';
import { newId } from '../../lib/ids.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { useLinkState } from '../../lib/socket.ts';
import { ActionLink, PrimaryAction } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { homeOf } from '../home-of.ts';
import { ForRole } from '../parts/for-role.tsx';
import styles from './link-check.module.css';

const route = getRouteApi('/signed-in/link-check');

/** Camera, microphone, loudspeaker and link, tried by a short call with oneself before somebody else's time depends on them. */
export function LinkCheckScreen() {
  const { back } = route.useSearch();
  return <ForRole roles={['feldsher', 'specialist']}>{back ? <WhileWaiting requestId={back} /> : <Check />}</ForRole>;
}

/** From the waiting room: whoever answers meanwhile is not kept waiting by a check. */
function WhileWaiting({ requestId }: { requestId: RequestId }) {
  const { data } = useConsultation(requestId);
  if (data && isIn(data.status, ['in_call', 'interrupted'])) {
    return <Navigate to="/requests/$requestId/call" params={{ requestId }} replace />;
  }
  return <Check back={requestId} />;
}

type Speaker = LinkCheck['speaker'];

function Check({ back }: { back?: RequestId }) {
  const { t } = useLingui();
  const { role } = useCurrentUser();
  const link = useLinkState();
  const { state, begin } = usePractice();
  const { phase } = state;
  const [checkId, setCheckId] = useState<LinkCheckId>();
  const [speaker, setSpeaker] = useState<Speaker>('not_asked');
  const save = useSaveLinkCheck();
  usePageTitle(t`Camera, sound and link`);

  const found = phase.kind === 'done' ? phase.found : undefined;
  const check = found && { ...found, speaker };
  const keep = (told: Speaker) => {
    if (found && checkId) save.mutate({ id: checkId, check: { ...found, speaker: told } });
  };
  const keepMeasured = useEffectEvent(() => keep(speaker));
  const isDone = found !== undefined;
  useEffect(() => {
    if (isDone) keepMeasured();
  }, [isDone]);
  // Said after it was kept: the newer word holds.
  const answer = (told: Speaker) => {
    setSpeaker(told);
    keep(told);
  };

  const start = () => {
    setCheckId(newId() as LinkCheckId);
    setSpeaker('not_asked');
    save.reset();
    begin();
    // A browser that lets nothing be heard shows in the answer.
    playTestTone().catch(() => undefined);
  };

  return (
    <div className={layout.page}>
      <h1>
        <Trans>Camera, sound and link</Trans>
      </h1>
      {back && (
        <p role="status" className={styles.note}>
          <Trans>The specialist is still being called. When somebody answers, the call opens by itself.</Trans>
        </p>
      )}
      {phase.kind === 'idle' ? (
        <div className={layout.stack}>
          <p>
            <Trans>
              Under a minute: a tone, then a call with nobody but yourself, there and back through the server. Nobody
              hears or sees you, and nothing of it is recorded on the server but the figures.
            </Trans>
          </p>
          <div className={layout.row}>
            <PrimaryAction
              icon={<IconPlayerPlay size={24} aria-hidden />}
              onClick={start}
              disabled={link.kind !== 'connected'}
            >
              <Trans>Start the check</Trans>
            </PrimaryAction>
            <Back back={back} role={role} />
          </div>
          {link.kind !== 'connected' && (
            <p role="status" className="quiet">
              <Trans>There is no link to the server at the moment; the check can start when it is back.</Trans>
            </p>
          )}
        </div>
      ) : (
        <>
          <div className={styles.running}>
            <PracticePicture practice={state} />
            <div className={layout.stack}>
              <Progress phase={phase} />
              <ToneQuestion answer={speaker} onAnswer={answer} />
            </div>
          </div>
          {state.microphone?.problem && <ProblemNotice error={state.microphone.problem} />}
          {state.camera?.problem && state.camera.problem.code !== state.microphone?.problem?.code && (
            <ProblemNotice error={state.camera.problem} />
          )}
        </>
      )}
      {check && (
        <section className={classes(layout.card, layout.stack)} aria-labelledby="check-findings">
          <h2 id="check-findings">
            <Trans>What it means for a consult</Trans>
          </h2>
          <CheckFindings check={check} />
          <div className={layout.row}>
            <PrimaryAction icon={<IconRefresh size={24} aria-hidden />} onClick={start}>
              <Trans>Check again</Trans>
            </PrimaryAction>
            <Back back={back} role={role} />
            <span role="status" className="quiet">
              {save.isSuccess && <Trans>Kept in the network diary</Trans>}
            </span>
          </div>
          {save.isError && (
            <ProblemNotice error={save.error} onRetry={() => keep(speaker)} isRetrying={save.isPending} />
          )}
        </section>
      )}
      <NetworkDiary />
    </div>
  );
}

function Progress({ phase }: { phase: PracticePhase }) {
  const { t } = useLingui();
  const share = phase.kind === 'measuring' ? phase.progress : phase.kind === 'done' ? 1 : 0;
  return (
    <div role="status" className={styles.progress}>
      <p>
        <ProgressWords phase={phase} />
      </p>
      <progress className={styles.bar} value={share} max={1} aria-label={t`Progress of the check`} />
    </div>
  );
}

function ProgressWords({ phase }: { phase: PracticePhase }) {
  switch (phase.kind) {
    case 'idle':
    case 'asking':
      return <Trans>The browser asks for the camera and the microphone: choose "Allow".</Trans>;
    case 'connecting':
      return <Trans>Calling yourself through the server…</Trans>;
    case 'measuring':
      return <Trans>Say something, for example count to ten. The large picture is what came back.</Trans>;
    case 'done':
      return <Trans>The check is done.</Trans>;
  }
}

function Back({ back, role }: { back: RequestId | undefined; role: Parameters<typeof homeOf>[0] }) {
  return back ? (
    <ActionLink
      to="/requests/$requestId/call"
      params={{ requestId: back }}
      icon={<IconArrowLeft size={22} aria-hidden />}
    >
      <Trans>Back to the waiting room</Trans>
    </ActionLink>
  ) : (
    <ActionLink to={homeOf(role)} icon={<IconArrowLeft size={22} aria-hidden />}>
      <Trans>Start page</Trans>
    </ActionLink>
  );
}
