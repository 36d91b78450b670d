import { Trans, useLingui } from '@lingui/react/macro';
import { IconCheck, IconCopy, IconHelp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { diagnosticsText } from '../lib/diagnostics.ts';
import { Action } from './action.tsx';
import styles from './help-corner.module.css';

interface HelpCornerProps {
  /** Coordinator or support, when it is known. */
  readonly phone?: string | undefined;
  readonly children?: ReactNode;
}

/** In the same corner of every page: a telephone number and the facts support will ask for. */
export function HelpCorner({ phone, children }: HelpCornerProps) {
  const { t } = useLingui();
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');

  async function copy() {
    try {
      await navigator.clipboard.writeText(diagnosticsText());
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  }

  return (
    <details className={`${styles.corner} no-print`} onToggle={() => setCopied('no')}>
      <summary className={styles.summary}>
        <IconHelp size={22} aria-hidden />
        <span className={styles.word}>
          <Trans>Help</Trans>
        </span>
      </summary>
      <section className={styles.panel} aria-label={t`Help`}>
        {phone ? (
          <div>
            <p>
              <Trans>Coordinator, by phone:</Trans>
            </p>
            <a className={styles.phone} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
              {phone}
            </a>
          </div>
        ) : (
          <p>
            <Trans>Call your regional coordinator or the support of your hospital.</Trans>
          </p>
        )}
        <Action
          icon={copied === 'yes' ? <IconCheck size={20} aria-hidden /> : <IconCopy size={20} aria-hidden />}
          onClick={() => void copy()}
        >
          <Trans>Copy the facts for support</Trans>
        </Action>
        <p className="quiet" role="status">
          {copied === 'yes' ? (
            <Trans>Copied: paste it into a message to support. It holds no patient data.</Trans>
          ) : copied === 'failed' ? (
            <textarea readOnly rows={6} value={diagnosticsText()} onFocus={(event) => event.target.select()} />
          ) : (
            <Trans>Browser, link and error numbers; no patient data.</Trans>
          )}
        </p>
        {children}
      </section>
    </details>
  );
}
