import { Trans, useLingui } from '@lingui/react/macro';
import { IconFile, IconHourglass } from '@tabler/icons-react';
import { formatTime } from '../../../lib/format.ts';
import { usePicture } from '../api/get-picture.ts';
import type { ShownAttachment } from '../api/list-attachments.ts';
import { kindWords } from '../attachment-words.ts';
import { EditFile } from './edit-file.tsx';
import styles from './files-panel.module.css';

interface FileTileProps {
  readonly attachment: ShownAttachment;
  readonly canChange: boolean;
  onOpen(): void;
}

export function FileTile({ attachment, canChange, onOpen }: FileTileProps) {
  const { t } = useLingui();
  const { picture, kind, note, status, createdAt, pages } = attachment;
  const thumbnail = usePicture(picture && { id: picture.id, role: 'thumbnail', page: 1 });
  const time = formatTime(createdAt);
  return (
    <li className={styles.tile}>
      <button type="button" className={styles.open} disabled={picture === null} onClick={onOpen}>
        <span className={styles.picture}>
          {thumbnail.url ? (
            <img src={thumbnail.url} alt="" />
          ) : picture === null ? (
            <IconHourglass size={28} aria-hidden />
          ) : (
            <IconFile size={28} aria-hidden />
          )}
        </span>
        <span className={styles.words}>
          <strong>{t(kindWords[kind])}</strong> {time}
          {note !== '' && <>. {note}</>}
          {pages > 1 && (
            <>
              {' '}
              <Trans>({pages} pages)</Trans>
            </>
          )}
          {status === 'uploading' && (
            <>
              <br />
              {picture === null ? <Trans>Still coming</Trans> : <Trans>Small copy; the whole is coming</Trans>}
            </>
          )}
          {status === 'checking' && (
            <>
              <br />
              <Trans>Being checked</Trans>
            </>
          )}
        </span>
      </button>
      {canChange && status === 'stored' && <EditFile attachment={attachment} />}
    </li>
  );
}
