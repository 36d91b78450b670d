import { Trans } from '@lingui/react/macro';
import { serverNow } from '../../../lib/clock.ts';
import { classes } from '../../../ui/classes.ts';
import layout from '../../../ui/layout.module.css';
import { useConsultations } from '../api/list-consultations.ts';
import { ConsultationRow } from './consultation-row.tsx';

const DAY_MS = 86_400_000;

/** Requests that were declined since yesterday: the station reads why and what to do next. */
export function DeclinedList({ specialtyName }: { specialtyName: (code: string) => string }) {
  const { data } = useConsultations('recent', 200);
  const since = serverNow() - DAY_MS;
  const declined = data?.filter(
    ({ status, statusChangedAt }) => status === 'declined' && Date.parse(statusChangedAt) > since,
  );
  if (!declined || declined.length === 0) return null;
  return (
    <section className={classes(layout.stack, layout.tight)} aria-labelledby="declined">
      <h2 id="declined">
        <Trans>Declined, with what to do next</Trans>
      </h2>
      <ul className={layout.list}>
        {declined.map((one) => (
          <li key={one.id}>
            <ConsultationRow consultation={one} specialtyName={specialtyName(one.specialty)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
