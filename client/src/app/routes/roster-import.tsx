import { localDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { IMPORT_COLUMNS } from '@jaqyn/shared/scheduling/roster-csv';
import { Trans, useLingui } from '@lingui/react/macro';
import { useServices } from '../../features/scheduling/api/list-services.ts';
import { ImportDesk } from '../../features/scheduling/components/rosters/import-desk.tsx';
import { columnWords } from '../../features/scheduling/components/rosters/schedule-words.ts';
import { mondayOf } from '../../features/scheduling/components/rosters/week-picture.ts';
import { serverNow } from '../../lib/clock.ts';
import { ActionLink } from '../../ui/action.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ForRole } from '../parts/for-role.tsx';

export function RosterImportScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <RosterImport />
    </ForRole>
  );
}

/** Weekly windows of many specialists from one file. */
function RosterImport() {
  const { t } = useLingui();
  const services = useServices();
  usePageTitle(t`Import of rosters`);
  const [service] = services.data ?? [];
  const next = addDays(mondayOf(localDate(new Date(serverNow()))), 7);
  return (
    <div className={layout.page}>
      <h1>
        <Trans>Import of rosters</Trans>
      </h1>
      <p>
        <Trans>
          One row is one weekly window of one specialist. Nothing is added before you have looked at every row; existing
          windows and bookings stay as they are.
        </Trans>
      </p>
      <ImportDesk
        example={{
          login: 'login',
          service: service?.code ?? 'cardiology-video',
          mode: service?.mode ?? 'video',
          validFrom: next,
        }}
      />
      <Disclosure title={<Trans>What stands in which column</Trans>}>
        <dl className={layout.fields}>
          {IMPORT_COLUMNS.map((column) => (
            <div key={column}>
              <dt>
                <code>{column}</code>
              </dt>
              <dd className="quiet">{t(columnWords[column])}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
      <div>
        <ActionLink to="/rosters">
          <Trans>To the rosters</Trans>
        </ActionLink>
      </div>
    </div>
  );
}
