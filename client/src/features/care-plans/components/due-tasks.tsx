import { dueOf } from '@jaqyn/shared/consultations/care-plan';
import { localDate } from '@jaqyn/shared/kernel/time';
import { Trans } from '@lingui/react/macro';
import { IconListCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { useNowSeconds } from '../../../lib/clock.ts';
import { ActionLink } from '../../../ui/action.tsx';
import layout from '../../../ui/layout.module.css';
import { useDueTasks } from '../api/list-care-tasks.ts';
import { CareTaskList } from './care-task-list.tsx';

/** What else is on the first screen must not be pushed out of sight. */
const MOST = 4;

/** What is overdue or due today, on the station's first screen; nothing where there is nothing. */
export function DueTasks({ specialtyName }: { specialtyName: (code: string) => string }) {
  const id = useId();
  const today = localDate(new Date(useNowSeconds() * 1000));
  const { data } = useDueTasks();
  if (data === undefined || data.total === 0) return null;
  const due = data.tasks.filter(({ dueOn }) => dueOf(dueOn, today) !== 'later');
  const total = data.total;
  return (
    <section className={layout.stack} aria-labelledby={id}>
      <div className={`${layout.row} ${layout.spread}`}>
        <h2 id={id}>
          <Trans>To be done for patients</Trans>
        </h2>
        <ActionLink to="/follow-ups" tone="quiet" icon={<IconListCheck size={20} aria-hidden />}>
          <Trans>All of them: {total}</Trans>
        </ActionLink>
      </div>
      {due.length === 0 ? (
        <p className="quiet">
          <Trans>Nothing is due today.</Trans>
        </p>
      ) : (
        <CareTaskList tasks={due.slice(0, MOST)} today={today} hasStation={false} specialtyName={specialtyName} />
      )}
    </section>
  );
}
