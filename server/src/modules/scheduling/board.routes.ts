import { findEarliest, getBoard, getDayList, listSlots } from '@jaqyn/shared/scheduling/board.contract';
import { DayEndFileQuery, getDayEnd, listDayEnd } from '@jaqyn/shared/scheduling/day-end.contract';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { Scheduling } from './scheduling.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What screens look at: the board, slots, the earliest, a day, its end. */
export function boardRoutes(app: FastifyInstance, { boards, earliest, dayLists, dayEnds }: Scheduling): void {
  route(app, getBoard, ['specialist', 'coordinator'], async ({ query }, request) =>
    boards.getBoard(actorOf(request), query),
  );
  route(app, listSlots, ['feldsher', 'specialist', 'coordinator'], async ({ query }) => ({
    slots: await boards.listSlots(query.practitionerId, query.from, query.to),
  }));
  route(app, findEarliest, ['feldsher', 'coordinator'], async ({ query }, request) =>
    earliest.find(actorOf(request), query),
  );
  route(app, getDayList, ['feldsher', 'specialist', 'coordinator'], async ({ query }, request) => ({
    entries: await dayLists.list(actorOf(request), query),
  }));
  route(app, getDayEnd, ['coordinator'], async ({ query }, request) => ({
    lists: await dayEnds.list(actorOf(request), query),
  }));
  route(app, listDayEnd, ['coordinator'], async ({ params, query }, request) =>
    dayEnds.listPage(actorOf(request), { ...params, ...query }),
  );

  app.get<{ Querystring: z.infer<typeof DayEndFileQuery> }>(
    '/api/day-end.csv',
    {
      config: { access: ['coordinator'] },
      schema: {
        summary: 'One list of the end of a day as a file for a spreadsheet',
        tags: ['day-end'],
        querystring: DayEndFileQuery,
        response: { 200: { content: { 'text/csv': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const text = await dayEnds.toFile(actorOf(request), query);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${query.list}-${query.day}.csv"`)
        .send(text);
    },
  );

  app.get<{ Querystring: z.infer<typeof DayEndFileQuery> }>(
    '/api/day-end.xlsx',
    {
      config: { access: ['coordinator'] },
      schema: {
        summary: 'One list of the end of a day as an Excel workbook',
        tags: ['day-end'],
        querystring: DayEndFileQuery,
        response: { 200: { content: { [XLSX]: { schema: z.string() } } } },
      },
      // Bytes, which no schema writes.
      serializerCompiler: () => (data) => data as string,
    },
    async (request, reply) => {
      const { query } = request;
      const workbook = await dayEnds.toWorkbook(actorOf(request), query);
      return reply
        .type(XLSX)
        .header('content-disposition', `attachment; filename="${query.list}-${query.day}.xlsx"`)
        .send(workbook);
    },
  );
}
