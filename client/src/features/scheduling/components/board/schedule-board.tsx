import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { BOARD_PAGE } from '@jaqyn/shared/scheduling/board.contract';
import { minuteAt } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconClipboardList, IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { serverNow, useNowSeconds } from '../../../../lib/clock.ts';
import { mayActAlone } from '../../../../lib/single-keys.ts';
import { Action, ActionLink } from '../../../../ui/action.tsx';
import { ConfirmDialog } from '../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useBoard } from '../../api/get-board.ts';
import { useUnplaced } from '../../api/list-unplaced.ts';
import { useWaitlist } from '../../api/list-waitlist.ts';
import { ConflictList } from '../../booking/conflict-list.tsx';
import { UndoBar } from '../undo-bar.tsx';
import { AppointmentPanel } from './appointment-panel.tsx';
import { type BoardView, homeDate, shownDays, spanOfView } from './board-days.ts';
import { BoardFilters, type FilterChange } from './board-filters.tsx';
import { BoardGrid } from './board-grid.tsx';
import { BoardHelp } from './board-help.tsx';
import { BoardLegend } from './board-legend.tsx';
import { buildBoard, hoursOf, shortestSlot } from './board-model.ts';
import { BoardNewsLine } from './board-news-line.tsx';
import type { BoardSearch } from './board-search.ts';
import { CarryBar, Judgement } from './carry-bar.tsx';
import { describeTime } from './cell-words.ts';
import styles from './schedule-board.module.css';
import { SlotPanel } from './slot-panel.tsx';
import { timelineOf } from './timeline.ts';
import { useBoardDesk } from './use-board-desk.tsx';
import { useDrag } from './use-drag.ts';
import { useWidth } from './use-width.ts';
import { WaitlistColumn } from './waitlist-column.tsx';

/** The column of names and the grid's borders. */
const NAME_PX = 200;

interface ScheduleBoardProps {
  readonly search: BoardSearch;
  readonly view: BoardView;
  readonly specialties: readonly { readonly code: SpecialtyCode; readonly name: string }[];
  onSearch(change: FilterChange): void;
  /** What may be done with an appointment besides moving it. */
  actionsOf(appointment: Appointment): ReactNode;
}

