import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { formatDateTime, formatTime } from '../../../../lib/format.ts';
import type { Board } from '../../api/get-board.ts';
import { changeAuthors, forgetAuthors } from '../../change-authors.ts';
import { ownVersions } from '../../own-changes.ts';
import { type BoardNews, listBoardNews, listChanged } from './board-news.ts';
import styles from './board-news-line.module.css';

interface NewsLineProps {
  readonly board: Board;
  /** Other days or people are no news. */
  readonly viewKey: string;
  nameOf(practitionerId: string): string;
}

interface Told {
  readonly at: string;
  readonly news: BoardNews;
  /** Undefined where nobody said whose change it was: a clock of the server's, or a station of another oblast. */
  readonly author: string | undefined;
}

/** What somebody else has just changed on these days: the board moves under one's hands, and this says what moved. */
export function BoardNewsLine({ board, viewKey, nameOf }: NewsLineProps) {
  const { t } = useLingui();
  const before = useRef<{ viewKey: string; board: Board } | null>(null);
  const [told, setTold] = useState<readonly Told[]>([]);

  useEffect(() => {
    const last = before.current;
    before.current = { viewKey, board };
    if (last === null || last.viewKey !== viewKey) {
      setTold([]);
      return;
    }
    const news = listBoardNews(last.board.appointments, board.appointments, ownVersions.get());
    const fresh = news.map(
      (one): Told => ({ at: board.at, news: one, author: changeAuthors.get().get(one.appointment.id) }),
    );
    forgetAuthors(listChanged(last.board.appointments, board.appointments));
    if (fresh.length > 0) setTold((old) => [...fresh, ...old].slice(0, 3));
  }, [board, viewKey]);

  function words({ kind, appointment }: BoardNews): string {
    const who = appointment.patient.shortName;
    const place = placeOf(appointment, nameOf);
    switch (kind) {
      case 'came':
        return t`${who} was booked: ${place}`;
      case 'moved':
        return t`${who} was moved: ${place}`;
      case 'went':
        return t`${who} is no longer here`;
      case 'changed':
        return t`${who} was changed: ${place}`;
    }
  }

  return (
    <div className={styles.news} role="log" aria-label={t`Changes by others`}>
      {told.map(({ at, news, author }) => (
        <p key={`${news.appointment.id} ${news.appointment.version} ${news.kind}`}>
          <span className={styles.time}>{formatTime(at)}</span>{' '}
          {author === undefined ? <Trans>Others:</Trans> : <b>{author}:</b>} {words(news)}
        </p>
      ))}
    </div>
  );
}

function placeOf({ practitioners, startsAt }: Appointment, nameOf: (id: string) => string): string {
  const [first] = practitioners;
  const name = first === undefined ? '' : nameOf(first.id) || first.displayName;
  return [name, startsAt === null ? '' : formatDateTime(startsAt)].filter((part) => part !== '').join(', ');
}
