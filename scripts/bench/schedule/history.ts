/** What 200 clients saw, and whether one schedule changed step by step could have answered that. */

export type ResourceKind = 'practitioner' | 'patient' | 'station';

/** Minutes since 1970; from up to and without to. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Timed {
  /** Milliseconds on the one clock of all clients. */
  readonly invoked: number;
  /** When the answer was there; never (`Infinity`) when nobody waited for it and nobody asked again. */
  readonly answered: number;
  readonly requestId: string;
}

export interface Target {
  readonly practitionerId: string;
  readonly span: Span;
}

export type Change =
  | { readonly kind: 'book'; readonly appointmentId: string; readonly target: Target }
  /** `version` is the one it was made on. */
  | { readonly kind: 'move'; readonly appointmentId: string; readonly version: number; readonly target: Target }
  | { readonly kind: 'cancel'; readonly appointmentId: string; readonly version: number };

/** `blocked`: somebody's time is taken. `live`: the request has an appointment already. `stale`: the version is another one. */
export type Refusal =
  | { readonly why: 'blocked'; readonly kind: ResourceKind }
  | { readonly why: 'live' }
  | { readonly why: 'stale' }
  | { readonly why: 'unexpected'; readonly code: string };

export type Outcome =
  | { readonly kind: 'won'; readonly version: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Nobody waited for the answer: it may have happened, also later, or not. */
  | { readonly kind: 'unknown' };

export interface Attempt extends Timed {
  readonly operationId: string;
  readonly change: Change;
  readonly outcome: Outcome;
}

/** Somebody looked an appointment up: its version, also of a cancelled one; null: there was none. */
export interface Look extends Timed {
  readonly appointmentId: string;
  readonly version: number | null;
}

/** What the database has kept, in the order in which it was committed. */
export interface Committed {
  readonly operationId: string;
  readonly version: number;
}

export interface Facts {
  /** Patient and station of a request, and how many cameras that station has. */
  of(requestId: string): { readonly patientId: string; readonly stationId: string; readonly cameras: number };
}

export interface Verdict {
  /** Acknowledged, and not in the database. */
  readonly lostAcks: number;
  /** Somebody was given what another had, by kind; the same start of the same specialist counts as the slot's. */
  readonly overlaps: Readonly<Record<'slot' | ResourceKind, number>>;
  /** Why no order of these operations explains the answers; the first few of each kind. Overlaps are told here, too. */
  readonly faults: readonly string[];
  readonly faultCount: number;
  /** What there must be in the end: the live holds, as `kind resource lane from to appointment`, sorted. */
  readonly holds: readonly string[];
}

interface Hold {
  readonly resource: string;
  readonly lane: number;
  readonly span: Span;
  readonly appointmentId: string;
  readonly acquired: number;
  released: number;
}

interface Live {
  readonly appointmentId: string;
  version: number;
  holds: Hold[];
}

const FAULTS_TOLD = 20;
const CELL = 5;

/**
 * Strict serializability of the whole history, with the order of commits as its certificate. The definition asks whether there is *any*
 * order of the operations that respects real time (what was answered comes before what was asked for later) and in which each
 * answer is right. The database gives one such order; here it is checked, step by step, against a schedule of its own:
 * every change that was won was possible at its place, every refusal and every look was true at some place between its
 * question and its answer, in an order that respects real time among them as well. What passes is linearizable, whatever
 * the database thinks of its order; nothing of the database's rules is trusted. A refusal is placed as early as it can be, which
 * leaves most room to those after it, so that none is called wrong because of a bad choice.
 *
 * An unknown one counts from its question on for ever when the database has it, and as nothing when it has not.
 */
export function checkHistory(input: {
  attempts: readonly Attempt[];
  looks: readonly Look[];
  committed: readonly Committed[];
  facts: Facts;
}): Verdict {
  return new HistoryCheck(input).run();
}

class HistoryCheck {
  readonly #input: Parameters<typeof checkHistory>[0];
  readonly #faults: string[] = [];
  #faultCount = 0;
  #lostAcks = 0;
  readonly #overlaps = { slot: 0, practitioner: 0, patient: 0, station: 0 };
  /** Every hold there ever was, by resource and by the five minutes it touches. */
  readonly #everHeld = new Map<string, Hold[]>();
  readonly #live = new Map<string, Live>();
  /** From which place on a request had an appointment, and from which not. */
  readonly #timelines = new Map<string, { at: number; isLive: boolean }[]>();
  readonly #versions = new Map<string, { at: number; version: number | null }[]>();

  constructor(input: Parameters<typeof checkHistory>[0]) {
    this.#input = input;
  }

  run(): Verdict {
    const { attempts, committed } = this.#input;
    const byId = new Map(attempts.map((attempt) => [attempt.operationId, attempt]));
    const kept = new Map(committed.map(({ operationId, version }) => [operationId, version]));
    for (const { operationId, outcome } of attempts) {
      if (outcome.kind === 'won' && kept.get(operationId) !== outcome.version) {
        this.#lostAcks += 1;
        this.#fault(`${operationId} was acknowledged and is not kept as it was told`);
      }
      if (outcome.kind === 'refused' && kept.has(operationId)) this.#fault(`${operationId} was refused and yet done`);
    }
    const order: Attempt[] = [];
    const done = new Set<string>();
    for (const { operationId, version } of committed) {
      const attempt = byId.get(operationId);
      if (attempt === undefined) this.#fault(`${operationId} was done and nobody asked for it`);
      else if (done.has(operationId)) this.#fault(`${operationId} was done twice`);
      else {
        done.add(operationId);
        order.push(attempt);
        this.#apply(attempt, version, order.length);
      }
    }
    this.#checkRealTime(order);
    this.#placeTheRest(order);
    return {
      lostAcks: this.#lostAcks,
      overlaps: this.#overlaps,
      faults: this.#faults,
      faultCount: this.#faultCount,
      holds: [...this.#live.values()].flatMap(({ holds }) => holds.map(describe)).sort(),
    };
  }

  #fault(text: string): void {
    this.#faultCount += 1;
    if (this.#faults.length < FAULTS_TOLD) this.#faults.push(text);
  }

  /** One change at its place; `at` counts from 1, place 0 is the empty schedule. */
  #apply({ operationId, requestId, change }: Attempt, version: number, at: number): void {
    const live = this.#live.get(requestId);
    const wrong = (what: string) => this.#fault(`${operationId} (${change.kind}, ${requestId}) was won, but ${what}`);
    if (change.kind === 'book') {
      if (live !== undefined) wrong('the request had an appointment');
      this.#release(live, at);
      const booked: Live = { appointmentId: change.appointmentId, version, holds: [] };
      this.#live.set(requestId, booked);
      booked.holds = this.#acquire(requestId, booked.appointmentId, change.target, at, wrong);
      this.#note(requestId, booked, at);
      return;
    }
    if (live?.appointmentId !== change.appointmentId) wrong('there was no such appointment');
    else if (live.version !== change.version) wrong(`it was made on ${change.version} when it was ${live.version}`);
    this.#release(live, at);
    if (change.kind === 'cancel') {
      this.#live.delete(requestId);
      this.#versionsOf(change.appointmentId).push({ at, version });
      this.#timelineOf(requestId).push({ at, isLive: false });
      return;
    }
    const moved: Live = { appointmentId: change.appointmentId, version, holds: [] };
    this.#live.set(requestId, moved);
    moved.holds = this.#acquire(requestId, moved.appointmentId, change.target, at, wrong);
    this.#note(requestId, moved, at);
  }

  #note(requestId: string, { appointmentId, version }: Live, at: number): void {
    this.#versionsOf(appointmentId).push({ at, version });
    this.#timelineOf(requestId).push({ at, isLive: true });
  }

  #release(live: Live | undefined, at: number): void {
    for (const hold of live?.holds ?? []) hold.released = at;
  }

  #acquire(
    requestId: string,
    appointmentId: string,
    { practitionerId, span }: Target,
    at: number,
    wrong: (what: string) => void,
  ): Hold[] {
    return this.#resourcesOf(requestId, practitionerId).map(({ kind, id, lanes }) => {
      const resource = `${kind} ${id}`;
      const there = this.#everOverlapping(resource, span).filter(({ released }) => released > at);
      const taken = new Set(there.map(({ lane }) => lane));
      let lane = 0;
      while (taken.has(lane)) lane += 1;
      if (lane >= lanes) {
        const isSameSlot = kind === 'practitioner' && there.some((hold) => hold.span.from === span.from);
        this.#overlaps[isSameSlot ? 'slot' : kind] += 1;
        wrong(`${resource} was taken`);
      }
      const hold: Hold = { resource, lane, span, appointmentId, acquired: at, released: Number.POSITIVE_INFINITY };
      for (const cell of cellsOf(span)) {
        const key = `${resource} ${cell}`;
        const known = this.#everHeld.get(key);
        if (known === undefined) this.#everHeld.set(key, [hold]);
        else known.push(hold);
      }
      return hold;
    });
  }

  #resourcesOf(requestId: string, practitionerId: string): { kind: ResourceKind; id: string; lanes: number }[] {
    const { patientId, stationId, cameras } = this.#input.facts.of(requestId);
    return [
      { kind: 'practitioner', id: practitionerId, lanes: 1 },
      { kind: 'patient', id: patientId, lanes: 1 },
      { kind: 'station', id: stationId, lanes: cameras },
    ];
  }

  #everOverlapping(resource: string, span: Span): Hold[] {
    const found = new Set<Hold>();
    for (const cell of cellsOf(span)) {
      for (const hold of this.#everHeld.get(`${resource} ${cell}`) ?? []) found.add(hold);
    }
    return [...found];
  }

  #versionsOf(appointmentId: string): { at: number; version: number | null }[] {
    const known = this.#versions.get(appointmentId) ?? [{ at: 0, version: null }];
    this.#versions.set(appointmentId, known);
    return known;
  }

  #timelineOf(requestId: string): { at: number; isLive: boolean }[] {
    const known = this.#timelines.get(requestId) ?? [{ at: 0, isLive: false }];
    this.#timelines.set(requestId, known);
    return known;
  }

  /** Nothing that was answered comes after what was asked for only then. */
  #checkRealTime(order: readonly Attempt[]): void {
    let latest = Number.NEGATIVE_INFINITY;
    for (const { operationId, invoked, answered } of order) {
      if (answered < latest) this.#fault(`${operationId} was over before one that is kept before it was asked for`);
      latest = Math.max(latest, invoked);
    }
  }

  /** Refusals and looks, each at the earliest place that explains it. */
  #placeTheRest(order: readonly Attempt[]): void {
    const refused = this.#input.attempts.flatMap((attempt) =>
      attempt.outcome.kind === 'refused' ? [{ ...attempt, refusal: attempt.outcome.refusal }] : [],
    );
    const rest = [
      ...refused.map((one) => ({
        ...one,
        what: `the refusal of ${one.operationId} (${one.refusal.why})`,
        find: (low: number, high: number) => this.#findRefusal(one, low, high),
      })),
      ...this.#input.looks.map((look) => ({
        ...look,
        what: `what was seen of ${look.appointmentId}`,
        find: (low: number, high: number) => this.#findLook(look, low, high),
      })),
    ].sort((a, b) => a.invoked - b.invoked);

    const window = createWindow(order);
    // Those already placed whose answer was there before a question bound it from below: the largest place among them.
    const byAnswer: { answered: number; at: number }[] = [];
    const waiting = [...rest].sort((a, b) => a.answered - b.answered);
    const placed = new Map<object, number>();
    let over = 0;
    for (const one of rest) {
      while (over < waiting.length && (waiting[over]?.answered ?? 0) < one.invoked) {
        const before = waiting[over];
        const at = before === undefined ? undefined : placed.get(before);
        if (at !== undefined)
          byAnswer.push({ answered: before?.answered ?? 0, at: Math.max(at, byAnswer.at(-1)?.at ?? 0) });
        over += 1;
      }
      const { low, high } = window(one.invoked, one.answered);
      const at = one.find(Math.max(low, byAnswer.at(-1)?.at ?? 0), high);
      if (at === undefined) this.#fault(`${one.what} was true at no moment between question and answer`);
      else placed.set(one, at);
    }
  }

  #findRefusal(attempt: Attempt & { refusal: Refusal }, low: number, high: number): number | undefined {
    const { refusal, change, requestId } = attempt;
    switch (refusal.why) {
      case 'unexpected':
        return undefined;
      case 'live':
        return firstPlace(this.#timelineOf(requestId), low, high, ({ isLive }) => isLive);
      case 'stale':
        if (change.kind === 'book') return undefined;
        return firstPlace(
          this.#versionsOf(change.appointmentId),
          low,
          high,
          ({ version }) => version !== null && version !== change.version,
        );
      case 'blocked': {
        if (change.kind === 'cancel') return undefined;
        const { practitionerId, span } = change.target;
        const resource = this.#resourcesOf(requestId, practitionerId).find(({ kind }) => kind === refusal.kind);
        if (resource === undefined) return undefined;
        const others = this.#everOverlapping(`${resource.kind} ${resource.id}`, span).filter(
          (hold) => hold.appointmentId !== change.appointmentId && hold.acquired <= high && hold.released > low,
        );
        const moments = [low, ...others.map(({ acquired }) => acquired).filter((at) => at > low)];
        return moments
          .sort((a, b) => a - b)
          .find((at) => {
            const there = others.filter(({ acquired, released }) => acquired <= at && at < released);
            return new Set(there.map(({ lane }) => lane)).size >= resource.lanes;
          });
      }
    }
  }

  #findLook({ appointmentId, version }: Look, low: number, high: number): number | undefined {
    return firstPlace(this.#versionsOf(appointmentId), low, high, (seen) => seen.version === version);
  }
}

