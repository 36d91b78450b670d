import type { Story } from '../look.ts';
import { stationRequest } from './station-request.ts';

/** All of them, in the order in which they are played. */
export const STORIES: readonly Story[] = [...stationRequest];
