import type { ConsultTextHit } from '@jaqyn/shared/consultations/consult-search.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { LEAST_LETTERS, useConsultSearch } from '../../features/consult-texts/api/search-consults.ts';
import { HitList } from '../../features/consult-texts/components/hit-list.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { homeOf } from '../home-of.ts';
import { ForRole } from '../parts/for-role.tsx';

const route = getRouteApi('/signed-in/search');

export function SearchScreen() {
  return (
    <ForRole roles={['feldsher', 'specialist', 'coordinator']}>
      <Search />
    </ForRole>
  );
}

/** What was written in the consults one may read: chat, questions, signed conclusions. */
function Search() {
  const { t } = useLingui();
  const { role } = useCurrentUser();
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q);
  const asked = useDebounced(text.trim(), 300);
  const specialtyName = useSpecialtyName();
  const { data, error, isFetching, isPlaceholderData, refetch } = useConsultSearch(asked);
  usePageTitle(t`Search in consults`);
  // In the address, so that "back" from a consult leads to what was found.
  useEffect(() => {
    if (asked !== q) void navigate({ search: asked === '' ? {} : { q: asked }, replace: true });
  }, [asked, q, navigate]);
  const isAsked = asked.length >= LEAST_LETTERS;
  const linkOf = ({ requestId, kind }: ConsultTextHit) => {
    if (role === 'specialist') {
      return (
        <ActionLink to="/consults/$requestId" params={{ requestId }} tone="quiet">
          <Trans>Open the consult</Trans>
        </ActionLink>
      );
    }
    if (role !== 'feldsher') return null;
    if (kind !== 'conclusion') {
      // Wherever it goes on: the call, the waiting, the result.
      return (
        <ActionLink to="/requests/$requestId/status" params={{ requestId }} tone="quiet">
          <Trans>Open the request</Trans>
        </ActionLink>
      );
    }
    return (
      <ActionLink to="/requests/$requestId/result" params={{ requestId }} tone="quiet">
        <Trans>Conclusion</Trans>
      </ActionLink>
    );
  };
  return (
    <div className={classes(layout.page, layout.narrow)}>
      <h1>
        <Trans>Search in consults</Trans>
      </h1>
      <search>
        <TextField
          label={<Trans>Words from the chat, the question or the conclusion</Trans>}
          description={t`The beginnings of words are enough; Kazakh letters may be left out.`}
          value={text}
          type="search"
          autoComplete="off"
          maxLength={120}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </search>
      {error && isAsked && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isAsked && data === undefined && !error && <Skeleton lines={6} />}
      {isAsked && data?.hits.length === 0 && !isPlaceholderData && (
        <EmptyState
          title={<Trans>Nothing was found</Trans>}
          why={<Trans>Only consults that you may read are searched. Try fewer or shorter words.</Trans>}
          action={
            <ActionLink to={homeOf(role)}>
              <Trans>Start page</Trans>
            </ActionLink>
          }
        />
      )}
      {isAsked && data !== undefined && data.hits.length > 0 && (
        <>
          <HitList hits={data.hits} specialtyName={specialtyName} linkOf={linkOf} />
          {data.hasMore && (
            <p className="quiet">
              <Trans>There is more: add a word.</Trans>
            </p>
          )}
        </>
      )}
    </div>
  );
}
