import type { Conclusion, ConclusionField, ConclusionPreview } from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileCheck, IconPencil } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../../lib/problem-error.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { previewConclusion } from '../api/preview-conclusion.ts';
import { type ConclusionText, listMissing, listUnfinished, type UnfinishedPart } from '../conclusion-text.ts';
import { useConclusionAutosave } from '../use-conclusion-autosave.ts';
import { AmendDialog } from './amend-dialog.tsx';
import { AmendmentBar } from './amendment-bar.tsx';
import { ConclusionCheck } from './conclusion-check.tsx';
import styles from './conclusion-desk.module.css';
import { ConclusionEditor, type WrongCode } from './conclusion-editor.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import type { RenderCode } from './other-diagnoses.tsx';
import { SavingState } from './saving-state.tsx';
import { SignedConclusion } from './signed-conclusion.tsx';
import { SignedFiles } from './signed-files.tsx';
import { type TemplateFacts, TemplateMenu } from './template-menu.tsx';

interface ConclusionDeskProps {
  readonly requestId: RequestId;
  /** Why nothing can be signed yet, beside what is not written: in words, such as an emergency still without its patient. */
  readonly obstacles: readonly string[];
  readonly isInCall: boolean;
  /** A signed edition is in force: what is written now amends it. */
  readonly hasSigned: boolean;
  renderDocument(preview: ConclusionPreview): ReactNode;
  /** Wide pages need more room than the form. */
  onWideChange(isWide: boolean): void;
  /** The field of an ICD-10 code, and what the templates take from the station: of other features. */
  readonly renderCode: RenderCode;
  readonly facts: TemplateFacts;
  readonly specialty: SpecialtyCode;
  /** What to do after the signature. */
  readonly nextActions: ReactNode;
  /** What the patient answered to what was signed. */
  renderAnswers(conclusion: Conclusion): ReactNode;
}

/** The conclusion from the first word to the signature: written, checked, signed, read. */
export function ConclusionDesk(props: ConclusionDeskProps) {
  // An amendment that begins or is thrown away is another text from its first word on.
  const [round, setRound] = useState(0);
  return <OneEdition key={round} {...props} onOtherEdition={() => setRound(round + 1)} />;
}

function OneEdition(props: ConclusionDeskProps & { onOtherEdition(): void }) {
  const {
    requestId,
    obstacles,
    isInCall,
    hasSigned,
    renderDocument,
    renderAnswers,
    onWideChange,
    nextActions,
    onOtherEdition,
  } = props;
  const [isAmending, setIsAmending] = useState(false);
  const { autosave, state } = useConclusionAutosave(requestId);
  const [isFresh, setIsFresh] = useState(false);
  const [preview, setPreview] = useState<ConclusionPreview | null>(null);
  const check = useMutation({
    mutationFn: async () => {
      await autosave?.flush();
      const shown = await previewConclusion(requestId);
      // Saved in another window a moment ago: the form must not show another text than the one that is signed.
      await autosave?.refresh();
      return shown;
    },
    onSuccess: setPreview,
  });
  const isWide = preview !== null || state.kind === 'signed';
  useEffect(() => onWideChange(isWide), [isWide, onWideChange]);

  function onSigned(conclusion: Conclusion) {
    setIsFresh(true);
    setPreview(null);
    void autosave?.noteSigned(conclusion);
  }

  switch (state.kind) {
    case 'loading':
      return <Skeleton lines={5} />;
    case 'unavailable':
      return <ProblemNotice error={state.error} onRetry={() => void autosave?.open()} />;
    case 'signed':
      return (
        <>
          <SignedConclusion
            conclusion={state.conclusion}
            unsigned={state.unsigned}
            isFresh={isFresh}
            actions={
              <>
                {nextActions}
                <Action icon={<IconPencil size={20} aria-hidden />} onClick={() => setIsAmending(true)}>
                  <Trans>Amend</Trans>
                </Action>
              </>
            }
            files={
              <>
                {renderAnswers(state.conclusion)}
                <SignedFiles requestId={requestId} />
              </>
            }
            onDiscardUnsigned={() => void autosave?.discardUnsigned()}
          />
          {isAmending && (
            <AmendDialog requestId={requestId} onBegun={onOtherEdition} onCancel={() => setIsAmending(false)} />
          )}
        </>
      );
    case 'open':
      return (
        <>
          {hasSigned && <AmendmentBar requestId={requestId} onDiscarded={onOtherEdition} />}
          {preview ? (
            <ConclusionCheck
              // A new preview is a new page: no old error stands on it.
              key={preview.sha256}
              requestId={requestId}
              preview={preview}
              document={renderDocument(preview)}
              isInCall={isInCall}
              onBack={() => setPreview(null)}
              onLookAgain={() => check.mutate()}
              onSigned={onSigned}
            />
          ) : (
            <Writing
              text={state.text}
              renderCode={props.renderCode}
              facts={props.facts}
              specialty={props.specialty}
              obstacles={obstacles}
              wrongCode={wrongCodeOf(check.error)}
              header={
                <>
                  <h2>
                    <Trans>Conclusion</Trans>
                  </h2>
                  <SavingState saving={state.saving} onRetry={() => void autosave?.refresh()} />
                </>
              }
              notices={
                <>
                  {state.notice && <Notice kind={state.notice} onDismiss={() => autosave?.dismissNotice()} />}
                  {state.saving.kind === 'failed' && <ProblemNotice error={state.saving.error} />}
                  {check.isError && <ProblemNotice error={check.error} />}
                </>
              }
              isChecking={check.isPending}
              onChange={(text) => autosave?.edit(text)}
              onCheck={() => check.mutate()}
            />
          )}
          {state.conflict && (
            <ConflictDialog conflict={state.conflict} onResolve={(choices) => void autosave?.resolve(choices)} />
          )}
        </>
      );
  }
}

