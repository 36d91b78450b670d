import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { UNDO_SECONDS } from '@jaqyn/shared/consultations/triage.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { serverNow, useNowSeconds } from '../../../../lib/clock.ts';
import { formatAge, formatShortName } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { isTyping, mayActAlone, useSingleKeys } from '../../../../lib/single-keys.ts';
import { Action } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import layout from '../../../../ui/layout.module.css';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { useUndoTriage } from '../../api/undo-triage.ts';
import { statusWords, urgencyWords } from '../../consultation-words.ts';
import { redirectWords } from '../../triage-words.ts';
import { CompletenessNote } from '../completeness-note.tsx';
import { DangerNote } from '../danger-note.tsx';
import { QuestionThread } from '../questions.tsx';
import { VitalStrip } from '../vital-strip.tsx';
import { useWaitTone, WaitTime } from '../wait-time.tsx';
import { TRIAGE_KEYS, type TriageAct, TriageButtons, TriageDialog } from './triage-actions.tsx';
import styles from './triage-inbox.module.css';

interface Named {
  readonly code: string;
  readonly name: string;
}

interface TriageInboxProps {
  /** In the order they are sorted. */
  readonly consultations: readonly Consultation[];
  readonly specialties: readonly Named[];
  readonly regions: readonly Named[];
  specialtyName(code: string): string;
  /** Where a booking is made once it is accepted. */
  renderBooked(consultation: Consultation): ReactNode;
}

const ACTS = ['accept', 'ask', 'decline', 'redirect'] as const;

interface Asking {
  readonly act: TriageAct;
  readonly consultation: Consultation;
}

