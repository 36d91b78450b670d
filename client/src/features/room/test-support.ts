/** A server that is played by the test: answers are set by hand, notifications are told by hand. */

import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import type { Problem } from '@jaqyn/shared/errors/problem';
import { toProblem } from '@jaqyn/shared/errors/problem';
import type { NotificationData, NotificationName, RequestInput, RequestName } from '@jaqyn/shared/signalling/events';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';

type Play = (data: never) => unknown;

export class FakeSignalling implements Signalling {
  isConnected = true;
  serverRun: string | undefined = 'first';
  readonly said: { name: RequestName; data: unknown }[] = [];
  readonly #answers = new Map<RequestName, Play>();
  renewals = 0;
  readonly #listeners = new Map<string, Set<(data: never) => void>>();

  /** What `name` answers from now on; throw to refuse. */
  answer<Name extends RequestName>(name: Name, play: (data: RequestInput<Name>) => unknown): void {
    this.#answers.set(name, play);
  }

  refuse(name: RequestName, code: ErrorCode, extra: Partial<Problem> = {}): void {
    this.answer(name, () => {
      throw ProblemError.fromProblem({ ...toProblem(code, 'ref'), ...extra });
    });
  }

  async call<Name extends RequestName>(name: Name, data: RequestInput<Name>): Promise<never> {
    if (!this.isConnected) throw ProblemError.local('network.unreachable');
    this.said.push({ name, data });
    const play = this.#answers.get(name) ?? (() => ({}));
    return (await play(data as never)) as never;
  }

  count(name: RequestName): number {
    return this.said.filter((one) => one.name === name).length;
  }

  tell<Name extends NotificationName>(name: Name, data: NotificationData<Name>): void {
    this.#emit(name, data);
  }

  disconnect(): void {
    this.isConnected = false;
    this.#emit('disconnect', undefined);
  }

  connect(): void {
    this.isConnected = true;
    this.#emit('connect', undefined);
  }

  renew(): void {
    this.renewals += 1;
  }

  on<Name extends NotificationName>(name: Name, listener: (data: NotificationData<Name>) => void): () => void {
    return this.#listen(name, listener);
  }

  onConnected(listener: () => void): () => void {
    return this.#listen('connect', listener);
  }

  onDisconnected(listener: () => void): () => void {
    return this.#listen('disconnect', listener);
  }

  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #listen(name: string, listener: (data: never) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #emit(name: string, data: unknown): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(data as never);
  }
}
