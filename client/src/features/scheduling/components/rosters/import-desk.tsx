import type { ImportPreview as Preview } from '@jaqyn/shared/scheduling/roster-import.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload, IconFileImport, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { formatNumber } from '../../../../lib/format.ts';
import { ProblemError } from '../../../../lib/problem-error.ts';
import { useDraft } from '../../../../lib/use-draft.ts';
import { Action } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import { Disclosure } from '../../../../ui/disclosure.tsx';
import { TextAreaField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { usePreviewImport } from '../../api/preview-import.ts';
import styles from './import-desk.module.css';
import { ImportPreview } from './import-preview.tsx';
import type { ReadFile } from './import-reader.ts';
import { ImportRefusal } from './import-refusal.tsx';
import { exampleCsv, offerFile } from './import-template.ts';
import { readBeside } from './read-beside.ts';

interface ImportDeskProps {
  /** For the example file: what this country's services are called. */
  readonly example: {
    readonly login: string;
    readonly service: string;
    readonly mode: string;
    readonly validFrom: string;
  };
}

type State =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'reading' | 'asking'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'refused'; readonly name: string; readonly file: Exclude<ReadFile, { kind: 'read' }> }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly error: ProblemError;
      readonly source: Uint8Array | string;
    }
  | {
      readonly kind: 'previewed';
      readonly name: string;
      readonly file: Extract<ReadFile, { kind: 'read' }>;
      readonly preview: Preview;
    };

const Pasted = z.object({ text: z.string() });

/** A CSV of weekly windows: chosen, dragged or pasted; looked at row by row before anything is added. */
export function ImportDesk({ example }: ImportDeskProps) {
  const { t } = useLingui();
  const [state, setState] = useState<State>({ kind: 'nothing' });
  const [isOver, setIsOver] = useState(false);
  const pasted = useDraft('roster-import', Pasted, { text: '' });
  const askPreview = usePreviewImport();
  const running = useRef<AbortController>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const dropZone = useRef<HTMLDivElement>(null);
  const onFile = useRef<(file: File | undefined) => void>(undefined);

  const read = async (name: string, source: Uint8Array | string) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const bytes = source.length;
    setState({ kind: 'reading', name, bytes });
    try {
      const file = await readBeside(source, controller.signal);
      if (file.kind !== 'read') return setState({ kind: 'refused', name, file });
      setState({ kind: 'asking', name, bytes });
      const preview = await askPreview.mutateAsync({ csv: file.csv, signal: controller.signal });
      setState({ kind: 'previewed', name, file, preview });
    } catch (error) {
      if (controller.signal.aborted) return;
      setState({ kind: 'failed', name, error: ProblemError.from(error), source });
    }
  };
  const readFile = async (file: File | undefined) => {
    if (file === undefined) return;
    setState({ kind: 'reading', name: file.name, bytes: file.size });
    await read(file.name, new Uint8Array(await file.arrayBuffer()));
  };
  useEffect(() => {
    onFile.current = (file) => void readFile(file);
  });
  // The zone is no control of its own: the button inside it does the same by keyboard.
  useEffect(() => {
    const zone = dropZone.current;
    if (!zone) return;
    const controller = new AbortController();
    const { signal } = controller;
    const listen = (type: 'dragover' | 'dragleave' | 'drop', isDragged: boolean) =>
      zone.addEventListener(
        type,
        (event) => {
          event.preventDefault();
          setIsOver(isDragged);
          if (type === 'drop') onFile.current?.(event.dataTransfer?.files[0]);
        },
        { signal },
      );
    listen('dragover', true);
    listen('dragleave', false);
    listen('drop', false);
    return () => controller.abort();
  }, []);
  const stop = () => {
    running.current?.abort();
    setState({ kind: 'nothing' });
    if (input.current) input.current.value = '';
  };

  const name = 'name' in state ? state.name : '';
  const size = 'bytes' in state ? formatNumber(Math.max(1, Math.round(state.bytes / 1024))) : '';
  return (
    <>
      <div
        ref={dropZone}
        className={classes(styles.drop, isOver && styles.over)}
        role="group"
        aria-label={t`File of weekly windows`}
      >
        <strong>
          <Trans>Choose a CSV file or drop it here</Trans>
        </strong>
        <label className={styles.choose}>
          <IconFileImport size={20} aria-hidden />
          <Trans>Choose a file</Trans>
          <input
            id="roster-file"
            ref={input}
            className={styles.file}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={({ target }) => {
              const file = target.files?.[0];
              // The same file again, corrected, is a choice too.
              target.value = '';
              void readFile(file);
            }}
          />
        </label>
        <Action
          tone="quiet"
          icon={<IconDownload size={20} aria-hidden />}
          onClick={() => offerFile('jaqyn-rosters.csv', 'text/csv', exampleCsv(example))}
        >
          <Trans>Download an example to fill in</Trans>
        </Action>
      </div>
      <Disclosure title={<Trans>Paste the rows instead</Trans>}>
        <TextAreaField
          label={<Trans>Rows with the line of columns first</Trans>}
          value={pasted.value.text}
          rows={6}
          spellCheck={false}
          onChange={(event) => pasted.set({ text: event.currentTarget.value })}
        />
        <div>
          <Action
            disabled={pasted.value.text.trim() === ''}
            onClick={() => void read(t`pasted text`, pasted.value.text)}
          >
            <Trans>Look at these rows</Trans>
          </Action>
        </div>
      </Disclosure>
      {(state.kind === 'reading' || state.kind === 'asking') && (
        <div role="status" className={classes(styles.count)}>
          <progress aria-label={t`Reading the file`} />
          <p>
            {state.kind === 'reading' ? (
              <Trans>
                Reading {name}, {size} kB…
              </Trans>
            ) : (
              <Trans>
                The server compares {name} with the rosters, {size} kB…
              </Trans>
            )}
          </p>
          <Action tone="quiet" icon={<IconX size={20} aria-hidden />} onClick={stop}>
            <Trans>Stop</Trans>
          </Action>
        </div>
      )}
      {state.kind === 'refused' && <ImportRefusal name={state.name} file={state.file} />}
      {state.kind === 'failed' && (
        <ProblemNotice error={state.error} onRetry={() => void read(state.name, state.source)} />
      )}
      {state.kind === 'previewed' && <ImportPreview {...state} onAdded={() => void pasted.discard()} onAgain={stop} />}
    </>
  );
}
