import * as contract from '@jaqyn/shared/protocols/protocol.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { ProtocolService } from './protocol.service.ts';

export function protocolRoutes(app: FastifyInstance, { protocols }: { protocols: ProtocolService }): void {
  route(app, contract.listProtocols, ['feldsher', 'specialist', 'coordinator', 'admin'], async () => ({
    protocols: await protocols.listInForce(),
  }));
  route(app, contract.listProtocolVersions, ['coordinator', 'admin'], async () => ({
    protocols: await protocols.listVersions(),
  }));
  route(app, contract.saveProtocol, ['coordinator', 'admin'], async ({ body }, request) =>
    protocols.save(actorOf(request), body.id, body.change),
  );
}
