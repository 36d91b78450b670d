import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPencil, IconTrash, IconUsers } from '@tabler/icons-react';
import { useLocalText } from '../../../../lib/local-text.ts';
import { Action } from '../../../../ui/action.tsx';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { useDayWords } from './day-words.ts';
import list from './entry-list.module.css';

interface SpecialDayListProps {
  readonly days: readonly SpecialDay[];
  readonly onChange?: ((day: SpecialDay) => void) | undefined;
  readonly onDelete?: ((day: SpecialDay) => void) | undefined;
  /** Who is booked on a day to come. */
  readonly onBooked?: ((day: SpecialDay) => void) | undefined;
}

/** Holidays by law and days by order, with where each comes from. */
export function SpecialDayList({ days, onChange, onDelete, onBooked }: SpecialDayListProps) {
  const { t } = useLingui();
  const words = useDayWords();
  const localText = useLocalText();
  return (
    <ul className={list.list}>
      {days.map((special) => {
        const { day, kind, isMoved, isByOrder, worksAs, source } = special;
        const worksLike = worksAs === null ? '' : words.weekday(worksAs, 'full');
        return (
          <li key={day} className={list.entry}>
            <div className={list.words}>
              <span>
                <span className={list.title}>{words.day(day)}</span> {localText(special.name)}
              </span>
              <span>
                <StatusBadge tone={kind === 'day_off' ? 'heed' : 'accent'}>
                  {kind === 'day_off' ? t`Day off` : t`Working day`}
                </StatusBadge>{' '}
                <span className="quiet">
                  {isByOrder ? t`by order` : isMoved ? t`moved from a weekend, by law` : t`by law`}
                  {source !== '' && `: ${source}`}
                  {worksLike !== '' && <>, {t`works like: ${worksLike}`}</>}
                </span>
              </span>
            </div>
            {isByOrder && onChange && onDelete && onBooked && (
              <div className={list.actions}>
                <Action tone="quiet" icon={<IconUsers size={20} aria-hidden />} onClick={() => onBooked(special)}>
                  <Trans>Who is booked</Trans>
                </Action>
                <Action tone="quiet" icon={<IconPencil size={20} aria-hidden />} onClick={() => onChange(special)}>
                  <Trans>Change</Trans>
                </Action>
                <Action tone="quiet" icon={<IconTrash size={20} aria-hidden />} onClick={() => onDelete(special)}>
                  <Trans>Take back</Trans>
                </Action>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