const missingNames: Record<ConclusionField, MessageDescriptor> = {
  findings: msg`Findings`,
  diagnosis: msg`Diagnosis`,
  recommendations: msg`Recommendations`,
};
const unfinishedNames: Record<UnfinishedPart, MessageDescriptor> = {
  code: msg`ICD-10 code is not complete`,
  followUp: msg`follow-up day is not complete`,
};

/** The code that the server did not take for the signature. */
function wrongCodeOf(error: unknown): WrongCode | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const isRetired = error.code === 'terminology.code_retired';
  const [field] = error.fields;
  return field && (isRetired || error.code === 'terminology.code_unknown')
    ? { code: field.path, isRetired }
    : undefined;
}

interface WritingProps extends Pick<ConclusionDeskProps, 'obstacles' | 'renderCode' | 'facts' | 'specialty'> {
  readonly text: ConclusionText;
  readonly wrongCode: WrongCode | undefined;
  readonly header: ReactNode;
  readonly notices: ReactNode;
  readonly isChecking: boolean;
  onChange(text: ConclusionText): void;
  onCheck(): void;
}

function Writing(props: WritingProps) {
  const { text, wrongCode, header, notices, isChecking, renderCode, facts, specialty, onChange, onCheck } = props;
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  const [hasTried, setHasTried] = useState(false);
  const missing = listMissing(text);
  const unfinished = listUnfinished(text);
  const obstacles = [
    ...missing.map((field) => t(missingNames[field])),
    ...unfinished.map((part) => t(unfinishedNames[part])),
    ...props.obstacles,
  ];
  const isReady = obstacles.length === 0;

  function onCheckPressed() {
    setHasTried(true);
    if (isReady) onCheck();
    else focusFirst(form.current, missing[0] ?? unfinished[0]);
  }

  return (
    <form
      ref={form}
      className={styles.writing}
      // Without a submitting button: Enter in a line of the form must not jump to the check page.
      onSubmit={(event) => event.preventDefault()}
    >
      <div className={styles.header}>{header}</div>
      {notices}
      <TemplateMenu text={text} facts={facts} specialty={specialty} onChange={onChange} />
      <ConclusionEditor
        text={text}
        missing={hasTried ? missing : []}
        wrongCode={wrongCode}
        renderCode={renderCode}
        onChange={onChange}
      />
      <div className={styles.footer}>
        <p className={styles.obstacles} role="status">
          {isReady ? (
            <>
              <StatusShape tone="well" /> <Trans>Everything needed is there</Trans>
            </>
          ) : (
            <>
              <StatusShape tone={hasTried ? 'heed' : 'quiet'} /> <Trans>Before signing:</Trans> {obstacles.join(', ')}
            </>
          )}
        </p>
        <PrimaryAction icon={<IconFileCheck size={24} aria-hidden />} isBusy={isChecking} onClick={onCheckPressed}>
          <Trans>Check and sign</Trans>
        </PrimaryAction>
      </div>
    </form>
  );
}

function focusFirst(form: HTMLFormElement | null, part: ConclusionField | UnfinishedPart | undefined): void {
  const selector = part === 'recommendations' ? 'ol textarea' : `[name="${part}"]`;
  form?.querySelector<HTMLElement>(selector)?.focus();
}

function Notice({ kind, onDismiss }: { kind: 'restored' | 'joined'; onDismiss: () => void }) {
  return (
    <div role="status" className={styles.notice}>
      <StatusShape tone="accent" />
      <span>
        {kind === 'restored' ? (
          <Trans>What had not been sent from this computer is back in the form.</Trans>
        ) : (
          <Trans>Changes made in another window were joined with yours.</Trans>
        )}
      </span>
      <Action tone="quiet" onClick={onDismiss}>
        <Trans>Understood</Trans>
      </Action>
    </div>
  );
}
