import { Plural, Trans } from '@lingui/react/macro';
import { Disclosure } from '../../../../ui/disclosure.tsx';
import type { ClosurePreview } from '../../api/preview-closure.ts';
import { useDayWords, useServiceName } from './day-words.ts';
import { Notice } from './form.tsx';

/** Sessions a substitute would have, and those that stay empty because the substitute is taken then. */
export function TakenOver({ sessions }: { sessions: ClosurePreview['substituted'] }) {
  const words = useDayWords();
  const serviceName = useServiceName();
  const possible = sessions.filter(({ conflicts }) => conflicts.length === 0);
  const impossible = sessions.filter(({ conflicts }) => conflicts.length > 0);
  if (sessions.length === 0) {
    return (
      <p className="quiet">
        <Trans>There is no work in this time to take over.</Trans>
      </p>
    );
  }
  return (
    <>
      {possible.length > 0 && (
        <Disclosure
          title={<Plural value={possible.length} one="# session is taken over" other="# sessions are taken over" />}
        >
          <ul>
            {possible.map(({ session }) => (
              <li key={session.startsAt}>
                {words.span(session.startsAt, session.endsAt)}, {serviceName(session.service)}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {impossible.length > 0 && (
        <Notice tone="heed">
          <strong>
            <Plural
              value={impossible.length}
              one="# session stays without anybody: the substitute is taken"
              other="# sessions stay without anybody: the substitute is taken"
            />
          </strong>
          <ul>
            {impossible.map(({ session, conflicts }) => (
              <li key={session.startsAt}>
                {words.span(session.startsAt, session.endsAt)}
                {conflicts.some(({ code }) => code === 'on_leave') ? (
                  <>
                    {' – '}
                    <Trans>on leave</Trans>
                  </>
                ) : (
                  <>
                    {' – '}
                    <Trans>works then already</Trans>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
