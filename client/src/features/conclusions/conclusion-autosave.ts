import type { Conclusion, ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import type { ProblemCode } from '../../lib/problem-error.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { createStore, type Store } from '../../lib/store.ts';
import { applyChoices, type Merge, type MergeChoice, mergeTexts } from './conclusion-merge.ts';
import {
  type ConclusionText,
  type ConclusionTextField,
  EMPTY_TEXT,
  isSameContent,
  isWhole,
  toContent,
  toText,
} from './conclusion-text.ts';
import { DeviceCopy } from './device-copy.ts';
import type { LeftText, TextKeeper } from './text-keeper.ts';

/** The server, as far as it concerns one conclusion. Each throws ProblemError. */
export interface ConclusionPort {
  /** Undefined while nothing was saved yet. */
  load(): Promise<Conclusion | undefined>;
  save(baseVersion: number, content: ConclusionContent): Promise<Conclusion>;
}

export type Saving =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string }
  /** On this device's disk; it is sent as soon as the server can be reached. */
  | { readonly kind: 'kept'; readonly error: ProblemError }
  /** The server refuses it, or neither server nor disk took it: a person has to act. */
  | { readonly kind: 'failed'; readonly error: ProblemError; readonly isKept: boolean };

export interface Conflict extends Merge {
  /** Where the other text comes from. */
  readonly from: 'server' | 'device';
  readonly mine: ConclusionText;
  readonly theirs: ConclusionText;
}

export type AutosaveState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unavailable'; readonly error: ProblemError }
  | {
      readonly kind: 'open';
      readonly text: ConclusionText;
      readonly saving: Saving;
      readonly conflict: Conflict | null;
      /** What was done without asking, to be told once. */
      readonly notice: 'restored' | 'joined' | null;
    }
  /** `unsigned` was typed here and is not part of what was signed. */
  | { readonly kind: 'signed'; readonly conclusion: Conclusion; readonly unsigned: ConclusionText | null };

interface Base {
  readonly version: number;
  readonly text: ConclusionText;
  readonly savedAt: string | null;
}

/** To the server; with the round trip it is to stay under the 2 s that experience asks for. */
const SEND_AFTER_MS = 1000;
const RETRY_MS = [2000, 4000, 8000, 15_000] as const;

/** Trying again would be answered the same. */
const PERMANENT: readonly ProblemCode[] = [
  'request.invalid',
  'request.too_large',
  'auth.forbidden',
  'consultation.not_found',
  'consultation.state_conflict',
  'consultation.cancelled',
];

/**
 * Keeps one conclusion while it is written: first on this device, then on the server, each save naming the version it
 * started from. What somebody else saved is joined field by field; where both changed the same field a person decides.
 */
export class ConclusionAutosave {
  readonly state: Store<AutosaveState> = createStore<AutosaveState>({ kind: 'loading' });
  readonly #port: ConclusionPort;
  readonly #copy: DeviceCopy;
  readonly #onSaved: (version: number) => void;
  #base: Base = { version: 0, text: EMPTY_TEXT, savedAt: null };
  /** What the pending conflict's decision will start from. */
  #next: Base | undefined;
  #left: LeftText[] = [];
  #sending: Promise<void> | undefined;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isClosed = false;

  static create(ports: {
    port: ConclusionPort;
    keeper: TextKeeper;
    /** Tells other windows of this browser. */
    onSaved?: (version: number) => void;
  }): ConclusionAutosave {
    return new ConclusionAutosave(ports.port, ports.keeper, ports.onSaved ?? (() => {}));
  }

