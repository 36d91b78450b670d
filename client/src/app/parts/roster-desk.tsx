import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type { Session } from '@jaqyn/shared/scheduling/expand';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { RosterException } from '@jaqyn/shared/scheduling/roster.contract';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarOff, IconChevronLeft, IconChevronRight, IconClockPlus, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useRoster } from '../../features/scheduling/api/get-roster.ts';
import { useServices } from '../../features/scheduling/api/list-services.ts';
import { useSpecialDays } from '../../features/scheduling/api/list-special-days.ts';
import { useSpecialists } from '../../features/scheduling/api/list-specialists.ts';
import type { Desk } from '../../features/scheduling/components/rosters/desk.ts';
import { Notice } from '../../features/scheduling/components/rosters/form.tsx';
import { drawWeek, mondayOf, toSession } from '../../features/scheduling/components/rosters/week-picture.ts';
import { PlotLegend, WeekPlot } from '../../features/scheduling/components/rosters/week-plot.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { serverNow } from '../../lib/clock.ts';
import { formatDayMonth } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { Action } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { RosterSearch } from '../roster-search.ts';
import styles from './roster-desk.module.css';
import { RosterLists } from './roster-lists.tsx';
import { RosterPanel } from './roster-panel.tsx';

interface RosterDeskProps {
  readonly practitionerId: PractitionerId;
  readonly search: RosterSearch;
  onSearch(search: RosterSearch): void;
}

/** How far ahead exceptions and holidays are listed. */
const AHEAD_DAYS = { exceptions: 61, holidays: 180 };

