import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { DayEndEntry, DayEndList, DayEndPage } from '@jaqyn/shared/scheduling/day-end.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatDateTime, formatNumber } from '../../../../lib/format.ts';
import { useLanguage } from '../../../../lib/i18n.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { Action, ActionAnchor } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { ShowMore } from '../../../../ui/show-more.tsx';
import { StatusShape } from '../../../../ui/status-badge.tsx';
import { useDayEndList } from '../../api/list-day-end.ts';
import { causeWords } from '../appointments/appointment-words.ts';
import styles from './day-end-lists.module.css';
import { DAY_END_ORDER, dayEndWords } from './day-end-words.ts';

/** Of each list on the screen at first; the print has all that came, and says how many there are. */
const ROWS_SHOWN = 20;

/** For every program, and for the spreadsheet of the office. */
const FORMATS = ['csv', 'xlsx'] as const;

type Lists = Readonly<Record<DayEndList, DayEndPage>>;

/** How much is left open, each number leading to its list. */
export function DayEndCounts({ lists }: { lists: Lists }) {
  const { t } = useLingui();
  return (
    <ul className={styles.counts}>
      {DAY_END_ORDER.map((list) => {
        const count = lists[list].total;
        const tone = count === 0 ? 'well' : dayEndWords[list].tone;
        return (
          <li key={list} className={styles.count}>
            <span className={classes(styles.number, styles[tone])}>
              <StatusShape tone={tone} />
              {formatNumber(count)}
            </span>
            <a href={`#${list}`} className={styles.link}>
              {t(dayEndWords[list].title)}
            </a>
            <span className={styles.note}>{t(dayEndWords[list].note)}</span>
          </li>
        );
      })}
    </ul>
  );
}

interface DayEndListsProps {
  readonly lists: Lists;
  readonly shown: readonly DayEndList[];
  readonly day: CalendarDate;
  readonly region: string | undefined;
  specialtyName(code: string): string;
  /** Where something can be done about an entry. */
  actionOf(list: DayEndList, entry: DayEndEntry): ReactNode;
}

export function DayEndLists({ lists, shown, day, region, specialtyName, actionOf }: DayEndListsProps) {
  const { t } = useLingui();
  const language = useLanguage();
  return shown.map((list) => {
    const first = lists[list];
    const { total } = first;
    const words = dayEndWords[list];
    return (
      <section key={list} className={styles.section} id={list} aria-labelledby={`${list}-title`}>
        <div className={styles.head}>
          <h2 id={`${list}-title`}>
            {t(words.title)} {total > 0 && `(${formatNumber(total)})`}
          </h2>
          {total > 0 && <Files list={list} day={day} region={region} language={language} />}
        </div>
        {total === 0 ? (
          <p className="quiet">{t(words.none)}</p>
        ) : (
          <Table
            key={`${day} ${region ?? ''}`}
            list={list}
            first={first}
            day={day}
            region={region}
            specialtyName={specialtyName}
            actionOf={actionOf}
          />
        )}
      </section>
    );
  });
}

/** The whole list as a file: CSV for everything, XLSX for a spreadsheet. */
function Files({
  list,
  day,
  region,
  language,
}: {
  list: DayEndList;
  day: CalendarDate;
  region: string | undefined;
  language: Language;
}) {
  const { t } = useLingui();
  const query = new URLSearchParams({ day, list, language, ...(region !== undefined && { region }) });
  const title = t(dayEndWords[list].title);
  return (
    <span className={classes(styles.files, 'no-print')}>
      {FORMATS.map((format) => {
        const kind = format.toUpperCase();
        return (
          <ActionAnchor
            key={format}
            tone="quiet"
            icon={<IconDownload size={20} aria-hidden />}
            href={`/api/day-end.${format}?${query}`}
            download={`day-end-${day}-${list}.${format}`}
          >
            <Trans>
              Download {kind}
              <span className="visually-hidden">: {title}</span>
            </Trans>
          </ActionAnchor>
        );
      })}
    </span>
  );
}

function Table({
  list,
  first,
  day,
  region,
  specialtyName,
  actionOf,
}: Pick<DayEndListsProps, 'day' | 'region' | 'specialtyName' | 'actionOf'> & { list: DayEndList; first: DayEndPage }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const [isWhole, setIsWhole] = useState(false);
  const pages = useDayEndList({ list, day, region, first });
  const { entries } = pages;
  const count = entries.length;
  const isCut = !isWhole && count > ROWS_SHOWN;
  return (
    <>
      <table className={styles.table}>
        <caption className="visually-hidden">{t(dayEndWords[list].note)}</caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Patient</Trans>
            </th>
            <th scope="col">
              <Trans>Station</Trans>
            </th>
            <th scope="col">
              <Trans>Specialist</Trans>
            </th>
            <th scope="col">{list === 'no_shows' ? <Trans>When and why</Trans> : <Trans>Since</Trans>}</th>
            <th scope="col" className="no-print">
              <Trans>What to do</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => (
            <tr
              key={`${entry.requestId} ${entry.since}`}
              className={!isWhole && index >= ROWS_SHOWN ? styles.rest : undefined}
            >
              <td>
                <span className={styles.patient}>
                  {entry.patientName === '' ? <Trans>Patient not known yet</Trans> : entry.patientName}
                </span>
                <br />
                <span className="quiet">№ {entry.requestNumber}</span>
              </td>
              <td>{localText(entry.stationName)}</td>
              <td>
                {entry.practitionerName}
                {entry.practitionerName !== null && <br />}
                <span className="quiet">{specialtyName(entry.specialty)}</span>
              </td>
              <td>
                {formatDateTime(entry.since)}
                {entry.noShowCause !== null && (
                  <>
                    <br />
                    {t(causeWords[entry.noShowCause])}
                  </>
                )}
              </td>
              <td className={classes(styles.todo, 'no-print')}>{actionOf(list, entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && (
        <div className="no-print">
          <Action onClick={() => setIsWhole(true)}>
            {pages.hasMore ? <Trans>Show more</Trans> : <Trans>Show all {count}</Trans>}
          </Action>
        </div>
      )}
      {!isCut && (
        <ShowMore shown={count} total={pages.total} hasMore={pages.hasMore} isBusy={pages.isBusy} onMore={pages.more} />
      )}
      {pages.error && <ProblemNotice error={pages.error} />}
    </>
  );
}