  private constructor(port: ConclusionPort, keeper: TextKeeper, onSaved: (version: number) => void) {
    this.#port = port;
    this.#copy = DeviceCopy.create(keeper, () => {
      const { version: baseVersion, text: base } = this.#base;
      return { baseVersion, base, text: this.#open().text };
    });
    this.#onSaved = onSaved;
  }

  /** Loads what the server has and joins what earlier pages left on this device. Again after a failure. */
  async open(): Promise<void> {
    if (this.state.get().kind === 'open') return this.refresh();
    try {
      const conclusion = await this.#port.load();
      this.#left = await this.#copy.adoptLeft();
      if (this.#isClosed) return;
      if (conclusion && conclusion.status !== 'preliminary') return await this.#becomeSigned(conclusion);
      this.#base = baseOf(conclusion);
      this.#show({ text: this.#base.text, saving: this.#rest(), conflict: null, notice: null });
      await this.#joinLeft();
    } catch (error) {
      if (!this.#isClosed) this.state.set({ kind: 'unavailable', error: ProblemError.from(error) });
    }
  }

  edit(text: ConclusionText): void {
    const now = this.state.get();
    if (now.kind !== 'open') return;
    const conflict = now.conflict && {
      ...now.conflict,
      ...mergeTexts(this.#base.text, text, now.conflict.theirs),
      mine: text,
    };
    this.#show({ text, saving: { kind: 'saving' }, conflict });
    this.#copy.keepSoon();
    this.#sendIn(SEND_AFTER_MS);
  }

  /** The person's decision about the pending conflict. */
  async resolve(choices: Partial<Record<ConclusionTextField, MergeChoice>>): Promise<void> {
    const now = this.state.get();
    if (now.kind !== 'open' || !now.conflict) return;
    const { from, merged, theirs } = now.conflict;
    const settled = from === 'device' ? this.#left.shift() : undefined;
    if (this.#next) this.#base = this.#next;
    this.#next = undefined;
    this.#show({ text: applyChoices(merged, theirs, choices), saving: { kind: 'saving' }, conflict: null });
    await this.#copy.keep();
    await settled?.forget().catch(() => {});
    await this.#joinLeft();
  }

  dismissNotice(): void {
    this.#show({ notice: null });
  }

  /** Sends what is unsent; throws the ProblemError that keeps it from the server. */
  async flush(): Promise<void> {
    while (this.state.get().kind === 'open') {
      if (this.#sending) {
        await this.#sending;
        continue;
      }
      const { text, conflict } = this.#open();
      if (conflict) throw ProblemError.local('conclusion.version_conflict');
      if (isSameContent(text, this.#base.text)) return;
      await this.#send();
      const after = this.state.get();
      if (after.kind === 'open' && (after.saving.kind === 'kept' || after.saving.kind === 'failed')) {
        throw after.saving.error;
      }
    }
  }

  /** The connection or the session is back, or another window saved. */
  async refresh(): Promise<void> {
    this.#failures = 0;
    switch (this.state.get().kind) {
      case 'unavailable':
        return this.open();
      case 'open':
        if (!this.#sending && !this.#open().conflict) await this.#joinServer().catch(() => this.#sendIn(0));
        return;
      default:
        return;
    }
  }

  /** It was signed, by this page or in another window. */
  noteSigned(conclusion: Conclusion): Promise<void> {
    return this.#becomeSigned(conclusion);
  }

  /** The person has seen the text that did not make it into the signed conclusion and needs it no more. */
  async discardUnsigned(): Promise<void> {
    const now = this.state.get();
    if (now.kind !== 'signed') return;
    this.state.set({ ...now, unsigned: null });
    await Promise.allSettled([this.#copy.forget(), ...this.#left.map((left) => left.forget())]);
  }

  /** Onto the disk at once: the page is being hidden or closed. */
  keepNow(): void {
    if (this.state.get().kind === 'open' && !this.#isAtRest()) void this.#copy.keep();
  }

  close(): void {
    if (this.#isClosed) return;
    this.keepNow();
    void this.#send();
    this.#isClosed = true;
    this.#copy.stop();
    clearTimeout(this.#sendTimer);
    // After what is still being written and sent, so that no other window adopts a text that is on its way.
    void Promise.allSettled([this.#sending]).then(() => this.#copy.close());
  }

  /** The user has signed out and this device forgets them: from now on nothing is kept or sent. */
  abandon(): void {
    this.#isClosed = true;
    clearTimeout(this.#sendTimer);
    this.#copy.abandon();
  }

  #sendIn(delayMs: number): void {
    clearTimeout(this.#sendTimer);
    if (!this.#isClosed) this.#sendTimer = setTimeout(() => void this.#send(), delayMs);
  }

  #send(): Promise<void> {
    clearTimeout(this.#sendTimer);
    if (this.#sending) return this.#sending;
    const now = this.state.get();
    if (now.kind !== 'open' || now.conflict || this.#isClosed) return Promise.resolve();
    if (isSameContent(now.text, this.#base.text)) {
      this.#settle();
      return Promise.resolve();
    }
    this.#sending = this.#sendOnce(now.text).finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendOnce(text: ConclusionText): Promise<void> {
    this.#show({ saving: { kind: 'saving' } });
    try {
      const saved = await this.#port.save(this.#base.version, toContent(text));
      this.#failures = 0;
      this.#base = baseOf(saved);
      this.#onSaved(saved.version);
      if (isSameContent(this.#open().text, this.#base.text)) this.#settle();
      else this.#sendIn(SEND_AFTER_MS);
    } catch (error) {
      await this.#sendFailed(ProblemError.from(error));
    }
  }

  async #sendFailed(error: ProblemError): Promise<void> {
    switch (error.code) {
      case 'conclusion.version_conflict':
      case 'conclusion.signed':
        return this.#joinServer().catch((reason: unknown) => this.#waitForServer(ProblemError.from(reason)));
      default:
        return this.#waitForServer(error);
    }
  }

  async #waitForServer(error: ProblemError): Promise<void> {
    await this.#copy.keep();
    const { text } = this.#open();
    const isKept = this.#copy.has(text);
    const isPermanent = PERMANENT.includes(error.code);
    this.#show({ saving: isKept && !isPermanent ? { kind: 'kept', error } : { kind: 'failed', error, isKept } });
    if (!isPermanent) {
      this.#sendIn(RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 0);
      this.#failures += 1;
    }
  }

  /** Reads the server's text and joins it with the one here. */
  async #joinServer(): Promise<void> {
    const conclusion = await this.#port.load();
    if (this.state.get().kind !== 'open') return;
    if (conclusion && conclusion.status !== 'preliminary') return this.#becomeSigned(conclusion);
    const theirs = baseOf(conclusion);
    const { text } = this.#open();
    if (theirs.version === this.#base.version) return this.#sendIn(SEND_AFTER_MS);
    const merge = mergeTexts(this.#base.text, text, theirs.text);
    if (merge.conflicts.length > 0) {
      // The old base stays until a person has decided: a reload now must find the same conflict again.
      this.#next = theirs;
      this.#show({ conflict: { ...merge, from: 'server', mine: text, theirs: theirs.text } });
      await this.#copy.keep();
      return;
    }
    // Somebody who only reads here is not told about every save of another window.
    const isJoined = !isSameContent(text, this.#base.text);
    this.#base = theirs;
    this.#show({ text: merge.merged, ...(isJoined && { notice: 'joined' as const }) });
    this.#sendIn(0);
  }

  /** Joins the texts that earlier pages left, newest first, until one needs a person. */
  async #joinLeft(): Promise<void> {
    let hasRestored = false;
    for (let left = this.#left[0]; left; left = this.#left[0]) {
      const { text } = this.#open();
      const merge = mergeTexts(left.base, text, left.text);
      if (merge.conflicts.length > 0) {
        this.#next = this.#base;
        this.#show({ conflict: { ...merge, from: 'device', mine: text, theirs: left.text } });
        return;
      }
      if (merge.merged !== text) {
        hasRestored = true;
        this.#show({ text: merge.merged, saving: { kind: 'saving' }, notice: 'restored' });
        await this.#copy.keep();
      }
      // Forgotten only when the joined text is on the disk, or when it holds nothing new.
      if (merge.merged === text || this.#copy.has(this.#open().text)) await left.forget().catch(() => {});
      this.#left.shift();
    }
    if (hasRestored || !this.#isAtRest()) this.#sendIn(0);
  }

  async #becomeSigned(conclusion: Conclusion): Promise<void> {
    const signed = toText(conclusion.content);
    const now = this.state.get();
    const typed = now.kind === 'open' ? [now.text] : [];
    const unsigned = [...typed, ...this.#left.map((left) => left.text)].find((text) => !isSameContent(text, signed));
    this.#copy.stop();
    clearTimeout(this.#sendTimer);
    this.state.set({ kind: 'signed', conclusion, unsigned: unsigned ?? null });
    // Kept on the disk, and shown, until a person says that it is not needed.
    if (unsigned !== undefined) return;
    for (const left of this.#left) await left.forget().catch(() => {});
    this.#copy.forgetWhen(() => true);
  }

  /** Everything is on the server: the copy on this device goes, unless it holds more than the server takes. */
  #settle(): void {
    this.#show({ saving: this.#rest() });
    this.#copy.stop();
    const { text } = this.#open();
    if (isWhole(text)) this.#copy.forgetWhen(() => this.#isAtRest());
    else if (!this.#copy.has(text)) void this.#copy.keep();
  }

  #isAtRest(): boolean {
    const now = this.state.get();
    return now.kind !== 'open' || (isSameContent(now.text, this.#base.text) && isWhole(now.text));
  }

  #rest(): Saving {
    return this.#base.savedAt === null ? { kind: 'nothing' } : { kind: 'saved', at: this.#base.savedAt };
  }

  #open(): Extract<AutosaveState, { kind: 'open' }> {
    const now = this.state.get();
    if (now.kind === 'open') return now;
    // Only reached by work that was under way when it was signed: it ends there.
    return { kind: 'open', text: this.#base.text, saving: this.#rest(), conflict: null, notice: null };
  }

  #show(change: Partial<Omit<Extract<AutosaveState, { kind: 'open' }>, 'kind'>>): void {
    const now = this.state.get();
    if (now.kind === 'signed') return;
    this.state.set({ ...this.#open(), ...change });
  }
}

function baseOf(conclusion: Conclusion | undefined): Base {
  if (!conclusion) return { version: 0, text: EMPTY_TEXT, savedAt: null };
  return { version: conclusion.version, text: toText(conclusion.content), savedAt: conclusion.savedAt };
}
