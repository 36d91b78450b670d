import { Trans, useLingui } from '@lingui/react/macro';
import { IconCheck } from '@tabler/icons-react';
import { Action } from '../../../ui/action.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { cancelWords } from '../components/appointments/appointment-words.ts';
import { useWhen } from '../components/appointments/when.ts';
import styles from './news-list.module.css';
import type { News } from './schedule-news.ts';
import { useScheduleNews } from './use-schedule-news.ts';

/** What the coordinator or a specialist changed in the station's appointments, in words, until somebody has read it. */
export function NewsList() {
  const { t } = useLingui();
  const { news, markRead } = useScheduleNews();
  return (
    <ul className={styles.list} aria-label={t`Changes by others`} aria-live="polite">
      {news.map((one) => {
        const { shortName } = one.appointment.patient;
        return (
          <li key={one.appointment.id} className={styles.news}>
            <StatusBadge tone="heed">
              <Trans>Was changed</Trans>
            </StatusBadge>
            <p className={styles.words}>
              <NewsWords news={one} />
            </p>
            <Action
              icon={<IconCheck size={20} aria-hidden />}
              aria-label={t`Read: ${shortName}`}
              onClick={() => markRead(one)}
            >
              <Trans>Read</Trans>
            </Action>
          </li>
        );
      })}
    </ul>
  );
}

function NewsWords({ news }: { news: News }) {
  const { t } = useLingui();
  const when = useWhen();
  const { appointment } = news;
  const who = appointment.patient.shortName;
  const before = when(news.before);
  const time = when(appointment.startsAt);
  const doctor = appointment.practitioners[0]?.displayName ?? '';
  switch (news.kind) {
    case 'moved':
      return (
        <Trans>
          {who}: moved from {before} to <strong>{time}</strong> ({doctor})
        </Trans>
      );
    case 'other_specialist':
      return (
        <Trans>
          {who}, {time}: now with <strong>{doctor}</strong>
        </Trans>
      );
    case 'cancelled': {
      const reason = appointment.cancelReason === null ? '' : t(cancelWords[appointment.cancelReason]);
      return reason === '' ? (
        <Trans>
          {who}, {before}: <strong>cancelled</strong>
        </Trans>
      ) : (
        <Trans>
          {who}, {before}: <strong>cancelled</strong> ({reason})
        </Trans>
      );
    }
    case 'put_back':
      return (
        <Trans>
          {who}, {before}: <strong>back on the waiting list</strong>
        </Trans>
      );
    case 'booked':
      return (
        <Trans>
          {who}: booked for <strong>{time}</strong> ({doctor})
        </Trans>
      );
    case 'confirmed':
      return (
        <Trans>
          {who}, <strong>{time}</strong>: confirmed by the coordinator
        </Trans>
      );
  }
}
