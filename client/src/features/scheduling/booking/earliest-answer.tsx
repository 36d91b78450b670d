import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { FoundSlot } from '@jaqyn/shared/scheduling/board.contract';
import { Trans } from '@lingui/react/macro';
import { IconCalendar, IconMailForward, IconPhoneCall } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { formatCalendarDate } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useEarliest } from '../api/find-earliest.ts';
import { useRegions } from '../api/list-regions.ts';
import { LANGUAGE_NAMES } from '../components/rosters/schedule-words.ts';
import styles from './earliest-answer.module.css';
import { type Earliest, earliestPlaces, keyOf, reachableNow } from './earliest-groups.ts';
import { FoundSlotRow } from './found-slot-row.tsx';

interface EarliestAnswerProps {
  readonly requestId: RequestId;
  readonly specialty: SpecialtyCode;
  /** Code of the station's own oblast, where it is known. */
  readonly region: string | undefined;
  readonly language: Language | null;
  /** Rings now; given by the screen. */
  readonly callNow: ReactNode;
  readonly waitAction: ReactNode;
  onChoose(slot: FoundSlot, mode: 'video' | 'async'): void;
}

/** "How soon?" in one answer: now, the next slot near and far, in writing. */
export function EarliestAnswer(props: EarliestAnswerProps) {
  const { requestId, specialty, region, language, callNow, waitAction, onChoose } = props;
  const localText = useLocalText();
  const regions = useRegions();
  const question = { specialty, requestId, limit: 5, ...(language !== null && { language }) };
  const country = useEarliest(question);
  const oblast = useEarliest({ ...question, ...(region !== undefined && { region }) }, region !== undefined);
  if (country.isError && !country.data) {
    return (
      <ProblemNotice error={country.error} onRetry={() => void country.refetch()} isRetrying={country.isFetching} />
    );
  }
  if (!country.data || (region !== undefined && oblast.isPending)) return <Skeleton lines={6} />;
  const languageName = language === null ? undefined : LANGUAGE_NAMES[language];
  const regionName = (code: string | null) => {
    const found = regions.data?.find((one) => one.code === code);
    return found && localText(found.name);
  };
  const places = (mode: 'slots' | 'async') => earliestPlaces(country.data[mode], oblast.data?.[mode]);
  const list = (slots: readonly FoundSlot[], mode: 'video' | 'async', isFirst = false) => (
    <ul className={styles.list}>
      {slots.map((slot, index) => (
        <FoundSlotRow
          key={keyOf(slot)}
          slot={slot}
          languageName={languageName}
          isFirst={isFirst && index === 0}
          regionName={slot.region === region ? undefined : regionName(slot.region)}
          onChoose={() => onChoose(slot, mode)}
        />
      ))}
    </ul>
  );
  const video = places('slots');
  const written = [...places('async').near, ...places('async').far];
  const searchedUntil = formatCalendarDate(country.data.searchedUntil);
  const ownRegion = region === undefined ? undefined : regionName(region);

  return (
    <div className={styles.answer} aria-busy={country.isPlaceholderData}>
      <Part icon={<IconPhoneCall size={24} aria-hidden />} title={<Trans>Now</Trans>}>
        <Now earliest={country.data} languageName={languageName} />
        {callNow}
      </Part>
      <Part icon={<IconCalendar size={24} aria-hidden />} title={<Trans>By video, at a time</Trans>}>
        {video.near.length + video.far.length === 0 ? (
          <EmptyState
            title={<Trans>No free time until {searchedUntil}</Trans>}
            why={
              <Trans>Put the patient on the waiting list: a slot that becomes free is offered to this station.</Trans>
            }
            action={waitAction}
          />
        ) : (
          <>
            {video.far.length > 0 && (
              <>
                {region !== undefined && (
                  <h3>
                    {video.near.length > 0 ? (
                      <Trans>Earlier, in another oblast</Trans>
                    ) : (
                      <Trans>In the whole country</Trans>
                    )}
                  </h3>
                )}
                {list(video.far, 'video', true)}
              </>
            )}
            {video.near.length > 0 && (
              <>
                <h3>{ownRegion ?? <Trans>In this oblast</Trans>}</h3>
                {list(video.near, 'video', video.far.length === 0)}
              </>
            )}
            <div className={styles.wait}>
              <span>
                <Trans>Nothing suits?</Trans>
              </span>
              {waitAction}
            </div>
          </>
        )}
      </Part>
      <Part icon={<IconMailForward size={24} aria-hidden />} title={<Trans>In writing, without a talk</Trans>}>
        {written.length === 0 ? (
          <p className="quiet">
            <Trans>Nobody of this specialty answers in writing until {searchedUntil}.</Trans>
          </p>
        ) : (
          list(written.slice(0, 3), 'async')
        )}
      </Part>
    </div>
  );
}

function Part({ icon, title, children }: { icon: ReactNode; title: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {icon}
        {title}
      </h2>
      {children}
    </section>
  );
}

function Now({ earliest, languageName }: { earliest: Earliest; languageName: string | undefined }) {
  const reachable = reachableNow(earliest);
  if (earliest.now.length === 0) {
    return (
      <p className="quiet">
        <Trans>Nobody of this specialty is on call at this moment.</Trans>
      </p>
    );
  }
  return (
    <>
      <ul className={styles.people}>
        {earliest.now.map((one) => (
          <li key={one.practitionerId} className={styles.person}>
            <span>{one.displayName}</span>
            <StatusBadge tone={one.isReachable ? 'well' : 'quiet'}>
              {one.isReachable ? <Trans>can answer</Trans> : <Trans>not reachable</Trans>}
            </StatusBadge>
            {one.speaksLanguage !== null && languageName !== undefined && (
              <span className="quiet">
                {one.speaksLanguage ? (
                  <Trans>Speaks {languageName}</Trans>
                ) : (
                  <Trans>Does not speak {languageName}</Trans>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {reachable.length === 0 && (
        <p className="quiet">
          <Trans>On call, but nobody is at a screen now: the call rings until somebody comes.</Trans>
        </p>
      )}
    </>
  );
}