/** Specialists × time with the waiting list: everything of the day in one place, live. */
export function ScheduleBoard({ search, view, specialties, onSearch, actionsOf }: ScheduleBoardProps) {
  const { t } = useLingui();
  const today = localDate(new Date(serverNow()));
  const home = homeDate(view, today);
  const date = search.date ?? home;
  const span = spanOfView(view, date);
  const { specialty, region, q = '', offset = 0 } = search;
  const limit = BOARD_PAGE[view];
  const query = { ...span, specialty, region, q, offset, limit };
  const { data: board, error, isPending, isFetching, refetch } = useBoard(query);
  const waitlist = useWaitlist({ specialty, region });
  const unplaced = useUnplaced({ specialty, region });
  // The minute is enough: slots begin on whole minutes.
  const now = Math.floor(useNowSeconds() / 60);
  const groups = useMemo(() => (board === undefined ? [] : buildBoard(board, now)), [board, now]);
  const days = useMemo(() => daysOf(view, date, groups), [view, date, groups]);
  const [mainRef, mainWidth] = useWidth<HTMLDivElement>();
  const room = mainWidth - NAME_PX;
  const timeline = useMemo(() => {
    if (view === 'week') return null;
    const hours = hoursOf(groups, date, minuteAt(date, 0));
    return timelineOf(hours, { shortestMinutes: shortestSlot(groups), room, zoom: search.zoom ?? 1 });
  }, [view, date, groups, search.zoom, room]);

  const desk = useBoardDesk({ groups, board, entries: waitlist.data?.entries, requests: unplaced.data?.requests, now });
  const searchRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || !mayActAlone(event) || !searchRef.current) return;
      event.preventDefault();
      searchRef.current.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const { onPointerDown, ghost, isDragging } = useDrag({
    onLift: desk.lift,
    onAim: desk.aim,
    onDrop: desk.drop,
    onGiveUp: desk.leave,
  });
  const { carried, selected, explanation, target } = desk;
  const nameOf = (practitionerId: string) =>
    board?.rows.find(({ practitioner }) => practitioner.id === practitionerId)?.practitioner.displayName ?? '';
  const aimed = target === undefined ? null : { cell: target, name: nameOf(target.practitionerId) };

  return (
    <div role="presentation" className={styles.board} onPointerDown={onPointerDown}>
      <BoardFilters search={search} view={view} date={date} home={home} specialties={specialties} onChange={onSearch} />
      <div className={styles.desk}>
        <div className={styles.side}>
          {selected?.kind === 'slot' && (
            <SlotPanel
              key={selected.cell.key}
              cell={selected.cell}
              name={nameOf(selected.cell.practitionerId)}
              isBusy={desk.isBusy}
              onBook={desk.book}
              onOffered={desk.close}
              onClose={desk.close}
            />
          )}
          {selected?.kind === 'taken' && (
            <AppointmentPanel
              key={selected.cell.key}
              cell={selected.cell}
              name={nameOf(selected.cell.practitionerId)}
              actionsOf={actionsOf}
              onPickUp={desk.pickUp}
              onClose={desk.close}
            />
          )}
          {unplaced.error && unplaced.data === undefined && (
            <ProblemNotice error={unplaced.error} onRetry={() => void unplaced.refetch()} />
          )}
          {waitlist.error && waitlist.data === undefined ? (
            <ProblemNotice error={waitlist.error} onRetry={() => void waitlist.refetch()} />
          ) : (
            <div hidden={selected !== null} className={styles.waitlist}>
              <WaitlistColumn
                entries={waitlist.data?.entries}
                total={waitlist.data?.total ?? 0}
                newcomers={unplaced.data?.requests ?? []}
                newcomersTotal={unplaced.data?.total ?? 0}
                carried={carried}
                searchRef={searchRef}
                onPickUp={(entry) => desk.pickUp(entry.appointment)}
                onPickUpNew={desk.pickUpNew}
              />
            </div>
          )}
        </div>
        <div className={styles.main} ref={mainRef}>
          {error && board === undefined && (
            <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
          )}
          {isPending && <Skeleton lines={8} />}
          {board && board.rows.length === 0 && <NobodyFound onSearch={onSearch} />}
          {board && board.rows.length > 0 && (
            <>
              <BoardGrid
                label={t`Board of specialists and their time`}
                helpId="board-help"
                groups={groups}
                days={days}
                specialDays={board.specialDays}
                timeline={timeline}
                now={now}
                today={today}
                marks={desk.marks}
                focusRequest={desk.focusRequest}
                onFocusCell={desk.focus}
                onPress={desk.press}
                onEnter={desk.enter}
                onOpen={desk.open}
                onEscape={desk.leaveByKey}
                onHover={desk.hover}
              />
              <Pages total={board.total} offset={offset} limit={limit} onSearch={onSearch} />
              <div className={styles.below}>
                <BoardLegend />
                <ActionLink
                  to="/day-list"
                  search={{ day: date, specialty, region }}
                  tone="quiet"
                  icon={<IconClipboardList size={20} aria-hidden />}
                >
                  <Trans>Day list</Trans>
                </ActionLink>
                <Action tone="quiet" icon={<IconPrinter size={20} aria-hidden />} onClick={() => print()}>
                  <Trans>Print</Trans>
                </Action>
              </div>
              <BoardNewsLine board={board} viewKey={JSON.stringify(query)} nameOf={nameOf} />
              <BoardHelp id="board-help" />
            </>
          )}
        </div>
      </div>
      {/* Over the page and not in it: nothing may move under a hand that carries. */}
      <div className={styles.dock}>
        <UndoBar isDocked />
        {desk.problem && <div className={styles.problem}>{desk.problem}</div>}
        {carried && <CarryBar carried={carried} target={aimed} explanation={explanation} onCancel={desk.leaveByKey} />}
      </div>
      <div ref={ghost} className={styles.ghost} hidden={!isDragging} aria-hidden="true">
        <b>{carried?.patient.shortName}</b>
        {aimed !== null && explanation !== null && (
          <span>
            {describeTime(aimed.cell)}: <Judgement explanation={explanation} />
          </span>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {desk.said}
      </p>
      <ConfirmDialog
        isOpen={desk.plan !== null}
        title={<Trans>Put it there all the same?</Trans>}
        confirmLabel={<Trans>Yes, put it there</Trans>}
        isBusy={desk.isBusy}
        onConfirm={desk.confirm}
        onCancel={desk.giveUp}
      >
        {desk.plan && (
          <>
            <p>
              <b>{desk.plan.carried.patient.shortName}</b> → {nameOf(desk.plan.cell.practitionerId)},{' '}
              {describeTime(desk.plan.cell)}
            </p>
            <ConflictList conflicts={desk.plan.conflicts} />
          </>
        )}
      </ConfirmDialog>
    </div>
  );
}

function daysOf(view: BoardView, date: CalendarDate, groups: ReturnType<typeof buildBoard>): CalendarDate[] {
  const withSomething = new Set<string>();
  for (const { lines } of groups) for (const { cells } of lines) for (const { day } of cells) withSomething.add(day);
  return shownDays(view, date, withSomething);
}

function NobodyFound({ onSearch }: { onSearch(change: FilterChange): void }) {
  return (
    <EmptyState
      title={<Trans>No specialist matches</Trans>}
      why={<Trans>Nobody of this specialty, oblast and name is on the board.</Trans>}
      action={
        <Action onClick={() => onSearch({ specialty: undefined, region: undefined, q: undefined, offset: undefined })}>
          <Trans>Show everybody</Trans>
        </Action>
      }
    />
  );
}

interface PagesProps {
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
  onSearch(change: FilterChange): void;
}

/** A country's board is long. */
function Pages({ total, offset, limit, onSearch }: PagesProps) {
  if (total <= limit && offset === 0) return null;
  const first = Math.min(total, offset + 1);
  const last = Math.min(total, offset + limit);
  const back = offset - limit;
  return (
    <nav className={styles.pages}>
      <Action disabled={offset === 0} onClick={() => onSearch({ offset: back > 0 ? back : undefined })}>
        <Trans>Specialists before</Trans>
      </Action>
      <span>
        <Trans>
          {first}–{last} of {total}
        </Trans>
      </span>
      <Action disabled={last >= total} onClick={() => onSearch({ offset: offset + limit })}>
        <Trans>More specialists</Trans>
      </Action>
    </nav>
  );
}
