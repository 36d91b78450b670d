import { StationId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useServices } from '../../features/scheduling/api/list-services.ts';
import { Notice, SelectField } from '../../features/scheduling/components/rosters/form.tsx';
import { ServiceEditor } from '../../features/scheduling/components/rosters/service-editor.tsx';
import { ServiceList } from '../../features/scheduling/components/rosters/service-list.tsx';
import { StationKitEditor } from '../../features/scheduling/components/rosters/station-kit-editor.tsx';
import { useSpecialties, useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useStations } from '../../features/stations/api/list-stations.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { Action } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';
import desk from '../parts/roster-desk.module.css';

const route = getRouteApi('/signed-in/services');

export function ServicesScreen() {
  return (
    <ForRole roles={['coordinator', 'admin']}>
      <Services />
    </ForRole>
  );
}

/** What can be booked, and what the stations have for it. */
function Services() {
  const { t } = useLingui();
  const localText = useLocalText();
  const specialtyName = useSpecialtyName();
  const specialties = useSpecialties();
  const { data, error, isPending, isFetching, refetch } = useServices();
  const { edit } = route.useSearch();
  const navigate = route.useNavigate();
  const [isSaved, setIsSaved] = useState(false);
  usePageTitle(t`Services`);
  const open = (code: string | undefined) => {
    setIsSaved(false);
    void navigate({ search: (before) => ({ ...before, edit: code }) });
  };
  const edited = data?.find(({ code }) => code === edit);
  const isOpen = edit === 'new' || edited !== undefined;
  return (
    <div className={classes(layout.page, desk.wide)}>
      <div className={classes(layout.row, layout.spread)}>
        <h1>
          <Trans>Services</Trans>
        </h1>
        <Action icon={<IconPlus size={20} aria-hidden />} onClick={() => open('new')}>
          <Trans>New service</Trans>
        </Action>
      </div>
      {isSaved && (
        <Notice tone="well" isLive>
          <Trans>The service is saved. What is booked stays as it is.</Trans>
        </Notice>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={5} />}
      {data && (
        <div className={classes(desk.desk, isOpen && desk.withPanel)}>
          {data.length === 0 ? (
            <EmptyState
              title={<Trans>No services yet</Trans>}
              why={<Trans>A service says what can be booked: specialty, video or in writing, and how long.</Trans>}
              action={
                <Action onClick={() => open('new')}>
                  <Trans>New service</Trans>
                </Action>
              }
            />
          ) : (
            <div className={layout.card}>
              <ServiceList
                services={data}
                chosenCode={edit}
                specialtyName={specialtyName}
                onChange={({ code }) => open(code)}
              />
            </div>
          )}
          {isOpen && (
            <ServiceEditor
              key={edit}
              service={edited}
              codes={data.map(({ code }) => code)}
              specialties={(specialties.data ?? []).map(({ code, name }) => ({ code, name: localText(name) }))}
              onDone={() => {
                open(undefined);
                setIsSaved(true);
              }}
              onClose={() => open(undefined)}
            />
          )}
        </div>
      )}
      <StationKits />
    </div>
  );
}

function StationKits() {
  const { t } = useLingui();
  const localText = useLocalText();
  const stations = useStations();
  const { station } = route.useSearch();
  const navigate = route.useNavigate();
  const id = StationId.safeParse(station);
  return (
    <section className={classes(layout.stack, layout.narrow)} aria-labelledby="kit">
      <h2 id="kit">
        <Trans>Equipment of the stations</Trans>
      </h2>
      {stations.error && (
        <ProblemNotice
          error={stations.error}
          onRetry={() => void stations.refetch()}
          isRetrying={stations.isFetching}
        />
      )}
      <SelectField
        label={<Trans>Station</Trans>}
        value={station ?? ''}
        onChange={(event) =>
          void navigate({ search: (before) => ({ ...before, station: event.target.value || undefined }) })
        }
      >
        <option value="">{stations.isPending ? t`Loading…` : t`Choose a station`}</option>
        {(stations.data ?? []).map((entry) => (
          <option key={entry.id} value={entry.id}>
            {localText(entry.name)}
          </option>
        ))}
      </SelectField>
      {id.success && <StationKitEditor key={id.data} stationId={id.data} />}
    </section>
  );
}
