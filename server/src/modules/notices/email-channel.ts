import { createTransport } from 'nodemailer';
import type { NoticeChannelPort, OutgoingMessage } from './notice-channel.ts';

const TIMEOUT_MS = 15_000;

/** E-mail over SMTP. `url` as nodemailer takes it, for example `smtps://user:password@mail.example.kz`. */
export class EmailChannel implements NoticeChannelPort {
  readonly #transport: ReturnType<typeof createTransport>;
  readonly #from: string;

  constructor({ url, from }: { url: string; from: string }) {
    const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
    this.#transport = createTransport({ url, ...timeouts });
    this.#from = from;
  }

  async send({ id, to, subject, text, language }: OutgoingMessage): Promise<void> {
    const domain = this.#from.replace(/^.*@/, '').replace(/>.*$/, '');
    await this.#transport.sendMail({
      from: this.#from,
      to,
      subject,
      text,
      // The same for each attempt, so that a mail server or reader can drop a repetition.
      messageId: `<${id}@${domain}>`,
      headers: { 'content-language': language, 'auto-submitted': 'auto-generated' },
    });
  }
}
