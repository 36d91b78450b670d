import { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { getRouteApi } from '@tanstack/react-router';
import { ProblemError } from '../../lib/problem-error.ts';
import { useCurrentUser } from '../../lib/session.ts';
import layout from '../../ui/layout.module.css';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ForRole } from '../parts/for-role.tsx';
import { RosterDesk } from '../parts/roster-desk.tsx';
import type { RosterSearch } from '../roster-search.ts';

const route = getRouteApi('/signed-in/rosters/$practitionerId');
const mine = getRouteApi('/signed-in/my-roster');

/** One specialist's roster for the coordinator, who changes it, and for the specialist, who reads it. */
export function RosterScreen() {
  const { practitionerId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const id = PractitionerId.safeParse(practitionerId);
  return (
    <ForRole roles={['coordinator', 'specialist', 'admin']}>
      {id.success ? (
        <RosterDesk
          key={id.data}
          practitionerId={id.data}
          search={search}
          onSearch={(next: RosterSearch) => void navigate({ search: next })}
        />
      ) : (
        <NotFoundPerson />
      )}
    </ForRole>
  );
}

/** The specialist's own: the same page at an address without an id. */
export function MyRosterScreen() {
  const { practitioner } = useCurrentUser();
  const search = mine.useSearch();
  const navigate = mine.useNavigate();
  return (
    <ForRole roles={['specialist']}>
      {practitioner === null ? (
        <NotFoundPerson />
      ) : (
        <RosterDesk
          practitionerId={practitioner.id}
          search={search}
          onSearch={(next: RosterSearch) => void navigate({ search: next })}
        />
      )}
    </ForRole>
  );
}

function NotFoundPerson() {
  return (
    <div className={layout.page}>
      <ProblemNotice error={ProblemError.local('practitioner.not_found')} />
    </div>
  );
}
