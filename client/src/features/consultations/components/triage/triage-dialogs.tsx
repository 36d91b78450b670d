import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { RedirectReason, TriageDeclineReason } from '@jaqyn/shared/consultations/triage.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { newId } from '../../../../lib/ids.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { ChoiceCards } from '../../../../ui/choice-cards.tsx';
import { ConfirmDialog } from '../../../../ui/dialog.tsx';
import { TextAreaField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { SelectField } from '../../../../ui/select-field.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useAcceptInTriage } from '../../api/accept-in-triage.ts';
import { useAskStation } from '../../api/ask-station.ts';
import { useDeclineInTriage } from '../../api/decline-in-triage.ts';
import { useCandidates } from '../../api/list-candidates.ts';
import { useRedirectInTriage } from '../../api/redirect-in-triage.ts';
import { takenOr } from '../../taken.ts';
import { declineWords, redirectWords } from '../../triage-words.ts';

interface DialogProps {
  readonly consultation: Consultation;
  onDone(consultation: Consultation): void;
  onClose(): void;
}

const HOWS = ['now', 'booked', 'written'] as const;
type How = (typeof HOWS)[number];

/** Accepted: for a call now, a booking, or an answer in writing, and by whom. */
export function AcceptTriageDialog({ consultation, onDone, onClose }: DialogProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const accept = useAcceptInTriage(consultation.id);
  const candidates = useCandidates(consultation.id);
  const [how, setHow] = useState<How>(consultation.isWritten ? 'written' : consultation.isPlanned ? 'booked' : 'now');
  const [who, setWho] = useState('');
  const chosen = who !== '' ? who : how === 'written' ? (candidates.data?.[0]?.id ?? '') : '';
  const needsPerson = how === 'written';
  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Accept the request</Trans>}
      confirmLabel={<Trans>Accept</Trans>}
      isBusy={accept.isPending}
      canConfirm={!needsPerson || chosen !== ''}
      onCancel={onClose}
      onConfirm={() =>
        accept.mutate(
          {
            baseVersion: consultation.version,
            how,
            practitionerId: how === 'booked' || chosen === '' ? null : chosen,
          },
          { onSuccess: onDone },
        )
      }
    >
      <ChoiceCards<How>
        legend={<Trans>How?</Trans>}
        choices={[
          { value: 'now', title: t`Call now`, note: t`It rings at the specialist at once` },
          { value: 'booked', title: t`Book a time`, note: t`It goes to the board of slots` },
          { value: 'written', title: t`Answer in writing`, note: t`It goes to the specialist's list` },
        ]}
        value={how}
        onChange={(next) => {
          accept.reset();
          setHow(next);
        }}
        cardWidth="12rem"
      />
      {how !== 'booked' && candidates.isPending && <Skeleton lines={2} />}
      {how !== 'booked' && candidates.data && (
        <SelectField
          label={how === 'now' ? t`Whom to call first` : t`Who answers`}
          value={chosen}
          onChange={(event) => {
            accept.reset();
            setWho(event.currentTarget.value);
          }}
          hint={
            candidates.data.length === 0
              ? t`Nobody of this specialty is switched on now. Redirect the request.`
              : undefined
          }
        >
          {how === 'now' && <option value="">{t`By the ladder: who is on call`}</option>}
          {candidates.data.map((one) => {
            const cases = one.writtenCases;
            const facts = [
              localText(one.organizationName),
              one.isInCall ? t`in a call` : one.isReachable ? t`at the screen` : t`not at the screen`,
              one.isOnCall && t`on call`,
              cases > 0 && t`in writing: ${cases}`,
            ].filter(Boolean);
            return (
              <option key={one.id} value={one.id}>
                {one.displayName} ({facts.join(', ')})
              </option>
            );
          })}
        </SelectField>
      )}
      {candidates.isError && <ProblemNotice error={candidates.error} onRetry={() => void candidates.refetch()} />}
      {accept.isError && <ProblemNotice error={takenOr(accept.error)} />}
    </ConfirmDialog>
  );
}

/** A question to the station; the clock stands until it has answered. */
export function AskDialog({ consultation, onDone, onClose }: DialogProps) {
  const { t } = useLingui();
  const ask = useAskStation(consultation.id);
  const [question, setQuestion] = useState('');
  const [id] = useState(newId);
  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Ask the station for more</Trans>}
      confirmLabel={<Trans>Ask</Trans>}
      isBusy={ask.isPending}
      canConfirm={question.trim() !== ''}
      onCancel={onClose}
      onConfirm={() =>
        ask.mutate({ baseVersion: consultation.version, id, question: question.trim() }, { onSuccess: onDone })
      }
    >
      <p>
        <Trans>The waiting clock stands until the station has answered; then the request is back here.</Trans>
      </p>
      <TextAreaField
        label={t`What should the station tell, measure or send?`}
        withAsterisk
        data-autofocus
        rows={4}
        maxLength={1000}
        value={question}
        onChange={(event) => setQuestion(event.currentTarget.value)}
      />
      {ask.isError && <ProblemNotice error={takenOr(ask.error)} />}
    </ConfirmDialog>
  );
}

