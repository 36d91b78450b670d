import type { Story } from '../look.ts';
import { call } from './call.ts';
import { callPeople } from './call-people.ts';
import { conclusion } from './conclusion.ts';
import { days } from './days.ts';
import { desk } from './desk.ts';
import { network } from './network.ts';
import { noCalls } from './no-calls.ts';
import { notices } from './notices.ts';
import { ownDesk } from './own-desk.ts';
import { ownRoster } from './own-roster.ts';
import { referenceData } from './reference-data.ts';
import { rostersDesk } from './rosters-desk.ts';
import { schedule } from './schedule.ts';
import { stationAnswers } from './station-answers.ts';
import { stationCare } from './station-care.ts';
import { stationPatient } from './station-patient.ts';
import { stationRequest } from './station-request.ts';
import { stationResult } from './station-result.ts';
import { triage } from './triage.ts';

/** All of them, in the order in which they are played. */
export const STORIES: readonly Story[] = [
  ...stationRequest,
  ...stationPatient,
  ...stationCare,
  ...stationAnswers,
  ...stationResult,
  ...call,
  ...callPeople,
  ...noCalls,
  ...conclusion,
  ...triage,
  ...schedule,
  ...days,
  ...network,
  ...rostersDesk,
  ...desk,
  ...ownDesk,
  ...ownRoster,
  ...notices,
  ...referenceData,
];
