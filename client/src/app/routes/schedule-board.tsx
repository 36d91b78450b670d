import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import { AppointmentActions } from '../../features/scheduling/components/appointments/appointment-actions.tsx';
import { BoardWordsProvider } from '../../features/scheduling/components/board/board-context.ts';
import type { BoardView } from '../../features/scheduling/components/board/board-days.ts';
import { ScheduleBoard } from '../../features/scheduling/components/board/schedule-board.tsx';
import { useSpecialties, useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { usePageTitle } from '../../ui/page-title.ts';
import { ForRole } from '../parts/for-role.tsx';
import styles from './schedule-board.module.css';

const route = getRouteApi('/signed-in/schedule');

export function ScheduleBoardScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <Board />
    </ForRole>
  );
}

function actionsOf(appointment: Appointment) {
  return <AppointmentActions appointment={appointment} viewer="coordinator" isCompact />;
}

/** The coordinator's board: specialists × time with the waiting list. The address holds every filter. */
function Board() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const specialties = useSpecialties();
  const specialtyName = useSpecialtyName();
  const localText = useLocalText();
  // A telephone shows a day where a link does not say otherwise.
  const [usual] = useState<BoardView>(() => (matchMedia('(max-width: 40em)').matches ? 'day' : 'week'));
  usePageTitle(t`Board`);
  return (
    <BoardWordsProvider value={{ specialtyName, urgencyWords }}>
      <div className={styles.page}>
        <h1 className="visually-hidden">
          <Trans>Board</Trans>
        </h1>
        <ScheduleBoard
          search={search}
          view={search.view ?? usual}
          specialties={(specialties.data ?? []).map(({ code, name }) => ({ code, name: localText(name) }))}
          onSearch={(change) => {
            // Other people or another specialty begin at the first page.
            const offset =
              'offset' in change ? change.offset : 'q' in change || 'specialty' in change ? undefined : search.offset;
            void navigate({ search: { ...search, ...change, offset }, replace: 'q' in change });
          }}
          actionsOf={actionsOf}
        />
      </div>
    </BoardWordsProvider>
  );
}
