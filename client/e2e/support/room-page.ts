/** A page with nothing but the room client on it, for tests of what it does in a real browser. */
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { RoomClient } from '../../src/features/room/room-client.ts';
import { signalling } from '../../src/lib/signalling.ts';
import { connectSocket, socket } from '../../src/lib/socket.ts';

declare global {
  interface Window {
    room: RoomClient;
    liveSocket: typeof socket;
    /** Kinds of connection it went through, each once in a row. */
    went: string[];
  }
}

const room = RoomClient.create({
  requestId: RequestId.parse(new URLSearchParams(location.search).get('request')),
  signalling,
  mediaDevices: navigator.mediaDevices,
  loadMessages: async () => [],
});
window.room = room;
window.liveSocket = socket;
window.went = [];
room.subscribe(() => {
  const { connection, peers } = room.getState();
  const where = 'step' in connection ? `${connection.kind} ${connection.step}` : connection.kind;
  if (window.went.at(-1) !== where) window.went.push(where);
  for (const { peerId, stream } of peers) showIn(peerId, stream);
});

function showIn(id: string, stream: MediaStream): void {
  let video = document.getElementById(id) as HTMLVideoElement | null;
  if (video === null) {
    video = document.createElement('video');
    video.id = id;
    video.autoplay = true;
    document.body.append(video);
  }
  if (video.srcObject !== stream) video.srcObject = stream;
}

connectSocket();
room.start();
