import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Session } from '@jaqyn/shared/scheduling/expand';
import { Trans } from '@lingui/react/macro';
import { ClosurePanel } from '../../features/scheduling/components/rosters/closure-panel.tsx';
import type { Desk } from '../../features/scheduling/components/rosters/desk.ts';
import { EndWindowPanel } from '../../features/scheduling/components/rosters/end-window-panel.tsx';
import { ExtraPanel } from '../../features/scheduling/components/rosters/extra-panel.tsx';
import { Panel } from '../../features/scheduling/components/rosters/panel.tsx';
import { WindowPanel } from '../../features/scheduling/components/rosters/window-panel.tsx';
import { WithdrawPanel } from '../../features/scheduling/components/rosters/withdraw-panel.tsx';
import { Action } from '../../ui/action.tsx';
import type { RosterSearch } from '../roster-search.ts';

interface RosterPanelProps {
  readonly desk: Desk;
  readonly search: RosterSearch;
  readonly monday: CalendarDate;
  onGhost(sessions: readonly Session[]): void;
}

/** The form that the address names; an entry that is no longer there is said so. */
export function RosterPanel({ desk, search, monday, onGhost }: RosterPanelProps) {
  const template = desk.templates.find(({ id }) => id === search.entry);
  const exception = desk.exceptions.find(({ id }) => id === search.entry);
  const key = `${search.panel} ${search.entry ?? ''}`;
  switch (search.panel) {
    case 'window':
      return <WindowPanel key={key} desk={desk} replaced={undefined} monday={monday} onGhost={onGhost} />;
    case 'change':
      if (template === undefined) return <Gone desk={desk} />;
      return <WindowPanel key={key} desk={desk} replaced={template} monday={monday} onGhost={onGhost} />;
    case 'end':
      return template === undefined ? (
        <Gone desk={desk} />
      ) : (
        <EndWindowPanel key={key} desk={desk} template={template} />
      );
    case 'withdraw':
      return exception === undefined ? (
        <Gone desk={desk} />
      ) : (
        <WithdrawPanel key={key} desk={desk} exception={exception} />
      );
    case 'closure':
      return <ClosurePanel key={key} desk={desk} />;
    case 'extra':
      return <ExtraPanel key={key} desk={desk} monday={monday} onGhost={onGhost} />;
    case undefined:
      return null;
  }
}

function Gone({ desk }: { desk: Desk }) {
  return (
    <Panel title={<Trans>This is no longer on the roster</Trans>} onClose={desk.onClose}>
      <p>
        <Trans>Somebody ended it or took it back. The picture shows what applies now.</Trans>
      </p>
      <div>
        <Action onClick={desk.onClose}>
          <Trans>Close</Trans>
        </Action>
      </div>
    </Panel>
  );
}
