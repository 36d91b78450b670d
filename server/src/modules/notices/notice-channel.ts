import type { Language } from '@jaqyn/shared/auth/auth.contract';

/** What leaves the house: no patient, no complaint, no conclusion is in it. */
export interface OutgoingMessage {
  /** The same for each attempt: the other side can tell a repetition. */
  readonly id: string;
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
}

/** A way out: e-mail, SMS. Throws where it was not taken; then it is tried again. */
export interface NoticeChannelPort {
  send(message: OutgoingMessage): Promise<void>;
}
