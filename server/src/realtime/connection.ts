import type { NotificationData, NotificationName } from '@jaqyn/shared/signalling/events';

/** One live socket, as everything above socket.io knows it. */
export interface Connection {
  readonly id: string;
  readonly isOpen: boolean;
  /** Tells this socket only; nothing happens when it is closed. Throws when the data is not what the table says. */
  notify<Name extends NotificationName>(name: Name, data: NotificationData<Name>): void;
  /** Called once, when the socket is gone for whatever reason; at once when it is gone already. */
  onClosed(listener: () => void): void;
  /** Drops the connection; the client comes back by itself and signs in with the same cookie. */
  drop(): void;
  /** Ends the connection for good; the client does not come back by itself. */
  end(): void;
}
