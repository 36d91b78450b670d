import { getMyStation, listStations } from '@jaqyn/shared/stations/station.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { StationService } from './station.service.ts';

export function stationRoutes(app: FastifyInstance, { stations }: { stations: StationService }): void {
  route(app, listStations, ['feldsher', 'specialist', 'coordinator', 'admin', 'analyst'], async (_input, request) => ({
    stations: await stations.listStations(actorOf(request)),
  }));

  route(app, getMyStation, ['feldsher'], async (_input, request) => stations.getStation(actorOf(request).stationId));
}