function describe({ resource, lane, span, appointmentId }: Hold): string {
  return `${resource} ${lane} ${span.from} ${span.to} ${appointmentId}`;
}

function cellsOf({ from, to }: Span): number[] {
  const first = Math.floor(from / CELL);
  return Array.from({ length: Math.ceil(to / CELL) - first }, (_, index) => first + index);
}

/** The first place in `low` to `high` at which what was in force fits; each entry is in force until the next one. */
function firstPlace<Entry extends { readonly at: number }>(
  timeline: readonly Entry[],
  low: number,
  high: number,
  fits: (entry: Entry) => boolean,
): number | undefined {
  for (const [index, entry] of timeline.entries()) {
    const until = (timeline[index + 1]?.at ?? Number.POSITIVE_INFINITY) - 1;
    const at = Math.max(low, entry.at);
    if (at <= Math.min(high, until) && fits(entry)) return at;
  }
  return undefined;
}

/** For a question and its answer: the last place that must lie before it, and the last one that may. */
function createWindow(order: readonly Attempt[]): (invoked: number, answered: number) => { low: number; high: number } {
  const places = order.map(({ invoked, answered }, index) => ({ invoked, answered, at: index + 1 }));
  const byAnswer = [...places].sort((a, b) => a.answered - b.answered);
  const highest: number[] = [];
  for (const { at } of byAnswer) highest.push(Math.max(at, highest.at(-1) ?? 0));
  const byQuestion = [...places].sort((a, b) => b.invoked - a.invoked);
  const lowest: number[] = [];
  for (const { at } of byQuestion) lowest.push(Math.min(at, lowest.at(-1) ?? Number.POSITIVE_INFINITY));
  return (invoked, answered) => {
    const before = partition(byAnswer, (one) => one.answered < invoked);
    const after = partition(byQuestion, (one) => one.invoked > answered);
    return {
      low: highest[before - 1] ?? 0,
      high: Math.min(lowest[after - 1] ?? Number.POSITIVE_INFINITY, order.length + 1) - 1,
    };
  };
}

/** How many at the beginning of the list hold; they all come first. */
function partition<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = list[middle];
    if (one !== undefined && holds(one)) low = middle + 1;
    else high = middle;
  }
  return low;
}
