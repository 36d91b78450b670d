import type { Story } from '../look.ts';
import { call } from './call.ts';
import { conclusion } from './conclusion.ts';
import { desk } from './desk.ts';
import { noCalls } from './no-calls.ts';
import { ownDesk } from './own-desk.ts';
import { referenceData } from './reference-data.ts';
import { rostersDesk } from './rosters-desk.ts';
import { schedule } from './schedule.ts';
import { stationAnswers } from './station-answers.ts';
import { stationCare } from './station-care.ts';
import { stationRequest } from './station-request.ts';
import { stationResult } from './station-result.ts';
import { triage } from './triage.ts';

/** All of them, in the order in which they are played. */
export const STORIES: readonly Story[] = [
  ...stationRequest,
  ...stationCare,
  ...stationAnswers,
  ...stationResult,
  ...call,
  ...noCalls,
  ...conclusion,
  ...triage,
  ...schedule,
  ...rostersDesk,
  ...desk,
  ...ownDesk,
  ...referenceData,
];
