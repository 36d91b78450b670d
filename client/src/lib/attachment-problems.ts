import { msg } from '@lingui/core/macro';

const KEPT_FILE = msg`The file is kept on this device.`;
const KEPT_SAVED = msg`Everything that was saved before is kept.`;
const KEPT_CALL = msg`The call and everything saved go on.`;
const TODO_RELOAD = msg`Reload the page to see how it is now.`;
const TODO_GOES_ON = msg`It goes on by itself.`;

/** Of photos and files, apart: their words come with the screens that have files, not with a station's first load. */
export const attachmentProblems = {
  'attachment.not_found': { title: msg`There is no such file`, kept: KEPT_SAVED, todo: TODO_RELOAD },
  'attachment.empty': {
    title: msg`The file is empty`,
    kept: KEPT_SAVED,
    todo: msg`Take the photo again or choose another file.`,
  },
  'attachment.too_large': {
    title: msg`The file is larger than 40 MB`,
    kept: KEPT_SAVED,
    todo: msg`Choose the smaller size, or send pages one by one.`,
  },
  'attachment.quota': {
    title: msg`This consultation has as many files as it may have`,
    kept: KEPT_FILE,
    todo: msg`Remove files that are not needed, then send again.`,
  },
  'attachment.disk_full': {
    title: msg`The server has no room for files now`,
    kept: KEPT_FILE,
    todo: msg`It is sent by itself when there is room. Tell support if it takes longer than an hour.`,
  },
  'attachment.checksum_mismatch': {
    title: msg`The file arrived damaged`,
    kept: KEPT_FILE,
    todo: msg`It is sent again from the start by itself.`,
  },
  'attachment.offset_conflict': { title: msg`The upload was interrupted`, kept: KEPT_FILE, todo: TODO_GOES_ON },
  'attachment.upload_gone': {
    title: msg`The upload was given up`,
    kept: KEPT_FILE,
    todo: msg`Send it again or remove it from the list.`,
  },
  'attachment.state_conflict': { title: msg`The file has changed meanwhile`, kept: KEPT_SAVED, todo: TODO_RELOAD },
  'attachment.label_changed': {
    title: msg`Somebody changed what is said about this file meanwhile`,
    kept: msg`What you typed is kept.`,
    todo: msg`Look at what was saved, then go on with yours or take that.`,
  },
  'attachment.type_refused': {
    title: msg`This kind of file cannot be taken`,
    kept: KEPT_FILE,
    todo: msg`Send a photo (JPEG, PNG, WebP) or a PDF.`,
  },
  'attachment.heic_refused': {
    title: msg`HEIC photos cannot be read here`,
    kept: KEPT_FILE,
    todo: msg`Set the camera of the telephone to JPEG (“Most compatible”), or take the photo on this page.`,
  },
  'attachment.damaged': {
    title: msg`The file is damaged`,
    kept: KEPT_FILE,
    todo: msg`Take the photo again or save the document anew.`,
  },
  'attachment.too_many_pixels': {
    title: msg`The picture has more than 60 megapixels`,
    kept: KEPT_FILE,
    todo: msg`Press “Send it smaller”, or take the photo again.`,
  },
  'attachment.too_many_pages': {
    title: msg`The PDF has more than 30 pages`,
    kept: KEPT_FILE,
    todo: msg`Send only the pages that are needed.`,
  },
  'attachment.encrypted': {
    title: msg`The PDF is locked with a password`,
    kept: KEPT_FILE,
    todo: msg`Save it without a password, or take photos of its pages.`,
  },
  'attachment.active_content': {
    title: msg`The PDF has other files or forms inside`,
    kept: KEPT_FILE,
    todo: msg`Print it to a new PDF, or take photos of its pages.`,
  },
  'attachment.too_complex': {
    title: msg`The file is too complicated to be read`,
    kept: KEPT_FILE,
    todo: msg`Take a photo of it, or send it in the smaller size.`,
  },
  'attachment.not_shown': {
    title: msg`Nobody is looking at this file together`,
    kept: KEPT_CALL,
    todo: msg`Open the file and share it again.`,
  },
} as const;
