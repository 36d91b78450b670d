import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import { ServiceCode, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { Equipment } from '@jaqyn/shared/scheduling/equipment';
import { BUFFER_MINUTES, SLOT_MINUTES } from '@jaqyn/shared/scheduling/roster';
import { HealthcareService, type saveService } from '@jaqyn/shared/scheduling/service.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { parseTypedDate, toTypedDate } from '../../../../lib/typed-date.ts';
import { parseTypedWhole } from './typed-time.ts';

export const ServiceForm = z.object({
  code: z.string(),
  specialty: z.string(),
  kk: z.string(),
  ru: z.string(),
  en: z.string(),
  mode: z.enum(['video', 'async']),
  slotMinutes: z.string(),
  bufferMinutes: z.string(),
  stationMayBook: z.boolean(),
  overbookLanes: z.string(),
  requiredEquipment: z.array(Equipment),
  retiredFrom: z.string(),
});
export type ServiceForm = z.infer<typeof ServiceForm>;

/** A form that waits on this device, with the service as it stood when it was begun: null for a new one, and in drafts from before. */
export const ServiceDraft = z.extend(ServiceForm, { seen: z._default(z.nullable(HealthcareService), null) });
export type ServiceDraft = z.output<typeof ServiceDraft>;

export type ServiceProblems = Partial<Record<keyof ServiceForm, MessageDescriptor>>;

export const BLANK_SERVICE: ServiceForm = {
  code: '',
  specialty: '',
  kk: '',
  ru: '',
  en: '',
  mode: 'video',
  slotMinutes: '20',
  bufferMinutes: '5',
  stationMayBook: false,
  overbookLanes: '0',
  requiredEquipment: [],
  retiredFrom: '',
};

export function serviceFormOf(service: HealthcareService): ServiceForm {
  return {
    ...service,
    ...service.name,
    slotMinutes: String(service.slotMinutes),
    bufferMinutes: String(service.bufferMinutes),
    overbookLanes: String(service.overbookLanes),
    requiredEquipment: [...service.requiredEquipment],
    retiredFrom: service.retiredFrom === null ? '' : toTypedDate(service.retiredFrom),
  };
}

/** Whether somebody saved the service since the form was begun: it is neither what was seen nor what the form makes of it. */
export function isServiceUnseen(form: ServiceDraft, stored: HealthcareService): boolean {
  const mine = readService(form, []).call?.body;
  const { code: _code, ...theirs } = stored;
  const isMine =
    mine !== undefined &&
    (Object.keys(theirs) as (keyof typeof theirs)[]).every((name) => isSame(mine[name], theirs[name]));
  return !isMine && !isSame(form.seen, stored);
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** Keys in one order: the server's answer has them in another than a draft. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

export function readService(
  form: ServiceDraft,
  taken: readonly string[],
): { readonly call: EndpointCall<typeof saveService> | undefined; readonly problems: ServiceProblems } {
  const problems: ServiceProblems = {};
  const code = ServiceCode.safeParse(form.code.trim());
  if (!code.success) problems.code = msg`Small Latin letters, digits and hyphens, for example cardiology-video`;
  else if (taken.includes(code.data)) problems.code = msg`There is a service with this code already`;
  const specialty = SpecialtyCode.safeParse(form.specialty);
  if (!specialty.success) problems.specialty = msg`Choose a specialty`;
  for (const language of ['kk', 'ru', 'en'] as const) {
    if (form[language].trim() === '') problems[language] = msg`Write the name in this language`;
  }
  const slotMinutes = parseTypedWhole(form.slotMinutes, SLOT_MINUTES.min, SLOT_MINUTES.max);
  if (slotMinutes === undefined) problems.slotMinutes = msg`Whole minutes, from 3 to 240`;
  const bufferMinutes = parseTypedWhole(form.bufferMinutes, BUFFER_MINUTES.min, BUFFER_MINUTES.max);
  if (bufferMinutes === undefined) problems.bufferMinutes = msg`Whole minutes, from 0 to 60`;
  const overbookLanes = parseTypedWhole(form.overbookLanes, 0, 3);
  if (overbookLanes === undefined) problems.overbookLanes = msg`A number from 0 to 3`;
  const retiredFrom = form.retiredFrom.trim() === '' ? null : parseTypedDate(form.retiredFrom);
  if (retiredFrom === undefined) problems.retiredFrom = msg`Write a day, or leave it empty`;
  if (
    !code.success ||
    !specialty.success ||
    slotMinutes === undefined ||
    bufferMinutes === undefined ||
    overbookLanes === undefined ||
    retiredFrom === undefined ||
    Object.keys(problems).length > 0
  ) {
    return { call: undefined, problems };
  }
  return {
    problems,
    call: {
      params: { code: code.data },
      body: {
        specialty: specialty.data,
        name: { kk: form.kk.trim(), ru: form.ru.trim(), en: form.en.trim() },
        mode: form.mode,
        slotMinutes,
        bufferMinutes,
        stationMayBook: form.stationMayBook,
        overbookLanes,
        requiredEquipment: form.requiredEquipment,
        retiredFrom,
        seen: form.seen,
      },
    },
  };
}
