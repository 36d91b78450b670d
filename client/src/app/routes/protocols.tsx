import { localDate } from '@jaqyn/shared/kernel/time';
import type { Protocol } from '@jaqyn/shared/protocols/protocol.contract';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import { useProtocolVersions } from '../../features/protocols/api/edit-protocols.ts';
import { ProtocolEditor } from '../../features/protocols/components/protocol-editor.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { serverNow } from '../../lib/clock.ts';
import { formatCalendarDate } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { Action } from '../../ui/action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ForRole } from '../parts/for-role.tsx';

export function ProtocolsScreen() {
  return (
    <ForRole roles={['coordinator', 'admin']}>
      <Protocols />
    </ForRole>
  );
}

const keyOf = ({ kind, code }: Protocol) => `${kind} ${code}`;

/** What stations are asked for: completeness by specialty, danger signs by group; a change is a new version with its day. */
function Protocols() {
  const { t } = useLingui();
  const localText = useLocalText();
  const specialtyName = useSpecialtyName();
  const versions = useProtocolVersions();
  // The version as it was when it was opened: what a colleague makes meanwhile must not take the form away.
  const [edited, setEdited] = useState<Protocol>();
  const today = localDate(new Date(serverNow()));
  usePageTitle(t`Protocols`);
  const titleOf = (one: Protocol) =>
    one.kind === 'completeness' ? specialtyName(one.code) : localText(one.content.title);
  // By code, the oldest first: the last of each is the latest.
  const latest = [...new Map((versions.data ?? []).map((one) => [keyOf(one), one])).values()];

  return (
    <div className={layout.page}>
      <h1>
        <Trans>Protocols</Trans>
      </h1>
      {versions.isPending && <Skeleton lines={6} />}
      {versions.isError && (
        <ProblemNotice
          error={versions.error}
          onRetry={() => void versions.refetch()}
          isRetrying={versions.isFetching}
        />
      )}
      {versions.data?.length === 0 && (
        <EmptyState
          title={<Trans>There are no protocols</Trans>}
          why={<Trans>They come with the product; ask for a new set-up.</Trans>}
        />
      )}
      {edited ? (
        <ProtocolEditor
          key={edited.id}
          protocol={edited}
          title={titleOf(edited)}
          today={today}
          urgencyName={(urgency) => t(urgencyWords[urgency].label)}
          onClose={() => {
            setEdited(undefined);
            void versions.refetch();
          }}
        />
      ) : (
        latest.length > 0 &&
        (['completeness', 'danger_signs'] as const).map((kind) => (
          <section key={kind} className={layout.stack} aria-labelledby={kind}>
            <h2 id={kind}>
              {kind === 'completeness' ? (
                <Trans>What each specialty looks at first</Trans>
              ) : (
                <Trans>Danger signs</Trans>
              )}
            </h2>
            <ul className={layout.list}>
              {latest
                .filter((one) => one.kind === kind)
                .map((one) => (
                  <li key={one.id} className={layout.card}>
                    <ProtocolRow protocol={one} title={titleOf(one)} today={today} onEdit={() => setEdited(one)} />
                  </li>
                ))}
            </ul>
          </section>
        ))
      )}
    </div>
  );
}

interface ProtocolRowProps {
  readonly protocol: Protocol;
  readonly title: string;
  readonly today: string;
  onEdit(): void;
}

function ProtocolRow({ protocol, title, today, onEdit }: ProtocolRowProps) {
  const { t } = useLingui();
  const { version } = protocol;
  const from = formatCalendarDate(protocol.effectiveFrom);
  const count = protocol.kind === 'completeness' ? protocol.content.items.length : protocol.content.signs.length;
  return (
    <div className={`${layout.row} ${layout.spread}`}>
      <div>
        <strong>{title}</strong>
        <p className="quiet">
          <Plural value={count} one="# entry" other="# entries" />
          {' · '}
          <Trans>
            version {version}, from {from}
          </Trans>
        </p>
        {protocol.effectiveFrom > today && (
          <StatusBadge tone="accent">
            <Trans>To come</Trans>
          </StatusBadge>
        )}
      </div>
      <Action aria-label={t`Change: ${title}`} onClick={onEdit}>
        <Trans>Change</Trans>
      </Action>
    </div>
  );
}
