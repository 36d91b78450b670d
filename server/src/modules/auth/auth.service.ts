import { createHash, randomBytes } from 'node:crypto';
import type { CurrentUser, Language } from '@jaqyn/shared/auth/auth.contract';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';
import { authRepository } from './auth.repository.ts';
import { LoginThrottle } from './login-throttle.ts';
import { verifyPassword } from './password.ts';

/** How long an ended session is kept for whoever asks why somebody was signed out. */
const KEEP_SESSIONS_MS = 7 * 86_400_000;
const SESSIONS_AT_ONCE = 500;

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly sessionHours: number;
}

/** Who a live session belongs to, with what the sign-in answer shows. */
export interface LiveSession {
  readonly actor: Actor;
  readonly currentUser: CurrentUser;
}

export class AuthService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #bus: EventBus;
  readonly #sessionHours: number;
  readonly #throttle: LoginThrottle;

  constructor({ store, clock, bus, sessionHours }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#bus = bus;
    this.#sessionHours = sessionHours;
    this.#throttle = new LoginThrottle(() => clock.now().getTime());
  }

  /**
   * Answers the cookie's token (256 random bits, base64url) and who signed in.
   * Unknown, disabled and wrong all throw `auth.invalid_credentials` after the same work; too many wrong ones
   * throw `request.rate_limited`.
   */
  async signIn(input: { login: string; password: string; address: string }): Promise<LiveSession & { token: string }> {
    const login = input.login.trim().toLowerCase();
    const throttleKey = `${input.address} ${login}`;
    const user = await this.#attempt(throttleKey, async () => {
      const found = await this.#store.read((tx) => authRepository.findUserByLogin(tx, login));
      const fits = await verifyPassword(found?.passwordHash, input.password);
      return fits && found?.isDisabled === false ? found : undefined;
    });

    const token = randomBytes(32).toString('base64url');
    const now = this.#clock.now();
    const session = {
      id: newId<string>(now.getTime()),
      tokenHash: hashToken(token),
      userId: user.id,
      createdAt: toInstant(now),
      expiresAt: toInstant(new Date(now.getTime() + this.#sessionHours * 3_600_000)),
      endedAt: null,
    };
    await this.#store.transaction(async (tx) => {
      await authRepository.insertSession(tx, session);
      await auditLog.append(tx, {
        at: session.createdAt,
        actor: { userId: user.id as Actor['userId'], role: user.role },
        action: 'session.start',
        entityType: 'session',
        entityId: session.id,
      });
    });
    const live = await this.findSession(token);
    if (live === undefined) throw new DomainError('auth.session_expired');
    return { ...live, token };
  }

  /** Forgets sessions that were over a week ago: the audit log keeps who was there. True when there are more. */
  async purgeSessions(): Promise<boolean> {
    const before = toInstant(new Date(this.#clock.now().getTime() - KEEP_SESSIONS_MS));
    const removed = await this.#store.transaction((tx) => authRepository.removeSessions(tx, before, SESSIONS_AT_ONCE));
    return removed === SESSIONS_AT_ONCE;
  }

  /** The live session of a token, or undefined when it is unknown, ended, expired, or its user is disabled. */
  async findSession(token: string): Promise<LiveSession | undefined> {
    const row = await this.#store.read((tx) => authRepository.findSession(tx, hashToken(token)));
    if (row === undefined || row.user.isDisabled || row.session.endedAt !== null) return undefined;
    if (row.session.expiresAt <= this.#clock.instant()) return undefined;
    const { user, station, specialty, session } = row;
    const actor = {
      userId: user.id,
      sessionId: session.id,
      sessionExpiresAt: session.expiresAt,
      login: user.login,
      displayName: user.displayName,
      role: user.role,
      language: user.language,
      stationId: user.stationId,
      practitionerId: user.practitionerId,
      specialty,
    } as Actor;
    return {
      actor,
      currentUser: {
        id: actor.userId,
        login: actor.login,
        displayName: actor.displayName,
        role: actor.role,
        language: actor.language,
        station:
          station === null || actor.stationId === null
            ? null
            : { id: actor.stationId, name: { kk: station.nameKk, ru: station.nameRu, en: station.nameEn } },
        practitioner:
          actor.practitionerId === null || actor.specialty === null
            ? null
            : { id: actor.practitionerId, specialty: actor.specialty },
        sessionExpiresAt: session.expiresAt as Instant,
      },
    };
  }

  /** Ends the session over HTTP, socket and media; ending it twice is harmless. */
  async signOut(actor: Actor): Promise<void> {
    const at = this.#clock.instant();
    await this.#store.transaction(async (tx) => {
      if (!(await authRepository.endSession(tx, actor.sessionId, at))) return;
      await auditLog.append(tx, {
        at,
        actor,
        action: 'session.end',
        entityType: 'session',
        entityId: actor.sessionId,
      });
    });
    this.#bus.publish('session:ended', { sessionId: actor.sessionId, userId: actor.userId, reason: 'signed_out' });
  }

  async setLanguage(actor: Actor, language: Language): Promise<void> {
    const at = this.#clock.instant();
    await this.#store.transaction(async (tx) => {
      await authRepository.setLanguage(tx, actor.userId, language);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'user.set_language',
        entityType: 'user',
        entityId: actor.userId,
        detail: { language },
      });
    });
  }

  /** Re-authentication before a signature. Throws `auth.invalid_credentials` or `request.rate_limited`. */
  async confirmPassword(actor: Actor, password: string): Promise<void> {
    await this.#attempt(`confirm ${actor.userId}`, async () => {
      const user = await this.#store.read((tx) => authRepository.findUser(tx, actor.userId));
      return (await verifyPassword(user?.passwordHash, password)) ? user : undefined;
    });
  }

  /** One counted try at a password; `look` answers undefined when it does not fit. */
  async #attempt<T>(throttleKey: string, look: () => Promise<T | undefined>): Promise<T> {
    this.#throttle.begin(throttleKey);
    let found: T | undefined;
    try {
      found = await look();
    } catch (error) {
      this.#throttle.withdraw(throttleKey);
      throw error;
    }
    if (found === undefined) throw new DomainError('auth.invalid_credentials');
    this.#throttle.succeeded(throttleKey);
    return found;
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