/** A week as a picture with a form beside it; below, everything in words. */
export function RosterDesk({ practitionerId, search, onSearch }: RosterDeskProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const specialtyName = useSpecialtyName();
  const { role } = useCurrentUser();
  const today = localDate(new Date(serverNow()));
  const monday = mondayOf(search.week ?? today);
  const sunday = addDays(monday, 6);

  const person = useSpecialists({ from: monday, practitionerId, limit: 1 }, role !== 'admin');
  const week = useRoster(practitionerId, monday, sunday);
  const coming = useRoster(practitionerId, today, addDays(today, AHEAD_DAYS.exceptions));
  const first = monday < today ? monday : today;
  const special = useSpecialDays(first, addDays(first, AHEAD_DAYS.holidays + 60));
  const services = useServices();
  const colleagues = useSpecialists(
    { from: mondayOf(today), specialty: person.data?.rows[0]?.practitioner.specialty, limit: 60 },
    role === 'coordinator' && person.data?.rows[0] !== undefined,
  );
  const [ghost, setGhost] = useState<readonly Session[]>([]);
  const onGhost = useCallback((sessions: readonly Session[]) => setGhost(sessions), []);
  const [done, setDone] = useState<ReactNode>();

  const row = person.data?.rows.find(({ practitioner }) => practitioner.id === practitionerId);
  const name = row?.practitioner.displayName ?? '';
  const { taken = 0, slots = 0 } = row ?? {};
  usePageTitle(name === '' ? t`Roster` : t`Roster: ${name}`);

  const failed = [person, week, coming, special, services].find(({ error }) => error);
  const isPending = week.isPending || coming.isPending || special.isPending || services.isPending;
  const mayChange = role === 'coordinator' && row !== undefined;
  const open = (panel: RosterSearch['panel'], entry?: string) => {
    setDone(undefined);
    onSearch({ week: search.week, panel, entry });
  };
  const goTo = (day: CalendarDate) => onSearch({ ...search, week: mondayOf(day) });

  // The same as long as the answers are: what a form works out of them is not worked out again with each drawing.
  const known = coming.data?.exceptions;
  const exceptions = useMemo(() => inOrder(known ?? []), [known]);
  const templates = coming.data?.templates ?? [];
  const [from, to] = [formatDayMonth(monday), formatDayMonth(sunday)];
  const specialty = row?.practitioner.specialty;
  const offered = useOffered(services.data, specialty, today);

  const desk: Desk | undefined =
    row === undefined || specialty === undefined
      ? undefined
      : {
          practitioner: { id: practitionerId, displayName: name, specialty },
          today,
          services: offered,
          templates,
          exceptions,
          specialDays: special.data ?? [],
          nameOf: (id) =>
            colleagues.data?.rows.find(({ practitioner }) => practitioner.id === id)?.practitioner.displayName,
          onDone: (words) => {
            setDone(words);
            onSearch({ week: search.week });
          },
          onClose: () => onSearch({ week: search.week }),
        };
  const panel = mayChange && desk !== undefined && !isPending && search.panel !== undefined;

  return (
    <div className={classes(layout.page, styles.wide)}>
      <div className={classes(layout.stack, layout.tight)}>
        <h1>{name === '' ? <Trans>Roster</Trans> : name}</h1>
        {row && (
          <p className="quiet">
            {specialtyName(row.practitioner.specialty)}, {localText(row.practitioner.organization.name)}
          </p>
        )}
      </div>
      {done !== undefined && (
        <Notice tone="well" isLive>
          {done}
        </Notice>
      )}
      {mayChange && (
        <div className={layout.row}>
          <Action icon={<IconPlus size={20} aria-hidden />} onClick={() => open('window')}>
            <Trans>Add a weekly window</Trans>
          </Action>
          <Action icon={<IconCalendarOff size={20} aria-hidden />} onClick={() => open('closure')}>
            <Trans>Leave or hours off</Trans>
          </Action>
          <Action icon={<IconClockPlus size={20} aria-hidden />} onClick={() => open('extra')}>
            <Trans>Extra work</Trans>
          </Action>
        </div>
      )}
      {failed && (
        <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} isRetrying={failed.isFetching} />
      )}
      {isPending && !failed && <Skeleton lines={8} />}
      {week.data && special.data && (
        <div className={classes(styles.desk, panel && styles.withPanel)}>
          <div className={styles.left}>
            <section className={styles.plot} aria-labelledby="week">
              <div className={classes(layout.row, layout.spread)}>
                <h2 id="week" className={styles.week}>
                  {from} – {to}
                </h2>
                <div className={layout.steps}>
                  <Action icon={<IconChevronLeft size={20} aria-hidden />} onClick={() => goTo(addDays(monday, -7))}>
                    <Trans>Week before</Trans>
                  </Action>
                  <Action onClick={() => goTo(today)}>
                    <Trans>Today</Trans>
                  </Action>
                  <Action icon={<IconChevronRight size={20} aria-hidden />} onClick={() => goTo(addDays(monday, 7))}>
                    <Trans>Week after</Trans>
                  </Action>
                </div>
              </div>
              <WeekPlot
                picture={drawWeek(monday, week.data.sessions.map(toSession), week.data.exceptions, special.data)}
                today={today}
                ghost={ghost}
                onChoose={
                  mayChange
                    ? ({ source }) => open(source.kind === 'template' ? 'change' : 'withdraw', source.id)
                    : undefined
                }
              />
              <PlotLegend />
              {slots > 0 && (
                <p className="quiet">
                  <Trans>
                    {taken} of {slots} slots of this week are taken
                  </Trans>
                </p>
              )}
            </section>
            {coming.data && special.data && (
              <RosterLists
                practitionerId={practitionerId}
                today={today}
                templates={templates}
                exceptions={exceptions}
                specialDays={special.data.filter(({ day }) => day >= today)}
                languages={row?.practitioner.languages}
                chosenId={search.entry}
                onOpen={mayChange ? open : undefined}
              />
            )}
          </div>
          {panel && <RosterPanel desk={desk} search={search} monday={monday} onGhost={onGhost} />}
        </div>
      )}
    </div>
  );
}

function inOrder(exceptions: readonly RosterException[]): RosterException[] {
  return [...exceptions].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

function useOffered(
  services: readonly HealthcareService[] | undefined,
  specialty: string | undefined,
  today: CalendarDate,
): readonly HealthcareService[] {
  return useMemo(
    () =>
      (services ?? []).filter(
        (service) => service.specialty === specialty && (service.retiredFrom === null || service.retiredFrom > today),
      ),
    [services, specialty, today],
  );
}
