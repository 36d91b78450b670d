import { localDate } from '@jaqyn/shared/kernel/time';
import type { LicenceStanding } from '@jaqyn/shared/staff/licence';
import type { Licence, LicensedPerson } from '@jaqyn/shared/staff/licence.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { serverNow } from '../../../lib/clock.ts';
import { formatCalendarDate } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { parseTypedDate, toTypedDate } from '../../../lib/typed-date.ts';
import { Action } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StatusBadge, type StatusTone } from '../../../ui/status-badge.tsx';
import { useWithdrawLicence } from '../api/licences.ts';
import { LicenceForm } from './licence-form.tsx';

export const standingWords: Record<LicenceStanding, { readonly tone: StatusTone; readonly label: MessageDescriptor }> =
  {
    valid: { tone: 'well', label: msg`Valid` },
    ending: { tone: 'heed', label: msg`Ends within 30 days` },
    ended: { tone: 'act-now', label: msg`Not valid today` },
    none: { tone: 'quiet', label: msg`None entered` },
  };

interface LicenceCardProps {
  readonly person: LicensedPerson;
  specialtyName(code: string): string;
}

/** A specialist and their licences, the one that ends last first. */
export function LicenceCard({ person, specialtyName }: LicenceCardProps) {
  const { t } = useLingui();
  const id = useId();
  const localText = useLocalText();
  const [isAdding, setIsAdding] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Licence>();
  const { practitioner, standing, validUntil, licences } = person;
  const { displayName } = practitioner;
  const words = standingWords[standing];
  const until = validUntil === null ? '' : formatCalendarDate(validUntil);
  return (
    <div role="group" className={classes(layout.stack, layout.tight)} aria-labelledby={id}>
      <div className={classes(layout.row, layout.spread)}>
        <div>
          <h2 id={id}>{displayName}</h2>
          <p className="quiet">
            {specialtyName(practitioner.specialty)}, {localText(practitioner.organizationName)}
          </p>
        </div>
        <StatusBadge tone={words.tone}>{t(words.label)}</StatusBadge>
      </div>
      {until !== '' && (
        <p>
          <Trans>May consult until {until}</Trans>
        </p>
      )}
      {licences.length > 0 && (
        <ul className={layout.list}>
          {licences.map((licence) => (
            <li key={licence.id} className={classes(layout.row, layout.spread)}>
              <LicenceLine licence={licence} />
              {licence.withdrawnFrom === null && (
                <Action
                  tone="quiet"
                  aria-label={`${t`Withdraw`}: ${licence.number}, ${displayName}`}
                  onClick={() => setWithdrawn(licence)}
                >
                  <Trans>Withdraw</Trans>
                </Action>
              )}
            </li>
          ))}
        </ul>
      )}
      {isAdding ? (
        <LicenceForm practitionerId={practitioner.id} onDone={() => setIsAdding(false)} />
      ) : (
        <div>
          <Action
            icon={<IconPlus size={20} aria-hidden />}
            aria-label={`${t`Enter a licence`}: ${displayName}`}
            onClick={() => setIsAdding(true)}
          >
            <Trans>Enter a licence</Trans>
          </Action>
        </div>
      )}
      {withdrawn && <WithdrawDialog person={person} licence={withdrawn} onClose={() => setWithdrawn(undefined)} />}
    </div>
  );
}

function LicenceLine({ licence }: { licence: Licence }) {
  const { number, issuer, enteredByName, withdrawReason: reason } = licence;
  const [from, to] = [licence.validFrom, licence.validTo].map((day) => formatCalendarDate(day));
  const ended = licence.withdrawnFrom === null ? '' : formatCalendarDate(licence.withdrawnFrom);
  return (
    <div>
      <strong>№ {number}</strong>, {issuer}
      <p className="quiet">
        <Trans>
          from {from} to {to}, entered by {enteredByName}
        </Trans>
      </p>
      {ended !== '' && (
        <p>
          <StatusBadge tone="act-now">
            <Trans>Withdrawn from {ended}</Trans>
          </StatusBadge>{' '}
          {reason}
        </p>
      )}
    </div>
  );
}

interface WithdrawDialogProps {
  readonly person: LicensedPerson;
  readonly licence: Licence;
  onClose(): void;
}

function WithdrawDialog({ person, licence, onClose }: WithdrawDialogProps) {
  const { t } = useLingui();
  const [day, setDay] = useState(() => toTypedDate(localDate(new Date(serverNow()))));
  const [reason, setReason] = useState('');
  const withdraw = useWithdrawLicence();
  const from = parseTypedDate(day);
  const { number } = licence;
  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Withdraw licence № {number}?</Trans>}
      confirmLabel={<Trans>Withdraw</Trans>}
      tone="act-now"
      isBusy={withdraw.isPending}
      canConfirm={from !== undefined && reason.trim() !== ''}
      onCancel={onClose}
      onConfirm={() =>
        from &&
        withdraw.mutate(
          {
            params: { practitionerId: person.practitioner.id, licenceId: licence.id },
            body: { from, reason: reason.trim() },
          },
          { onSuccess: onClose },
        )
      }
    >
      <p>
        <Trans>
          It cannot be given back. Consults before that day stay as they were judged. One that was entered by mistake is
          withdrawn from its first day.
        </Trans>
      </p>
      <TextField
        label={t`First day without it`}
        placeholder={t`DD.MM.YYYY`}
        maxLength={10}
        value={day}
        error={from === undefined && t`Enter a day: day, month, year`}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <TextField
        label={t`Why?`}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {withdraw.isError && <ProblemNotice error={withdraw.error} />}
    </ConfirmDialog>
  );
}
