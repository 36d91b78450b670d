import type { DuplicatePair } from '@jaqyn/shared/patients/duplicate.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useDuplicatePairs } from '../../features/patients/api/merge-patients.ts';
import { MergeCards } from '../../features/patients/components/merge-cards.tsx';
import { MergeHistory } from '../../features/patients/components/merge-history.tsx';
import { PatientFacts } from '../../features/patients/components/patient-facts.tsx';
import { useStations } from '../../features/stations/api/list-stations.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { Action } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ForRole } from '../parts/for-role.tsx';

export function PatientDuplicatesScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <PatientDuplicates />
    </ForRole>
  );
}

/** Two cards of one person split what is known of them. The coordinator looks at both and makes them one. */
function PatientDuplicates() {
  const { t } = useLingui();
  const localText = useLocalText();
  const stations = useStations();
  const [chosen, setChosen] = useState<DuplicatePair>();
  usePageTitle(t`Double cards`);
  const stationName = (id: string) => {
    const found = stations.data?.find((station) => station.id === id);
    return found ? localText(found.name) : '…';
  };
  return (
    <div className={layout.page}>
      <h1>
        <Trans>Double cards</Trans>
      </h1>
      {chosen ? (
        <section className={layout.card} aria-label={t`Both cards`}>
          <MergeCards
            pair={chosen}
            stationName={stationName}
            onDone={() => setChosen(undefined)}
            onCancel={() => setChosen(undefined)}
          />
        </section>
      ) : (
        <Pairs onChoose={setChosen} stationName={stationName} />
      )}
      <h2>
        <Trans>Made one before</Trans>
      </h2>
      <MergeHistory />
    </div>
  );
}

interface PairsProps {
  onChoose(pair: DuplicatePair): void;
  readonly stationName: (id: string) => string;
}

function Pairs({ onChoose, stationName }: PairsProps) {
  const { t } = useLingui();
  const pairs = useDuplicatePairs();
  if (pairs.isPending) return <Skeleton lines={4} />;
  if (!pairs.data) {
    return <ProblemNotice error={pairs.error} onRetry={() => void pairs.refetch()} isRetrying={pairs.isFetching} />;
  }
  if (pairs.data.pairs.length === 0) {
    return (
      <EmptyState
        title={<Trans>No cards look like the same person</Trans>}
        why={<Trans>Cards of one birth date with the same or a similar name come here by themselves.</Trans>}
      />
    );
  }
  const more = pairs.data.total - pairs.data.pairs.length;
  return (
    <>
      {more > 0 && (
        <p className="quiet">
          {pairs.data.isPart ? (
            <Trans>And {more} more at least: they come up as these are dealt with.</Trans>
          ) : (
            <Trans>And {more} more: they come up as these are dealt with.</Trans>
          )}
        </p>
      )}
      <ul className={layout.list}>
        {pairs.data.pairs.map((pair) => (
          <li key={`${pair.one.id} ${pair.other.id}`} className={layout.card}>
            <div className={`${layout.row} ${layout.spread}`}>
              <div className={layout.stack}>
                <div>
                  <StatusBadge tone="heed">
                    {pair.reason === 'name_and_birth_date' ? t`the same name and birth date` : t`a similar name`}
                  </StatusBadge>
                </div>
                {[pair.one, pair.other].map((patient) => (
                  <div key={patient.id} className={classes(layout.stack, layout.tight)}>
                    <PatientFacts patient={patient} />
                    <span className="quiet">{stationName(patient.stationId)}</span>
                  </div>
                ))}
              </div>
              <Action onClick={() => onChoose(pair)}>
                <Trans>Look at both</Trans>
              </Action>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
