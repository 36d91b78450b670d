import type { RosterException } from '@jaqyn/shared/scheduling/roster.contract';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { ProblemError } from '../../../../lib/problem-error.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useWithdrawalPreview } from '../../api/preview-withdrawal.ts';
import { useWithdrawException } from '../../api/withdraw-exception.ts';
import { AffectedDecisions } from './affected-decisions.tsx';
import { isComplete, judge, NO_CHOICES } from './decisions.ts';
import type { Desk } from './desk.ts';
import { ExceptionWords } from './exception-list.tsx';
import { ChangedMeanwhile, NobodyBooked } from './form.tsx';
import { Panel, PanelFoot, PanelPart } from './panel.tsx';

/** Takes a leave, extra work or a whole substitution back; whoever is booked on what goes away is decided first. */
export function WithdrawPanel({ desk, exception }: { desk: Desk; exception: RosterException }) {
  const { practitioner, today } = desk;
  const params = { practitionerId: practitioner.id, exceptionId: exception.id };
  const [choices, setChoices] = useState(NO_CHOICES);
  const preview = useWithdrawalPreview(params);
  const withdraw = useWithdrawException();
  const affected = preview.data?.affected ?? [];
  const judged = judge(choices, affected);
  const isReady = preview.isSuccess && !preview.isFetching && isComplete(judged);
  const error = withdraw.error === null ? undefined : ProblemError.from(withdraw.error);
  const submit = () => {
    if (!isReady) return;
    withdraw.mutate(
      { params, body: { decisions: [...judged.decisions] } },
      {
        onSuccess: () => desk.onDone(<Trans>It is taken off the roster.</Trans>),
        onError: () => void preview.refetch(),
      },
    );
  };
  return (
    <Panel title={<Trans>Take it back?</Trans>} onClose={desk.onClose}>
      <p>
        <ExceptionWords exception={exception} />
      </p>
      {exception.kind === 'closure' && exception.substitutionId !== null && (
        <p>
          <Trans>The sessions of the substitute go with it.</Trans>
        </p>
      )}
      {affected.length > 0 && (
        <PanelPart title={<Trans>Booked patients</Trans>}>
          <AffectedDecisions
            affected={affected}
            choices={choices}
            onChange={setChoices}
            practitionerId={practitioner.id}
            specialty={practitioner.specialty}
            today={today}
            nameOf={desk.nameOf}
          />
        </PanelPart>
      )}
      {preview.isSuccess && !preview.isFetching && affected.length === 0 && <NobodyBooked />}
      {preview.error && (
        <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} isRetrying={preview.isFetching} />
      )}
      {error && error.code !== 'roster.booked_affected' && <ProblemNotice error={error} />}
      {error?.code === 'roster.booked_affected' && !preview.isFetching && <ChangedMeanwhile />}
      <PanelFoot>
        <PrimaryAction
          isBusy={withdraw.isPending || (preview.isFetching && !preview.isError)}
          disabled={!isReady}
          onClick={submit}
        >
          <Trans>Take it back</Trans>
        </PrimaryAction>
        <Action onClick={desk.onClose}>
          <Trans>Leave it</Trans>
        </Action>
      </PanelFoot>
    </Panel>
  );
}
