import { useLingui } from '@lingui/react/macro';
import { formatNumber } from './format.ts';

const [HOUR, DAY] = [60, 24 * 60];

/** Minutes as people judge them: `10 d`, `1 d 12 h`, `2 h 30 min`. What is no whole number above nought has no words. */
export function useMinutesInWords(): (minutes: number) => string {
  const { t } = useLingui();
  return (whole) => {
    if (!Number.isInteger(whole) || whole < 1) return '';
    const [days, hours, minutes] = [whole / DAY, (whole % DAY) / HOUR, whole % HOUR].map((part) =>
      formatNumber(Math.floor(part)),
    );
    return [
      whole >= DAY ? t`${days} d` : '',
      whole % DAY >= HOUR ? t`${hours} h` : '',
      whole % HOUR > 0 ? t`${minutes} min` : '',
    ]
      .filter((part) => part !== '')
      .join(' ');
  };
}
