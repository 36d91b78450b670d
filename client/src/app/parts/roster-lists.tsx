import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { RosterException, Template } from '@jaqyn/shared/scheduling/roster.contract';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { CalendarFeeds } from '../../features/scheduling/components/rosters/calendar-feeds.tsx';
import { ExceptionList } from '../../features/scheduling/components/rosters/exception-list.tsx';
import { LanguagesEditor } from '../../features/scheduling/components/rosters/languages-editor.tsx';
import { SpecialDayList } from '../../features/scheduling/components/rosters/special-day-list.tsx';
import { WindowList } from '../../features/scheduling/components/rosters/window-list.tsx';
import { useCurrentUser } from '../../lib/session.ts';
import { Action } from '../../ui/action.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import type { RosterSearch } from '../roster-search.ts';
import styles from './roster-desk.module.css';

interface RosterListsProps {
  readonly practitionerId: PractitionerId;
  readonly today: CalendarDate;
  readonly templates: readonly Template[];
  readonly exceptions: readonly RosterException[];
  readonly specialDays: readonly SpecialDay[];
  readonly languages: readonly Language[] | undefined;
  readonly chosenId: string | undefined;
  /** Absent for who may only look. */
  readonly onOpen: ((panel: RosterSearch['panel'], entry?: string) => void) | undefined;
}

/** The picture in words: windows, what is different, holidays; languages and calendar addresses of the specialist. */
export function RosterLists({
  practitionerId,
  today,
  templates,
  exceptions,
  specialDays,
  languages,
  chosenId,
  onOpen,
}: RosterListsProps) {
  const { role } = useCurrentUser();
  const holidays = specialDays.slice(0, 6);
  return (
    <div className={styles.below}>
      <Part id="windows" title={<Trans>Weekly windows</Trans>}>
        {templates.length === 0 ? (
          <EmptyState
            title={<Trans>No weekly windows yet</Trans>}
            why={<Trans>Without one there are no slots: nobody can be booked with this specialist.</Trans>}
            action={
              onOpen && (
                <Action onClick={() => onOpen('window')}>
                  <Trans>Add a weekly window</Trans>
                </Action>
              )
            }
          />
        ) : (
          <div className={layout.card}>
            <WindowList
              templates={templates}
              today={today}
              chosenId={chosenId}
              onChange={onOpen && (({ id }) => onOpen('change', id))}
              onEnd={onOpen && (({ id }) => onOpen('end', id))}
            />
          </div>
        )}
      </Part>
      <Part id="exceptions" title={<Trans>Leave, extra work and substitutions to come</Trans>}>
        {exceptions.length === 0 ? (
          <p className="quiet">
            <Trans>In the next two months everything is as the weekly windows say.</Trans>
          </p>
        ) : (
          <div className={layout.card}>
            <ExceptionList exceptions={exceptions} onWithdraw={onOpen && (({ id }) => onOpen('withdraw', id))} />
          </div>
        )}
      </Part>
      <Part id="holidays" title={<Trans>Public holidays to come</Trans>}>
        {holidays.length > 0 && (
          <div className={layout.card}>
            <SpecialDayList days={holidays} />
          </div>
        )}
      </Part>
      {languages && (role === 'coordinator' || role === 'specialist') && (
        <Part id="person" title={<Trans>Languages and calendar</Trans>}>
          <LanguagesEditor practitionerId={practitionerId} languages={languages} />
          <Disclosure title={<Trans>Show the appointments in another calendar</Trans>}>
            <CalendarFeeds practitionerId={practitionerId} />
          </Disclosure>
        </Part>
      )}
    </div>
  );
}

function Part({ id, title, children }: { id: string; title: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
