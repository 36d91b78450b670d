import { Language, type LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { FoundSlot } from '@jaqyn/shared/scheduling/board.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHourglass, IconPhoneCall } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useCallAgain } from '../../features/consultations/api/call-again.ts';
import { useEarliest } from '../../features/scheduling/api/find-earliest.ts';
import { useRegions } from '../../features/scheduling/api/list-regions.ts';
import { BookingDraft, bookingDraftKey, newBookingDraft } from '../../features/scheduling/booking/booking-draft.ts';
import { EarliestAnswer } from '../../features/scheduling/booking/earliest-answer.tsx';
import { NativeSelect } from '../../features/scheduling/booking/native-select.tsx';
import { PlaceDialog } from '../../features/scheduling/booking/place-dialog.tsx';
import { SeriesDialog } from '../../features/scheduling/booking/series-dialog.tsx';
import { WaitlistDialog } from '../../features/scheduling/booking/waitlist-dialog.tsx';
import { LANGUAGE_NAMES } from '../../features/scheduling/components/rosters/schedule-words.ts';
import { useSpecialties } from '../../features/staff/api/list-specialties.ts';
import { formatShortName } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../ui/action.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

type Asking =
  | { readonly kind: 'place'; readonly slot: FoundSlot; readonly mode: 'video' | 'async' }
  | { readonly kind: 'series'; readonly slot: FoundSlot; readonly startsAt: Instant }
  | { readonly kind: 'waitlist' }
  | null;

interface ChooseTimeProps {
  readonly consultation: Consultation;
  /** Is on the waiting list already and looks for a slot all the same. */
  readonly isWaiting: boolean;
  /** Of the request's station; what is found there stands apart from what is found elsewhere. */
  readonly oblast: LocalText | undefined;
  /** The station can ring now instead; who books for it can not. */
  readonly canCall: boolean;
}

/** From "how soon?" to a booked time: the answer, then one slot that is kept while it is looked at. */
export function ChooseTime({ consultation, isWaiting, oblast, canCall }: ChooseTimeProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const localText = useLocalText();
  const callNow = useCallAgain(consultation.id);
  const draft = useDraft(bookingDraftKey(consultation.id), BookingDraft, newBookingDraft());
  const [asking, setAsking] = useState<Asking>(null);
  const specialties = useSpecialties();
  const region = useRegionOf(oblast);
  const { note, wishes } = draft.value;
  const { id: requestId, specialty, patient } = consultation;
  // Whom the waiting list may prefer: everybody who was in the answer.
  const seen = useEarliest({ specialty, requestId, limit: 20 });
  const patientName = patient ? formatShortName(patient) : '';

  function call() {
    callNow.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/requests/$requestId/call', params: { requestId } }),
    });
  }

  return (
    <>
      <NativeSelect
        label={t`Language of the talk`}
        value={wishes.language ?? ''}
        options={[
          { value: '', label: t`Any language` },
          ...Language.options.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
        ]}
        onChange={(value) =>
          draft.set((before) => ({
            ...before,
            wishes: { ...before.wishes, language: value === '' ? null : Language.parse(value) },
          }))
        }
      />
      <EarliestAnswer
        requestId={requestId}
        specialty={specialty}
        region={region}
        language={wishes.language}
        callNow={
          isWaiting || !canCall ? null : (
            <>
              <PrimaryAction icon={<IconPhoneCall size={24} aria-hidden />} isBusy={callNow.isPending} onClick={call}>
                <Trans>Call now</Trans>
              </PrimaryAction>
              {callNow.isError && <ProblemNotice error={callNow.error} />}
            </>
          )
        }
        waitAction={
          isWaiting ? null : (
            <Action icon={<IconHourglass size={20} aria-hidden />} onClick={() => setAsking({ kind: 'waitlist' })}>
              <Trans>Add to the waiting list</Trans>
            </Action>
          )
        }
        onChoose={(slot, mode) => setAsking({ kind: 'place', slot, mode })}
      />
      {asking?.kind === 'place' && (
        <PlaceDialog
          purpose={{ kind: 'book', requestId, patientName }}
          practitioner={asking.slot.practitioner}
          mode={asking.mode}
          startsAt={asking.slot.startsAt}
          specialties={specialties.data?.map(({ code, name }) => ({ code, name: localText(name) }))}
          note={{ value: note, onChange: (next) => draft.set((before) => ({ ...before, note: next })) }}
          onSeries={isWaiting ? undefined : (startsAt) => setAsking({ kind: 'series', slot: asking.slot, startsAt })}
          onClose={() => setAsking(null)}
          onDone={() => void draft.discard()}
        />
      )}
      {asking?.kind === 'series' && (
        <SeriesDialog
          requestId={requestId}
          patientName={patientName}
          practitioner={asking.slot.practitioner}
          startsAt={asking.startsAt}
          onClose={() => setAsking(null)}
          onDone={() => void draft.discard()}
        />
      )}
      {asking?.kind === 'waitlist' && (
        <WaitlistDialog
          requestId={requestId}
          patientName={patientName}
          wishes={wishes}
          onWishes={(next) => draft.set((before) => ({ ...before, wishes: next }))}
          practitioners={[
            ...new Map((seen.data?.slots ?? []).map(({ practitioner }) => [practitioner.id, practitioner])).values(),
          ]}
          onClose={() => setAsking(null)}
          onDone={() => void draft.discard()}
        />
      )}
    </>
  );
}

/** The code of an oblast: stations carry its name as it is printed, regions have the codes. */
function useRegionOf(oblast: LocalText | undefined): string | undefined {
  const regions = useRegions();
  return regions.data?.find(({ name }) => oblast !== undefined && (name.ru === oblast.ru || name.kk === oblast.kk))
    ?.code;
}
