import type { RosterException } from '@jaqyn/shared/scheduling/roster.contract';
import { Trans } from '@lingui/react/macro';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useWithdrawException } from '../../api/withdraw-exception.ts';
import { AffectedDecisions } from './affected-decisions.tsx';
import type { Desk } from './desk.ts';
import { ExceptionWords } from './exception-list.tsx';
import { Panel, PanelFoot, PanelPart } from './panel.tsx';
import { useRefused } from './use-refused.ts';

/** Takes a leave, extra work or a whole substitution back; whoever is booked on what goes away is decided first. */
export function WithdrawPanel({ desk, exception }: { desk: Desk; exception: RosterException }) {
  const { practitioner, today } = desk;
  const refused = useRefused();
  const withdraw = useWithdrawException();
  const submit = () =>
    withdraw.mutate(
      {
        params: { practitionerId: practitioner.id, exceptionId: exception.id },
        body: { decisions: [...refused.judged.decisions] },
      },
      {
        onSuccess: () => desk.onDone(<Trans>It is taken off the roster.</Trans>),
        onError: (error) => void refused.onRefused(error),
      },
    );
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
      {refused.affected.length > 0 && (
        <PanelPart title={<Trans>Booked patients</Trans>}>
          <AffectedDecisions
            affected={refused.affected}
            choices={refused.choices}
            onChange={refused.setChoices}
            practitionerId={practitioner.id}
            specialty={practitioner.specialty}
            today={today}
            nameOf={desk.nameOf}
          />
        </PanelPart>
      )}
      {refused.error && <ProblemNotice error={refused.error} />}
      <PanelFoot>
        <PrimaryAction isBusy={withdraw.isPending || refused.isReading} disabled={!refused.isReady} onClick={submit}>
          <Trans>Take it back</Trans>
        </PrimaryAction>
        <Action onClick={desk.onClose}>
          <Trans>Leave it</Trans>
        </Action>
      </PanelFoot>
    </Panel>
  );
}
