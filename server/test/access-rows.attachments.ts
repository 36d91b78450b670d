import { MISSING, type Row } from './access-row.ts';

/** Which file is whose is tried in attachments.test.ts; here, who gets as far as to ask. */
const senders: Row = { access: ['feldsher', 'specialist'], params: { attachmentId: MISSING }, isAboutNobody: true };

export const ATTACHMENT_ROWS: Readonly<Record<string, Row>> = {
  'GET /api/consultations/:requestId/attachments': {
    access: ['feldsher', 'specialist', 'coordinator'],
    seenBy: ({ state, isAnswered }) => [
      'feldsher of the station',
      'coordinator',
      'specialist it rings at',
      ...(isAnswered ? (['the specialist'] as const) : []),
      ...(state === 'in_triage'
        ? (['the specialist', 'specialist it rang at', 'specialist of the specialty'] as const)
        : []),
    ],
  },
  'POST /api/consultations/:requestId/attachments': {
    access: ['feldsher', 'specialist'],
    payload: () => ({ id: MISSING, kind: 'ecg', byteLength: 9, sha256: '0'.repeat(64) }),
    seenBy: ({ isAnswered }) => ['feldsher of the station', ...(isAnswered ? (['the specialist'] as const) : [])],
  },
  'PUT /api/attachments/:attachmentId/label': {
    ...senders,
    payload: () => ({ kind: 'skin', note: '', seen: { kind: 'skin', note: '' } }),
  },
  'POST /api/attachments/:attachmentId/withdraw': senders,
  'GET /api/attachments/:attachmentId/files/:role': {
    access: ['feldsher', 'specialist', 'coordinator'],
    params: { attachmentId: MISSING, role: 'full' },
    isAboutNobody: true,
  },
  'PATCH /api/uploads/:attachmentId': senders,
  'DELETE /api/uploads/:attachmentId': senders,
};
