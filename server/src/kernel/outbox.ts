import type { DomainEvents, EventBus } from './event-bus.ts';

/**
 * Events to publish after the commit. Collected inside a unit of work, which may run again and then starts with an empty one.
 */
export type Outbox = { [Name in keyof DomainEvents]: [Name, DomainEvents[Name]] }[keyof DomainEvents][];

export function publishAll(bus: EventBus, outbox: Outbox): void {
  for (const [name, payload] of outbox) bus.publish(name, payload);
}
