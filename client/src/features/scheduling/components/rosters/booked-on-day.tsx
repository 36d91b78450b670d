import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { Plural, Trans } from '@lingui/react/macro';
import { IconCalendarWeek } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocalText } from '../../../../lib/local-text.ts';
import { useCurrentUser } from '../../../../lib/session.ts';
import { Action, ActionLink } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useBookedOnDay } from '../../api/list-booked-on-day.ts';
import { AppointmentCard } from '../appointments/appointment-card.tsx';
import list from './booked-on-day.module.css';
import { useDayWords } from './day-words.ts';
import { Notice } from './form.tsx';
import { Panel, PanelFoot } from './panel.tsx';

/** As many as one looks through before the next ones are asked for. */
const FEW = 15;

interface BookedOnDayProps {
  readonly day: CalendarDate;
  specialtyName(code: SpecialtyCode): string;
  onClose(): void;
}

/** Who has a time that an order took off the rosters. Nobody was moved: for each of them it is decided here, or they stay. */
export function BookedOnDay({ day, specialtyName, onClose }: BookedOnDayProps) {
  const words = useDayWords();
  const localText = useLocalText();
  const { role } = useCurrentUser();
  const { data, error, isPending, isFetching, refetch } = useBookedOnDay(day);
  const name = words.day(day);
  const [isWhole, setIsWhole] = useState(false);
  const total = data?.total ?? 0;
  const known = data?.appointments.length ?? 0;
  const more = total - known;
  return (
    <Panel title={<Trans>Booked on {name}</Trans>} onClose={onClose}>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={4} />}
      {data && total === 0 && (
        <Notice tone="well" isLive>
          <Trans>Nobody is booked at a time that is no slot of the rosters.</Trans>
        </Notice>
      )}
      {data && total > 0 && (
        <>
          <Notice tone="heed" isLive>
            <strong>
              <Plural
                value={total}
                one="# patient is booked outside of the rosters."
                other="# patients are booked outside of the rosters."
              />
            </strong>{' '}
            {role === 'coordinator' ? (
              <Trans>
                Nobody was moved. Move them, put them back on the waiting list, or leave them where they are.
              </Trans>
            ) : (
              <Trans>Nobody was moved. The coordinators of their oblasts find them here and decide.</Trans>
            )}
          </Notice>
          <ul className={list.list}>
            {data.appointments.slice(0, isWhole ? known : FEW).map((appointment) => {
              const { id, station, specialty } = appointment;
              return (
                <li key={id}>
                  <AppointmentCard
                    appointment={appointment}
                    viewer={role}
                    specialtyName={specialtyName(specialty)}
                    more={
                      <p className="quiet">
                        {localText(station.name)},{' '}
                        <a href={`tel:${station.phone.replaceAll(' ', '')}`}>{station.phone}</a>
                      </p>
                    }
                  />
                </li>
              );
            })}
          </ul>
          {!isWhole && known > FEW && (
            <Action onClick={() => setIsWhole(true)}>
              <Trans>Show all {known}</Trans>
            </Action>
          )}
          {isWhole && more > 0 && (
            <p className="quiet">
              <Trans>and {more} more</Trans>
            </p>
          )}
        </>
      )}
      <PanelFoot>
        {role === 'coordinator' && (
          <ActionLink
            to="/schedule"
            search={{ view: 'day', date: day }}
            icon={<IconCalendarWeek size={20} aria-hidden />}
          >
            <Trans>To the board</Trans>
          </ActionLink>
        )}
        <Action onClick={onClose}>
          <Trans>Close</Trans>
        </Action>
      </PanelFoot>
    </Panel>
  );
}
