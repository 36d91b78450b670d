import type { Story } from '../look.ts';
import { call } from './call.ts';
import { conclusion } from './conclusion.ts';
import { stationCare } from './station-care.ts';
import { stationRequest } from './station-request.ts';

/** All of them, in the order in which they are played. */
export const STORIES: readonly Story[] = [...stationRequest, ...stationCare, ...call, ...conclusion];
