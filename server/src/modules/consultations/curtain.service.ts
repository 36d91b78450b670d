import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Curtain } from '@jaqyn/shared/signalling/room';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { ConsultationLoader } from './consultation.loader.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly loader: Pick<ConsultationLoader, 'getRow'>;
}

const DRAW = 'consultation.draw_curtain';
const OPEN = 'consultation.open_curtain';

/** The curtain before the patient. Its state is the last entry of the log: who drew it and when cannot be told apart from it. */
export class CurtainService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #loader: Pick<ConsultationLoader, 'getRow'>;

  constructor({ store, clock, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#loader = loader;
  }

  findCurtain(requestId: RequestId): Promise<Curtain | null> {
    return this.#store.read((tx) => find(tx, requestId));
  }

  /** Setting it to what it is changes nothing. Throws `consultation.not_found`. */
  setCurtain(
    actor: Actor,
    requestId: RequestId,
    { isDrawn, hidesSound }: { readonly isDrawn: boolean; readonly hidesSound: boolean },
  ): Promise<Curtain | null> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'join_room', requestId);
      const before = await find(tx, requestId);
      const isSame = isDrawn ? before?.hidesSound === hidesSound : before === null;
      if (isSame) return before;
      await auditLog.append(tx, {
        at,
        actor,
        action: isDrawn ? DRAW : OPEN,
        entityType: 'consultation',
        entityId: requestId,
        detail: isDrawn ? { hidesSound } : {},
      });
      return find(tx, requestId);
    });
  }
}

async function find(tx: Tx, requestId: RequestId): Promise<Curtain | null> {
  const last = await auditLog.findState(tx, 'consultation', requestId);
  if (last === undefined || last.action === OPEN) return null;
  const { hidesSound } = JSON.parse(last.detail) as { hidesSound: boolean };
  return { hidesSound, by: last.actorName ?? '', at: last.at as Curtain['at'] };
}
