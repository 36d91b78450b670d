import type { StationId } from '@jaqyn/shared/kernel/ids';
import type { StationLink } from '@jaqyn/shared/link-checks/link-check.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChartDots } from '@tabler/icons-react';
import { formatDateTime } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { stepWords } from '../../../lib/step-words.ts';
import { Action } from '../../../ui/action.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import layout from '../../../ui/layout.module.css';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { gradeWords } from '../grade-words.ts';
import styles from './station-links.module.css';

interface StationLinksProps {
  readonly stations: readonly StationLink[];
  readonly chosen: StationId | undefined;
  onChoose(stationId: StationId): void;
}

/** The stations, the worst first: when they last checked, what came of it, and the way to their diary. */
export function StationLinks({ stations, chosen, onChoose }: StationLinksProps) {
  const localText = useLocalText();
  if (stations.length === 0) {
    return (
      <EmptyState
        title={<Trans>No station is yours to look after</Trans>}
        why={<Trans>Stations of your oblast stand here with what their last check found.</Trans>}
      />
    );
  }
  return (
    <ul className={layout.list}>
      {stations.map((station) => {
        const { stationId, name, oblast, checks, failed } = station;
        return (
          <li key={stationId} className={styles.station}>
            <div className={styles.name}>
              <strong>{localText(name)}</strong>
              <span className="quiet">{localText(oblast)}</span>
            </div>
            <LastCheck last={station.last} />
            <span className="quiet">
              {checks === 0 ? (
                <Trans>no check in seven days</Trans>
              ) : (
                <Trans>
                  seven days: {checks}, failed: {failed}
                </Trans>
              )}
            </span>
            <Action
              icon={<IconChartDots size={22} aria-hidden />}
              aria-pressed={stationId === chosen}
              onClick={() => onChoose(stationId)}
            >
              <Trans>Network diary</Trans>
              <span className="visually-hidden">: {localText(name)}</span>
            </Action>
          </li>
        );
      })}
    </ul>
  );
}

function LastCheck({ last }: Pick<StationLink, 'last'>) {
  const { t } = useLingui();
  if (last === null) {
    return (
      <span className={styles.last}>
        <StatusBadge tone="quiet">
          <Trans>Never checked</Trans>
        </StatusBadge>
      </span>
    );
  }
  const { tone, label } = gradeWords[last.grade];
  const when = formatDateTime(last.at);
  return (
    <span className={styles.last}>
      <StatusBadge tone={tone}>{t(label)}</StatusBadge>
      <span>
        {when}
        {last.step && `, ${t(stepWords[last.step])}`}
      </span>
    </span>
  );
}
