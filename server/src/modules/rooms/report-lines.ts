import type { RequestData, ResponseData } from '@jaqyn/shared/signalling/events';
import { fromBytes, toBytes } from '@jaqyn/shared/signalling/way-report-bytes';
import type { Peer } from './peer.ts';

type Report = RequestData<'receiver:report'>;
/** Beside the media, where one is lost and the next comes through, or over the socket, where a lost one holds up all that follow for seconds. */
export type ReportWay = 'line' | 'socket';

/** Opens both of this peer's lines. Throws what the media server says; then everything is said over the socket. */
export async function openReportLines(
  peer: Peer,
  onReport: (report: Report) => void,
): Promise<NonNullable<ResponseData<'room:join'>['reportLine']>> {
  const [down, up] = await Promise.all([
    peer.recv.openDownLine(),
    peer.send.openUpLine((bytes) => {
      const report = fromBytes(bytes);
      if (report !== undefined && !peer.isClosed) onReport(report);
    }),
  ]);
  peer.reportLine = down;
  return { down: down.parameters, up };
}

/** By the way it came, as far as that goes. */
export function passOnReport(sender: Peer, report: Report, by: ReportWay): void {
  const { reportLine } = sender;
  const { sequence } = report;
  if (by === 'line' && sequence !== undefined && reportLine?.isOpen) reportLine.send(toBytes({ ...report, sequence }));
  else sender.notify('sender:advised', report);
}
