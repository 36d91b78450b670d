import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { LadderId, OrganizationId, PractitionerId, SpecialtyCode } from '../kernel/ids.ts';
import { requiredText } from '../kernel/text.ts';
import { Instant } from '../kernel/time.ts';
import { RegionCode } from '../scheduling/region.ts';

/**
 * What a rung of a running call is: a step of the ladder, or one the call itself brought along: `chosen` is who was asked for by
 * name or had the call before, `busy` those in another call, rung when nobody else is left.
 */
export const RUNG_KINDS = ['chosen', 'on_call', 'backup', 'head', 'neighbour', 'busy', 'phone'] as const;
export type RungKind = (typeof RUNG_KINDS)[number];

/** `shown`: numbers to call; nothing rings. `skipped`: nobody there could be rung. */
export const RUNG_OUTCOMES = ['ringing', 'answered', 'declined', 'timed_out', 'cancelled', 'skipped', 'shown'] as const;
export type RungOutcome = (typeof RUNG_OUTCOMES)[number];

export const MIN_RUNG_SECONDS = 10;
const MAX_RUNG_SECONDS = 600;
const Seconds = z.number().check(z.int(), z.minimum(MIN_RUNG_SECONDS), z.maximum(MAX_RUNG_SECONDS));
/** Whose rosters: hospitals of the request's region (and those of the whole country), or everywhere. */
const Reach = z.enum(['region', 'country']);

const PhoneNumber = z.string().check(z.trim(), z.regex(/^\+?[\d\s()-]{2,24}$/));
export const LadderPhone = z.object({ label: requiredText(80), phone: PhoneNumber });
export type LadderPhone = z.infer<typeof LadderPhone>;

export const LadderStep = z.discriminatedUnion('kind', [
  /** Everybody of the lowest rank on the roster now. */
  z.object({ kind: z.literal('on_call'), seconds: Seconds, reach: Reach }),
  /** The ranks above, one rung each. */
  z.object({ kind: z.literal('backup'), seconds: Seconds, reach: Reach }),
  /** People by name, on the roster or not: the head of the department. */
  z.object({
    kind: z.literal('head'),
    seconds: Seconds,
    practitionerIds: z.array(PractitionerId).check(z.minLength(1), z.maxLength(10)),
  }),
  /** Everybody of another hospital who is on the roster now. */
  z.object({ kind: z.literal('neighbour'), seconds: Seconds, organizationId: OrganizationId }),
  /** Numbers; the last rung. 103 is always shown. */
  z.object({ kind: z.literal('phone'), phones: z.array(LadderPhone).check(z.minLength(1), z.maxLength(5)) }),
]);
export type LadderStep = z.infer<typeof LadderStep>;

/** From the bottom up; numbers only at the top. Empty: this place has no ladder of its own. */
export const LadderSteps = z.array(LadderStep).check(
  z.maxLength(10),
  z.refine((steps) => steps.slice(0, -1).every(({ kind }) => kind !== 'phone'), { error: 'phone_not_last' }),
  z.refine((steps) => steps.length !== 1 || steps[0]?.kind !== 'phone', { error: 'nobody_rung' }),
);

const Scope = {
  /** Null: every specialty. */
  specialty: z.nullable(SpecialtyCode),
  /** Null: the whole country. */
  region: z.nullable(RegionCode),
};

export const Ladder = z.object({
  id: LadderId,
  ...Scope,
  effectiveFrom: Instant,
  steps: LadderSteps,
  createdByName: z.string(),
  createdAt: Instant,
  /** In force, to come, or replaced. */
  state: z.enum(['in_force', 'to_come', 'replaced']),
});
export type Ladder = z.infer<typeof Ladder>;

/** Somebody a rung would ring, or would not. */
const LadderPerson = z.object({
  id: PractitionerId,
  displayName: z.string(),
  organizationName: LocalText,
  isReachable: z.boolean(),
});

/** A rung as it would be at this moment. */
export const LadderRung = z.object({
  kind: z.enum(RUNG_KINDS),
  /** Null where nothing rings. */
  seconds: z.nullable(z.number()),
  people: z.array(LadderPerson),
  skipped: z.array(z.object({ displayName: z.string(), why: z.enum(['in_call']) })),
  phones: z.array(LadderPhone),
});
export type LadderRung = z.infer<typeof LadderRung>;

export const listLadders = endpoint({
  method: 'GET',
  path: '/api/escalation-ladders',
  summary: 'Escalation ladders of all places: in force, to come and replaced',
  response: z.object({
    ladders: z.array(Ladder),
    /** What rings where no ladder is in force. */
    builtIn: LadderSteps,
    /** For the choices of the editor. */
    specialists: z.array(
      z.object({
        id: PractitionerId,
        displayName: z.string(),
        specialty: SpecialtyCode,
        organizationId: OrganizationId,
      }),
    ),
    organizations: z.array(z.object({ id: OrganizationId, name: LocalText, region: z.nullable(RegionCode) })),
    /** Hospitals of this oblast only may be written about; null: anywhere. */
    ownRegion: z.nullable(RegionCode),
  }),
});

export const saveLadder = endpoint({
  method: 'PUT',
  path: '/api/escalation-ladders/:ladderId',
  summary:
    'Add an edition of a ladder, in force from a moment on; 409 when somebody made one of this place since `seenId`; repeating it with the same id has one effect',
  params: z.object({ ladderId: LadderId }),
  body: z.object({
    ...Scope,
    /** Of this place the edition made last that the writer has seen; null: none. */
    seenId: z.nullable(LadderId),
    effectiveFrom: Instant,
    steps: LadderSteps,
  }),
  response: Ladder,
});

export const previewLadder = endpoint({
  method: 'POST',
  path: '/api/escalation-ladders/preview',
  summary: 'Whom a call of this specialty from this region would ring now; without steps by the ladder in force',
  body: z.object({
    specialty: SpecialtyCode,
    region: z.nullable(RegionCode),
    steps: z.optional(LadderSteps),
  }),
  response: z.object({ rungs: z.array(LadderRung) }),
});
