import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconFileImport } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useSpecialists } from '../../features/scheduling/api/list-specialists.ts';
import { SpecialistList } from '../../features/scheduling/components/rosters/specialist-list.tsx';
import { mondayOf } from '../../features/scheduling/components/rosters/week-picture.ts';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { serverNow } from '../../lib/clock.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OblastFilter, SpecialtyFilter } from '../parts/filters.tsx';
import { ForRole } from '../parts/for-role.tsx';

const route = getRouteApi('/signed-in/rosters');
const PAGE = 40;

export function RostersScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <Rosters />
    </ForRole>
  );
}

/** Specialists by name, specialty and oblast; each with how full the week is. */
function Rosters() {
  const { t } = useLingui();
  const specialtyName = useSpecialtyName();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q = '', specialty, region, page = 0 } = search;
  const [typed, setTyped] = useState(q);
  const settled = useDebounced(typed.trim(), 300);
  usePageTitle(t`Rosters`);
  useEffect(() => {
    // Somebody who typed and pressed a name at once is on the way there already.
    if (settled !== q && location.pathname === '/rosters') {
      void navigate({ search: (before) => ({ ...before, q: settled || undefined, page: undefined }), replace: true });
    }
  }, [settled, q, navigate]);
  const from = mondayOf(localDate(new Date(serverNow())));
  const { data, error, isPending, isFetching, refetch } = useSpecialists({
    from,
    q,
    specialty: specialty as SpecialtyCode | undefined,
    region,
    offset: page * PAGE,
    limit: PAGE,
  });
  const isFiltered = q !== '' || specialty !== undefined || region !== undefined;
  const narrow = (to: { specialty?: string | undefined; region?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...to, page: undefined }) });
  const clear = () => {
    setTyped('');
    void navigate({ search: {} });
  };
  const [first, last] = [page * PAGE + 1, page * PAGE + (data?.rows.length ?? 0)];
  const total = data?.total ?? 0;
  return (
    <div className={layout.page}>
      <div className={classes(layout.row, layout.spread)}>
        <h1>
          <Trans>Rosters</Trans>
        </h1>
        <ActionLink to="/rosters/import" icon={<IconFileImport size={20} aria-hidden />}>
          <Trans>Import from a file</Trans>
        </ActionLink>
      </div>
      <search className={layout.fields}>
        <TextField
          label={<Trans>Name</Trans>}
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SpecialtyFilter value={specialty as SpecialtyCode | undefined} onChange={(to) => narrow({ specialty: to })} />
        <OblastFilter value={region} onChange={(to) => narrow({ region: to })} />
      </search>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={6} />}
      {data && data.rows.length > 0 && (
        <>
          <p className="quiet" role="status">
            {total > PAGE ? (
              <Trans>
                {first}–{last} of {total} specialists
              </Trans>
            ) : (
              <Plural value={total} one="# specialist" other="# specialists" />
            )}
          </p>
          <SpecialistList rows={data.rows} specialtyName={specialtyName} />
          {total > PAGE && (
            <nav className={layout.row} aria-label={t`Pages`}>
              <Action
                disabled={page === 0}
                onClick={() => void navigate({ search: (before) => ({ ...before, page: page - 1 || undefined }) })}
              >
                <Trans>Earlier</Trans>
              </Action>
              <Action
                disabled={last >= total}
                onClick={() => void navigate({ search: (before) => ({ ...before, page: page + 1 }) })}
              >
                <Trans>Further</Trans>
              </Action>
            </nav>
          )}
        </>
      )}
      {data && data.rows.length === 0 && (
        <EmptyState
          title={<Trans>No specialist is found</Trans>}
          why={
            isFiltered ? (
              <Trans>Nobody matches the name, the specialty and the oblast together.</Trans>
            ) : (
              <Trans>No specialist has been registered yet: an administrator adds them.</Trans>
            )
          }
          action={
            isFiltered && (
              <Action onClick={clear}>
                <Trans>Show everybody</Trans>
              </Action>
            )
          }
        />
      )}
    </div>
  );
}
