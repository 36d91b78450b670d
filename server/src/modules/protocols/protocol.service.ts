import type { ProtocolVersionId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type {
  CompletenessContent,
  CompletenessProtocol,
  DangerContent,
  DangerProtocol,
  Protocol,
} from '@jaqyn/shared/protocols/protocol.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { protocolRepository } from './protocol.repository.ts';

interface Change {
  readonly code: string;
  readonly baseVersion: number;
  readonly effectiveFrom: CalendarDate;
}
type ProtocolChange =
  | (Change & { readonly kind: 'completeness'; readonly content: CompletenessContent })
  | (Change & { readonly kind: 'danger_signs'; readonly content: DangerContent });

/** Protocols of completeness and of danger signs: versions with the day they begin, none ever changed. */
export class ProtocolService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  listInForce(): Promise<Protocol[]> {
    const today = localDate(this.#clock.instant());
    return this.#store.read(async (tx) => {
      const begun = (await protocolRepository.listAll(tx)).filter(({ effectiveFrom }) => effectiveFrom <= today);
      // By code, the oldest first: the last of each is in force.
      return [...new Map(begun.map((protocol) => [`${protocol.kind} ${protocol.code}`, protocol])).values()];
    });
  }

  listVersions(): Promise<Protocol[]> {
    return this.#store.read((tx) => protocolRepository.listAll(tx));
  }

  /** For a unit of work of another module. */
  async findCompleteness(tx: Tx, code: string, day: CalendarDate): Promise<CompletenessProtocol | undefined> {
    const found = await protocolRepository.findInForce(tx, 'completeness', code, day);
    return found?.kind === 'completeness' ? found : undefined;
  }

  /** Versions that were or are in force, for what a screen was made with. Throws `request.invalid` for an unknown one, or one to come. */
  async getDangerProtocols(tx: Tx, ids: readonly ProtocolVersionId[], day: CalendarDate): Promise<DangerProtocol[]> {
    const found = await protocolRepository.listByIds(tx, ids);
    return ids.map((id) => {
      const protocol = found.find((one) => one.id === id);
      if (protocol?.kind !== 'danger_signs' || protocol.effectiveFrom > day) {
        throw new DomainError('request.invalid', { fields: [{ path: 'dangerCheck.protocols', code: 'unknown' }] });
      }
      return protocol;
    });
  }

  /**
   * A new version. The id comes from the caller: the same again answers what is stored. Throws `protocol.changed` when somebody made
   * one meanwhile, `protocol.past` for a day that has been: what was judged stays judged.
   */
  save(actor: Actor, id: ProtocolVersionId, change: ProtocolChange): Promise<Protocol> {
    const at = this.#clock.instant();
    const { baseVersion, ...what } = change;
    return this.#store.transaction(async (tx) => {
      const stored = await protocolRepository.find(tx, id);
      if (stored !== undefined) {
        const { kind, code, effectiveFrom, content } = stored;
        if (canonicalize({ kind, code, effectiveFrom, content }) !== canonicalize(what)) {
          throw new DomainError('idempotency.key_reused');
        }
        return stored;
      }
      const latest = await protocolRepository.findLatest(tx, change.kind, change.code);
      if ((latest?.version ?? 0) !== baseVersion) throw new DomainError('protocol.changed');
      if (change.effectiveFrom < localDate(at) || (latest && change.effectiveFrom < latest.effectiveFrom)) {
        throw new DomainError('protocol.past', { fields: [{ path: 'effectiveFrom', code: 'past' }] });
      }
      const version = baseVersion + 1;
      const protocol = { ...what, id, version, createdAt: at };
      await protocolRepository.insert(tx, protocol, actor.userId);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'protocol.save',
        entityType: 'protocol',
        entityId: id,
        detail: { kind: change.kind, code: change.code, version, effectiveFrom: change.effectiveFrom },
      });
      return protocol;
    });
  }
}
