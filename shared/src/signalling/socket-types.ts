/** socket.io's generics, derived from the table; neither end writes an event type by hand. */
import type { Ack } from './ack.ts';
import type { NotificationData, NotificationName, RequestInput, RequestName, ResponseData } from './events.ts';

export type ClientToServerEvents = {
  [Name in RequestName]: (data: RequestInput<Name>, answer: (ack: Ack<ResponseData<Name>>) => void) => void;
};

export type ServerToClientEvents = {
  [Name in NotificationName]: (data: NotificationData<Name>) => void;
};
