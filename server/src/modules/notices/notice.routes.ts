import {
  getNoticeContacts,
  listDeliveries,
  listNoticeRules,
  listNotices,
  readNotices,
  retryDelivery,
  saveNoticeContacts,
  saveNoticeRule,
} from '@jaqyn/shared/notices/notice.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { NoticeService } from './notice.service.ts';

export function noticeRoutes(app: FastifyInstance, { notices }: { notices: NoticeService }): void {
  route(app, listNotices, 'signed_in', async ({ query }, request) => notices.list(actorOf(request), query));
  route(app, readNotices, 'signed_in', async ({ body }, request) => notices.markRead(actorOf(request), body));
  route(app, getNoticeContacts, 'signed_in', async (_input, request) => notices.getContacts(actorOf(request)));
  route(app, saveNoticeContacts, 'signed_in', async ({ body }, request) =>
    notices.saveContacts(actorOf(request), body),
  );
  route(app, listDeliveries, ['coordinator', 'admin'], async ({ query }, request) =>
    notices.listDeliveries(actorOf(request), query),
  );
  route(app, retryDelivery, ['coordinator', 'admin'], async ({ params }, request) =>
    notices.retry(actorOf(request), params.deliveryId),
  );
  route(app, listNoticeRules, ['coordinator', 'admin'], async () => notices.listRules());
  route(app, saveNoticeRule, ['coordinator', 'admin'], async ({ params, body }, request) =>
    notices.saveRule(actorOf(request), { ...params, ...body }),
  );
}
