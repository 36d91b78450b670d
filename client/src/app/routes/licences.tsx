import { LICENCE_STANDINGS, type LicenceStanding } from '@jaqyn/shared/staff/licence';
import { Trans, useLingui } from '@lingui/react/macro';
import { useDeferredValue, useState } from 'react';
import { useLicences } from '../../features/staff/api/licences.ts';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { LicenceCard, standingWords } from '../../features/staff/components/licence-card.tsx';
import { formatNumber } from '../../lib/format.ts';
import { Action } from '../../ui/action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';

export function LicencesScreen() {
  return (
    <ForRole roles={['admin']}>
      <Licences />
    </ForRole>
  );
}

/** Until when each specialist may consult: without a licence of the day a consult is not payable. */
function Licences() {
  const { t } = useLingui();
  const specialtyName = useSpecialtyName();
  const [text, setText] = useState('');
  const [standing, setStanding] = useState<LicenceStanding>();
  const q = useDeferredValue(text.trim());
  const pages = useLicences(q, standing);
  const { data, error, isPending, isFetching, refetch } = pages;
  usePageTitle(t`Licences`, (data?.counts?.ending ?? 0) + (data?.counts?.ended ?? 0));
  return (
    <div className={layout.page}>
      <h1>
        <Trans>Licences</Trans>
      </h1>
      <p>
        <Trans>
          A consult is payable when the specialist had a valid licence on its day and on the day of the signature. Where
          none is entered, nobody knows, and it is not asked.
        </Trans>
      </p>
      <search className={layout.stack}>
        <TextField
          label={t`Name of the specialist`}
          value={text}
          autoComplete="off"
          maxLength={100}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={layout.row}>
          <Action aria-pressed={standing === undefined} onClick={() => setStanding(undefined)}>
            <Trans>All</Trans>
          </Action>
          {LICENCE_STANDINGS.map((one) => (
            <Action key={one} aria-pressed={standing === one} onClick={() => setStanding(one)}>
              {t(standingWords[one].label)} {data?.counts && `(${formatNumber(data.counts[one] ?? 0)})`}
            </Action>
          ))}
        </div>
      </search>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={6} />}
      {data?.people.length === 0 && (
        <EmptyState
          title={<Trans>Nobody found</Trans>}
          why={<Trans>Nobody of this name stands like this today.</Trans>}
        />
      )}
      {data && data.people.length > 0 && (
        <>
          <ul className={layout.list}>
            {data.people.map((person) => (
              <li key={person.practitioner.id} className={layout.card}>
                <LicenceCard person={person} specialtyName={specialtyName} />
              </li>
            ))}
          </ul>
          <ShowMore
            shown={data.people.length}
            total={data.total}
            hasMore={pages.hasNextPage}
            isBusy={pages.isFetchingNextPage}
            onMore={() => void pages.fetchNextPage()}
          />
        </>
      )}
    </div>
  );
}