/** The queue of a coordinator: one request after another, each decided by one key. */
export function TriageInbox({ consultations, specialties, regions, specialtyName, renderBooked }: TriageInboxProps) {
  const [currentId, setCurrentId] = useState<RequestId | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [done, setDone] = useState<{ consultation: Consultation; until: number } | null>(null);
  const undo = useUndoTriage();
  const notice = useRef<HTMLDivElement>(null);
  /** The card that is to have the focus as soon as it stands there. */
  const toFocus = useRef<RequestId | null>(null);
  const current = consultations.find(({ id }) => id === currentId) ?? consultations[0];

  useEffect(() => {
    const card = toFocus.current && document.getElementById(placeOf(toFocus.current));
    if (!card) return;
    toFocus.current = null;
    card.focus();
  });

  const decided = done?.consultation.version;
  useEffect(() => {
    if (decided !== undefined) notice.current?.focus({ preventScroll: true });
  }, [decided]);

  const forget = () => {
    if (notice.current?.contains(document.activeElement)) toFocus.current = current?.id ?? null;
    setDone(null);
  };
  const takeBack = ({ consultation: { id } }: NonNullable<typeof done>) =>
    undo.mutate(id, {
      onSettled: (_consultation, error) => {
        toFocus.current = id;
        if (error === null) setCurrentId(id);
        setDone(null);
      },
    });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || asking || isTyping(event)) return;
      const index = consultations.findIndex(({ id }) => id === current?.id);
      const isKey = mayActAlone(event);
      const act = isKey ? ACTS.find((one) => TRIAGE_KEYS[one] === event.code) : undefined;
      if (event.code === 'ArrowDown' || event.code === 'ArrowUp') {
        const next = consultations[index + (event.code === 'ArrowDown' ? 1 : -1)];
        if (!next) return;
        event.preventDefault();
        setCurrentId(next.id);
        document.getElementById(placeOf(next.id))?.focus();
      } else if (act && current) {
        event.preventDefault();
        setAsking({ act, consultation: current });
      } else if (event.code === 'KeyU' && isKey && done) {
        event.preventDefault();
        takeBack(done);
      }
    };
    // The keys decide about the card that is looked at: the one with the focus, or that was pressed on.
    const onFocus = ({ target }: FocusEvent) => {
      const looked = consultations.find(({ id }) => document.getElementById(placeOf(id))?.contains(target as Node));
      if (looked) setCurrentId(looked.id);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('focusin', onFocus);
    };
  });

  return (
    <>
      <ul className={styles.inbox}>
        {consultations.map((consultation) => (
          <InboxItem
            key={consultation.id}
            consultation={consultation}
            specialty={specialtyName(consultation.specialty)}
            isCurrent={consultation.id === current?.id}
            onAct={(act) => {
              setCurrentId(consultation.id);
              setAsking({ act, consultation });
            }}
          />
        ))}
      </ul>
      {undo.isError && <ProblemNotice error={undo.error} />}
      {done && (
        <UndoNotice
          key={done.consultation.version}
          ref={notice}
          consultation={done.consultation}
          until={done.until}
          isBusy={undo.isPending}
          onUndo={() => takeBack(done)}
          onOver={forget}
        >
          {done.consultation.status === 'accepted' && renderBooked(done.consultation)}
        </UndoNotice>
      )}
      {asking && (
        <TriageDialog
          act={asking.act}
          // What somebody else has done meanwhile is seen in the dialog's refusal, and here in the list behind it.
          consultation={asking.consultation}
          specialties={specialties}
          regions={regions}
          onDone={(consultation) => {
            setAsking(null);
            undo.reset();
            // The one that moves up into its place is next, not the first again.
            const index = consultations.findIndex(({ id }) => id === consultation.id);
            setCurrentId((consultations[index + 1] ?? consultations[index - 1])?.id ?? null);
            setDone({ consultation, until: serverNow() + UNDO_SECONDS * 1000 });
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

function placeOf(id: RequestId): string {
  return `sort-${id}`;
}

function InboxItem({
  consultation,
  specialty,
  isCurrent,
  onAct,
}: {
  consultation: Consultation;
  specialty: string;
  isCurrent: boolean;
  onAct: (act: TriageAct) => void;
}) {
  const { t } = useLingui();
  const localText = useLocalText();
  const tone = useWaitTone(consultation);
  const { id, patient, urgency, station, reason, number, decision, isWritten, isPlanned, status } = consultation;
  const who = patient ? `${formatShortName(patient)}, ${formatAge(patient.birthDate)}` : t`Patient not chosen yet`;
  const wish = isWritten ? t`wants an answer in writing` : isPlanned ? t`wants a time` : t`called, nobody answered`;
  const redirected = decision?.kind === 'redirect' && status === 'redirected' ? decision : null;
  const by = redirected?.by ?? '';
  const why = redirected ? t(redirectWords[(redirected.reason ?? 'other') as keyof typeof redirectWords]) : '';
  return (
    <li
      id={placeOf(id)}
      className={classes(styles.item, tone && styles[tone], isCurrent && styles.current)}
      aria-current={isCurrent}
      tabIndex={-1}
    >
      <div className={styles.head}>
        <WaitTime consultation={consultation} />
        <StatusBadge tone={urgencyWords[urgency].tone}>{t(urgencyWords[urgency].label)}</StatusBadge>
        {redirected && <StatusBadge tone={statusWords.redirected.tone}>{t(statusWords.redirected.label)}</StatusBadge>}
        <strong>{specialty}</strong>
        <span className="quiet">{number}</span>
      </div>
      <strong>
        {who} · {localText(station.settlement)} · {wish}
      </strong>
      {redirected && (
        <p>
          <Trans>Sent here by {by}:</Trans> {why}
          {redirected.note && `. ${redirected.note}`}
        </p>
      )}
      <p className={styles.reason}>{reason}</p>
      {consultation.card?.dangerCheck && <DangerNote check={consultation.card.dangerCheck} />}
      <VitalStrip observations={consultation.observations} birthDate={patient?.birthDate} />
      <CompletenessNote consultation={consultation} />
      <QuestionThread questions={consultation.questions} />
      <div className={layout.row}>
        <TriageButtons acts={ACTS} onAct={onAct} hasKeys={isCurrent} />
      </div>
    </li>
  );
}

/** Seconds in which a slip is taken back. It takes the focus: the card that had it goes, and undoing is one Tab away. */
function UndoNotice({
  ref,
  consultation,
  until,
  isBusy,
  onUndo,
  onOver,
  children,
}: {
  ref: Ref<HTMLDivElement>;
  consultation: Consultation;
  until: number;
  isBusy: boolean;
  onUndo: () => void;
  onOver: () => void;
  children: ReactNode;
}) {
  const { t } = useLingui();
  const areKeysOn = useSingleKeys();
  const now = useNowSeconds();
  const left = Math.max(0, Math.ceil(until / 1000 - now));
  const { number, status } = consultation;
  const canUndo = left > 0 && status !== 'ringing' && status !== 'in_triage';
  useEffect(() => {
    if (left === 0 && status !== 'accepted') onOver();
  }, [left, status, onOver]);
  return (
    <div ref={ref} className={styles.undo} role="status" tabIndex={-1}>
      <span>
        {number}: {t(statusWords[status].label)}
      </span>
      {canUndo && (
        <Action icon={<IconArrowBackUp size={22} aria-hidden />} isBusy={isBusy} onClick={onUndo}>
          <Trans>Undo ({left} s)</Trans>
          {areKeysOn && <kbd>U</kbd>}
        </Action>
      )}
      {children}
    </div>
  );
}
