import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatCalendarDate } from '../lib/format.ts';
import { parseTypedDate } from '../lib/typed-date.ts';
import { Action, PrimaryAction } from './action.tsx';
import { ConfirmDialog } from './dialog.tsx';
import { TextField } from './field.tsx';
import layout from './layout.module.css';
import { ProblemNotice } from './problem-notice.tsx';
import styles from './version-foot.module.css';

interface LeaveEditorProps {
  /** Something was written here that is nowhere else. */
  readonly isChanged: boolean;
  /** What was written stays on this computer and is offered again. */
  onBack(): void;
  onThrowAway(): void;
}

/** The two ways out of an editor without saving: coming back later, or letting what was written go. */
export function LeaveEditor({ isChanged, onBack, onThrowAway }: LeaveEditorProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Action icon={<IconArrowLeft size={20} aria-hidden />} onClick={onBack}>
        <Trans>Go back</Trans>
      </Action>
      {isChanged && (
        <Action tone="danger" icon={<IconTrash size={20} aria-hidden />} onClick={() => setIsAsking(true)}>
          <Trans>Throw the changes away</Trans>
        </Action>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={<Trans>Throw the changes away?</Trans>}
        confirmLabel={<Trans>Throw away</Trans>}
        cancelLabel={<Trans>Go on writing</Trans>}
        tone="act-now"
        onCancel={() => setIsAsking(false)}
        onConfirm={onThrowAway}
      >
        <p>
          <Trans>What you changed is lost. What is in force stays as it is.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}

interface VersionFootProps extends LeaveEditorProps {
  /** The first day, as it is typed. */
  readonly day: string;
  onDay(typed: string): void;
  readonly wasRestored: boolean;
  /** Nothing that makes a version was changed, which is said when one is asked for. */
  readonly isSame: boolean;
  readonly save: { readonly isPending: boolean; readonly error: Error | null };
  /** Marks what is missing; whether the changes can be looked at. */
  onAsk(): boolean;
  onMake(): void;
  /** What keeps the version before. */
  readonly kept: ReactNode;
  /** What changes, for the dialog. */
  readonly children: ReactNode;
}

/** The foot of an editor whose saving makes a new version: the day it begins, and what changes looked at before it is made. */
export function VersionFoot(props: VersionFootProps) {
  const { day, onDay, wasRestored, isSame, save, onAsk, onMake, kept, children, ...leave } = props;
  const { t } = useLingui();
  const [isTried, setIsTried] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const from = parseTypedDate(day);
  const date = from ? formatCalendarDate(from) : '';
  return (
    <>
      <div className={styles.day}>
        <TextField
          label={t`In force from`}
          placeholder={t`DD.MM.YYYY`}
          maxLength={10}
          value={day}
          error={isTried && !from && t`Enter a day: day, month, year`}
          onChange={(event) => onDay(event.currentTarget.value)}
        />
      </div>
      <div role="status">
        {isTried && isSame ? (
          <Trans>Nothing is changed yet.</Trans>
        ) : (
          wasRestored && (
            <span className="quiet">
              <Trans>What you wrote here before is still in the form.</Trans>
            </span>
          )
        )}
      </div>
      <div className={layout.row}>
        <LeaveEditor {...leave} />
        <PrimaryAction
          onClick={() => {
            setIsTried(true);
            setIsAsking(onAsk() && from !== undefined && !isSame);
          }}
        >
          <Trans>See what changes</Trans>
        </PrimaryAction>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={<Trans>Make this a new version?</Trans>}
        confirmLabel={<Trans>Make the version</Trans>}
        isBusy={save.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={onMake}
      >
        <p>
          <Trans>In force from {date}.</Trans> {kept}
        </p>
        {children}
        {save.error && <ProblemNotice error={save.error} />}
      </ConfirmDialog>
    </>
  );
}
