import { dueOf } from '@jaqyn/shared/consultations/care-plan';
import type { CareTask } from '@jaqyn/shared/consultations/care-plan.contract';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarShare, IconCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatAge, formatCalendarDate, formatDateTime, formatShortName } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { dueWords, kindWords } from '../care-words.ts';
import styles from './care-task-list.module.css';
import { FinishDialog, MoveDialog } from './task-dialogs.tsx';

interface CareTaskListProps {
  readonly tasks: readonly CareTask[];
  readonly today: CalendarDate;
  /** A coordinator sees whose it is. */
  readonly hasStation: boolean;
  specialtyName(code: string): string;
  /** The way to the conclusion, where the reader may have it. */
  linkOf?(task: CareTask): ReactNode;
}

/** What is to be done for patients, the longest overdue first, each finished with a note or moved with a reason. */
export function CareTaskList({ tasks, today, hasStation, specialtyName, linkOf }: CareTaskListProps) {
  const [asked, setAsked] = useState<{ readonly kind: 'finish' | 'move'; readonly task: CareTask }>();
  const close = () => setAsked(undefined);
  return (
    <>
      <ul className={styles.list}>
        {tasks.map((task) => (
          <Task
            key={task.id}
            task={task}
            today={today}
            hasStation={hasStation}
            specialty={specialtyName(task.specialty)}
            link={linkOf?.(task)}
            onFinish={() => setAsked({ kind: 'finish', task })}
            onMove={() => setAsked({ kind: 'move', task })}
          />
        ))}
      </ul>
      {asked?.kind === 'finish' && <FinishDialog key={asked.task.id} task={asked.task} onClose={close} />}
      {asked?.kind === 'move' && <MoveDialog key={asked.task.id} task={asked.task} today={today} onClose={close} />}
    </>
  );
}

interface TaskProps {
  readonly task: CareTask;
  readonly today: CalendarDate;
  readonly hasStation: boolean;
  readonly specialty: string;
  readonly link: ReactNode;
  onFinish(): void;
  onMove(): void;
}

function Task({ task, today, hasStation, specialty, link, onFinish, onMove }: TaskProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const due = dueOf(task.dueOn, today);
  const isOpen = task.status === 'open';
  const who = formatShortName(task.patient);
  const station = localText(task.station.name);
  const { moveReason, reason, doneByName } = task;
  const doneAt = task.doneAt === null ? '' : formatDateTime(task.doneAt);
  return (
    <li className={classes(styles.task, isOpen && due !== 'later' && styles[due])}>
      <div className={styles.day}>
        <span className="nowrap">{formatCalendarDate(task.dueOn)}</span>
        {isOpen && due !== 'later' && <StatusBadge tone={dueWords[due].tone}>{t(dueWords[due].label)}</StatusBadge>}
        {!isOpen && (
          <StatusBadge tone="well">
            <Trans>carried out</Trans>
          </StatusBadge>
        )}
      </div>
      <div className={styles.what}>
        <span className={styles.title}>
          {who}, {formatAge(task.patient.birthDate)}
        </span>
        <span>
          {t(kindWords[task.kind])}
          {task.text !== '' && `: ${task.text}`}
        </span>
        {reason !== '' && (
          <span>
            <Trans>Cannot, because: {reason}</Trans>
          </span>
        )}
        {task.moves > 0 && isOpen && (
          <span className="quiet">
            <Trans>Moved: {moveReason}</Trans>
          </span>
        )}
        {!isOpen && (
          <span>
            {task.note}{' '}
            <span className="quiet">
              {doneAt}, {doneByName}
            </span>
          </span>
        )}
        <span className="quiet">
          {[`№ ${task.requestNumber}`, specialty, task.specialistName, hasStation ? station : null]
            .filter((part) => part)
            .join(' · ')}
        </span>
        {task.patient.phone !== '' && isOpen && (
          <a href={`tel:${task.patient.phone.replace(/[^+\d]/g, '')}`}>{task.patient.phone}</a>
        )}
      </div>
      <div className={styles.actions}>
        {isOpen && (
          <>
            <Action icon={<IconCheck size={20} aria-hidden />} aria-label={t`Done: ${who}`} onClick={onFinish}>
              <Trans>Done</Trans>
            </Action>
            <Action
              tone="quiet"
              icon={<IconCalendarShare size={20} aria-hidden />}
              aria-label={t`To another day: ${who}`}
              onClick={onMove}
            >
              <Trans>To another day</Trans>
            </Action>
          </>
        )}
        {link}
      </div>
    </li>
  );
}
