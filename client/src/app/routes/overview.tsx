import { Trans, useLingui } from '@lingui/react/macro';
import { OnCallRoster } from '../../features/staff/components/on-call-roster.tsx';
import { SpecialtyCoverage } from '../../features/staff/components/specialty-coverage.tsx';
import { HealthSummary } from '../../features/system/components/health-summary.tsx';
import { useCurrentUser } from '../../lib/session.ts';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ForRole } from '../parts/for-role.tsx';

export function OverviewScreen() {
  return (
    <ForRole roles={['admin', 'analyst']}>
      <Overview />
    </ForRole>
  );
}

/** For roles that see no patients: how the service is, and who could answer. The analyst sees numbers, no names. */
function Overview() {
  const { t } = useLingui();
  const { role } = useCurrentUser();
  usePageTitle(t`Overview`);
  return (
    <div className={layout.page}>
      <h1>
        <Trans>Overview</Trans>
      </h1>
      <section className={classes(layout.stack, layout.tight)} aria-labelledby="service">
        <h2 id="service">
          <Trans>The service now</Trans>
        </h2>
        <HealthSummary />
      </section>
      <section className={classes(layout.stack, layout.tight)} aria-labelledby="roster">
        <h2 id="roster">{role === 'admin' ? <Trans>On call today</Trans> : <Trans>Who could answer now</Trans>}</h2>
        {role === 'admin' ? <OnCallRoster /> : <SpecialtyCoverage />}
      </section>
    </div>
  );
}
