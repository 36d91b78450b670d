import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { Trans } from '@lingui/react/macro';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatDateTime } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { type CodeFieldProps, SummaryEditor } from './summary-editor.tsx';
import { SummaryView } from './summary-view.tsx';

interface SummaryCardProps {
  readonly patient: Patient;
  readonly isMinor: boolean;
  /** Of this version somebody has said for this request that it is still so; null before. */
  readonly confirmed: number | null;
  onConfirm(version: number): void;
  readonly renderCode: (props: CodeFieldProps) => ReactNode;
  /** Where the buttons stand. */
  readonly className?: string | undefined;
}

/** What is known of the patient, read out to them: one press says that it is still so, saving a change says it too. */
export function SummaryCard({ patient, isMinor, confirmed, onConfirm, renderCode, className }: SummaryCardProps) {
  const [isEditing, setIsEditing] = useState(false);
  const isConfirmed = confirmed === patient.summaryVersion;
  const savedAt = patient.summaryAt === null ? undefined : formatDateTime(patient.summaryAt);
  return (
    <>
      <SummaryView summary={patient.summary} isMinor={isMinor} />
      <div className={className}>
        {isConfirmed ? (
          <StatusBadge tone="well">
            <Trans>Confirmed with the patient</Trans>
          </StatusBadge>
        ) : (
          <Action icon={<IconCheck size={20} aria-hidden />} onClick={() => onConfirm(patient.summaryVersion)}>
            <Trans>Still so</Trans>
          </Action>
        )}
        <Action tone="quiet" icon={<IconPencil size={20} aria-hidden />} onClick={() => setIsEditing(true)}>
          <Trans>Change</Trans>
        </Action>
        {savedAt !== undefined && (
          <span className="quiet">
            <Trans>Last changed {savedAt}</Trans>
          </span>
        )}
      </div>
      {isEditing && (
        <SummaryEditor
          patient={patient}
          renderCode={renderCode}
          onClose={() => setIsEditing(false)}
          onSaved={(saved) => {
            setIsEditing(false);
            onConfirm(saved.summaryVersion);
          }}
        />
      )}
    </>
  );
}
