import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { useStationLinks } from '../../features/link-checks/api/list-station-links.ts';
import { NetworkDiary } from '../../features/link-checks/components/network-diary.tsx';
import { StationLinks } from '../../features/link-checks/components/station-links.tsx';
import { useLocalText } from '../../lib/local-text.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';

const route = getRouteApi('/signed-in/network');

export function NetworkScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <Network />
    </ForRole>
  );
}

/** Which stations could be called now, and how the link of one of them was over the days. */
function Network() {
  const { t } = useLingui();
  const localText = useLocalText();
  const { station } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPending, isFetching, refetch } = useStationLinks();
  usePageTitle(t`Links of the stations`);
  const chosen = data?.find(({ stationId }) => stationId === station);
  const name = chosen ? localText(chosen.name) : '';
  return (
    <div className={layout.page}>
      <h1>
        <Trans>Links of the stations</Trans>
      </h1>
      {isPending && <Skeleton lines={6} />}
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {chosen && (
        <div className={layout.card}>
          <p>
            <strong>{name}</strong>
          </p>
          <NetworkDiary key={chosen.stationId} stationId={chosen.stationId} />
        </div>
      )}
      {data && (
        <StationLinks
          stations={data}
          chosen={station}
          onChoose={(stationId) => void navigate({ search: { station: stationId } })}
        />
      )}
    </div>
  );
}