/** Declined with a reason; the station reads it with what to do next. */
export function DeclineTriageDialog({ consultation, onDone, onClose }: DialogProps) {
  const { t } = useLingui();
  const decline = useDeclineInTriage(consultation.id);
  const [reason, setReason] = useState<TriageDeclineReason | null>(null);
  const [note, setNote] = useState('');
  const isWordless = reason === 'other' && note.trim() === '';
  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Decline the request</Trans>}
      confirmLabel={<Trans>Decline</Trans>}
      tone="act-now"
      isBusy={decline.isPending}
      canConfirm={reason !== null && !isWordless}
      onCancel={onClose}
      onConfirm={() => {
        if (reason === null) return;
        decline.mutate({ baseVersion: consultation.version, reason, note: note.trim() }, { onSuccess: onDone });
      }}
    >
      <ChoiceCards<TriageDeclineReason>
        legend={<Trans>Why?</Trans>}
        choices={(Object.keys(declineWords) as TriageDeclineReason[]).map((value) => ({
          value,
          title: t(declineWords[value].title),
        }))}
        value={reason}
        onChange={setReason}
        cardWidth="14rem"
      />
      {reason && (
        <p>
          <Trans>The station reads:</Trans> «{t(declineWords[reason].next)}»
        </p>
      )}
      <Words isNeeded={reason === 'other'} value={note} onChange={setNote} />
      {decline.isError && <ProblemNotice error={takenOr(decline.error)} />}
    </ConfirmDialog>
  );
}

interface Named {
  readonly code: string;
  readonly name: string;
}

/** To another specialty or region, with a reason. */
export function RedirectDialog({
  consultation,
  specialties,
  regions,
  onDone,
  onClose,
}: DialogProps & { readonly specialties: readonly Named[]; readonly regions: readonly Named[] }) {
  const { t } = useLingui();
  const redirect = useRedirectInTriage(consultation.id);
  const [specialty, setSpecialty] = useState<string>(consultation.specialty);
  const [region, setRegion] = useState(consultation.region ?? '');
  const [reason, setReason] = useState<RedirectReason | null>(null);
  const [note, setNote] = useState('');
  const isUnchanged = specialty === consultation.specialty && region === (consultation.region ?? '');
  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Redirect the request</Trans>}
      confirmLabel={<Trans>Redirect</Trans>}
      isBusy={redirect.isPending}
      canConfirm={!isUnchanged && reason !== null && (reason !== 'other' || note.trim() !== '')}
      onCancel={onClose}
      onConfirm={() => {
        if (reason === null) return;
        redirect.mutate(
          {
            baseVersion: consultation.version,
            specialty: specialty,
            region: region === '' ? null : region,
            reason,
            note: note.trim(),
          },
          { onSuccess: onDone },
        );
      }}
    >
      <SelectField label={t`Specialty`} value={specialty} onChange={(event) => setSpecialty(event.currentTarget.value)}>
        {options(specialties)}
      </SelectField>
      <SelectField label={t`Region`} value={region} onChange={(event) => setRegion(event.currentTarget.value)}>
        <option value="">{t`Where the station is`}</option>
        {options(regions)}
      </SelectField>
      <ChoiceCards<RedirectReason>
        legend={<Trans>Why?</Trans>}
        choices={(Object.keys(redirectWords) as RedirectReason[]).map((value) => ({
          value,
          title: t(redirectWords[value]),
        }))}
        value={reason}
        onChange={setReason}
        cardWidth="14rem"
      />
      <Words isNeeded={reason === 'other'} value={note} onChange={setNote} />
      {redirect.isError && <ProblemNotice error={takenOr(redirect.error)} />}
    </ConfirmDialog>
  );
}

function options(named: readonly Named[]): ReactNode {
  return named.map(({ code, name }) => (
    <option key={code} value={code}>
      {name}
    </option>
  ));
}

function Words({ isNeeded, value, onChange }: { isNeeded: boolean; value: string; onChange: (words: string) => void }) {
  const { t } = useLingui();
  return (
    <TextAreaField
      label={isNeeded ? t`In your own words` : t`In your own words, if needed`}
      withAsterisk={isNeeded}
      maxLength={1000}
      rows={2}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
