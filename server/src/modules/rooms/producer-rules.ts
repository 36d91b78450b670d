import type { FieldError } from '@jaqyn/shared/errors/problem';
import { KIND_OF_SOURCE, STATION_SOURCES } from '@jaqyn/shared/media/source';
import type { RequestData } from '@jaqyn/shared/signalling/events';
import { isClinicalSide, type RoomSide } from '@jaqyn/shared/signalling/room';
import { DomainError } from '../../kernel/domain-error.ts';

type Sending = RequestData<'producer:create'>;

/** Whether somebody on this side of a room may send this. Throws `request.invalid` or `producer.rejected`. */
export function assertMaySend(side: RoomSide, data: Sending): void {
  assertKind(data);
  const { source } = data;
  if (STATION_SOURCES.includes(source) && side !== 'station') throw new DomainError('producer.rejected');
  // It goes to everybody beside the one face: an interpreter's would take a thin link from the consult.
  if (source === 'screen' && !isClinicalSide(side)) throw new DomainError('producer.rejected');
}

/** The media server takes a microphone for a camera; receivers would not. */
function assertKind({ kind, source, rtpParameters }: Sending): void {
  const fields: FieldError[] = [];
  if (KIND_OF_SOURCE[source] !== kind) fields.push({ path: 'kind', code: 'not_of_this_source' });
  if (!rtpParameters.codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`))) {
    fields.push({ path: 'rtpParameters.codecs', code: 'not_of_this_kind' });
  }
  if (fields.length > 0) throw new DomainError('request.invalid', { fields });
}
