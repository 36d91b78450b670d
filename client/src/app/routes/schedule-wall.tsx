import { Trans, useLingui } from '@lingui/react/macro';
import { useWholeList } from '../../features/consultations/api/list-whole.ts';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import { isWaiting } from '../../features/consultations/station-place.ts';
import { BoardWordsProvider } from '../../features/scheduling/components/board/board-context.ts';
import { Wall } from '../../features/scheduling/components/board/wall.tsx';
import { unbroken } from '../../features/scheduling/components/board/wall-model.ts';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useNowSeconds } from '../../lib/clock.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { usePageTitle } from '../../ui/page-title.ts';
import { ForRole } from '../parts/for-role.tsx';

export function ScheduleWallScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <LateOnes />
    </ForRole>
  );
}

/** The wall of the coordinators' room; no names of patients, because walls are read by everybody. */
function LateOnes() {
  const { t } = useLingui();
  const specialtyName = useSpecialtyName();
  const localText = useLocalText();
  const { data, error } = useWholeList('open');
  const now = useNowSeconds();
  const requests = data
    ?.filter(isWaiting)
    .map(({ id, number, specialty, station, createdAt }) => ({
      id,
      minutes: Math.max(1, Math.floor((now - Date.parse(createdAt) / 1000) / 60)),
      title: `${specialtyName(specialty)} · ${unbroken(number)}`,
      place: localText(station.name),
    }))
    .sort((a, b) => b.minutes - a.minutes);
  usePageTitle(t`Wall`, requests?.length);
  return (
    <BoardWordsProvider value={{ specialtyName, urgencyWords }}>
      <h1 className="visually-hidden">
        <Trans>Wall</Trans>
      </h1>
      <Wall requests={requests} requestsError={error} />
    </BoardWordsProvider>
  );
}
