import type { Template } from '@jaqyn/shared/scheduling/roster.contract';
import { Trans } from '@lingui/react/macro';
import { IconCalendarOff, IconPencil } from '@tabler/icons-react';
import { Action } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { useDayWords, useTemplateWords } from './day-words.ts';
import styles from './entry-list.module.css';

interface WindowListProps {
  readonly templates: readonly Template[];
  readonly today: string;
  readonly chosenId: string | undefined;
  /** Only to look at without them. */
  readonly onChange?: ((template: Template) => void) | undefined;
  readonly onEnd?: ((template: Template) => void) | undefined;
}

/** The table behind the plot: every weekly window in words. */
export function WindowList({ templates, today, chosenId, onChange, onEnd }: WindowListProps) {
  const words = useTemplateWords();
  const days = useDayWords();
  return (
    <ul className={styles.list}>
      {templates.map((template) => {
        const { slotMinutes, bufferMinutes, rank } = template;
        return (
          <li key={template.id} className={classes(styles.entry, template.id === chosenId && styles.chosen)}>
            <div className={styles.words}>
              <span className={styles.title}>
                {days.weekdays(template.weekdays)} {words.hours(template)} {words.title(template)}
              </span>
              <span className="quiet">
                {template.mode === 'on_call' ? (
                  <Trans>rings as number {rank}</Trans>
                ) : bufferMinutes > 0 ? (
                  <Trans>
                    slots of {slotMinutes} min, {bufferMinutes} min between
                  </Trans>
                ) : (
                  <Trans>slots of {slotMinutes} min</Trans>
                )}
                {', '}
                {words.validity(template)}
              </span>
              {template.validFrom > today && (
                <span>
                  <StatusBadge tone="accent">
                    <Trans>to come</Trans>
                  </StatusBadge>
                </span>
              )}
            </div>
            {onChange && onEnd && (
              <div className={styles.actions}>
                <Action tone="quiet" icon={<IconPencil size={20} aria-hidden />} onClick={() => onChange(template)}>
                  <Trans>Change</Trans>
                </Action>
                <Action tone="quiet" icon={<IconCalendarOff size={20} aria-hidden />} onClick={() => onEnd(template)}>
                  <Trans>End</Trans>
                </Action>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
