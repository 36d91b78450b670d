import type { NoticeChannelPort, OutgoingMessage } from './notice-channel.ts';

const TIMEOUT_MS = 15_000;

export interface SmsGateway {
  readonly url: string;
  /** JSON with `{to}`, `{text}` and `{id}` where the gateway wants them; each is filled in as a JSON string's content. */
  readonly body: string;
  /** Sent as `Authorization`. */
  readonly authorization: string | undefined;
}

/** SMS through the HTTP gateway of an operator. */
export class SmsChannel implements NoticeChannelPort {
  readonly #gateway: SmsGateway;

  constructor(gateway: SmsGateway) {
    this.#gateway = gateway;
  }

  async send({ id, to, text }: OutgoingMessage): Promise<void> {
    const { url, body, authorization } = this.#gateway;
    const values: Record<string, string> = { to, text, id };
    const filled = body.replace(/\{(to|text|id)\}/g, (_, name: string) => JSON.stringify(values[name]).slice(1, -1));
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        ...(authorization !== undefined && { authorization }),
      },
      body: filled,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  }
}
