import { toProblem } from '@jaqyn/shared/errors/problem';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { MAX_EVENT_BYTES } from '@jaqyn/shared/signalling/limits';
import { describe, expect, it, vi } from 'vitest';
import { newId } from './ids.ts';
import { createSignalling } from './signalling.ts';

/** A socket whose every request is answered by `play`. */
function setUp(play: (name: string, data: unknown) => unknown) {
  const emitWithAck = vi.fn(async (name: string, data: unknown) => play(name, data));
  const timeout = vi.fn(() => ({ emitWithAck }));
  const socket = { connected: true, timeout, on: vi.fn(), off: vi.fn() };
  return { socket, timeout, emitWithAck, signalling: createSignalling(socket as never) };
}

const chat = (text: string) => ({ requestId: RequestId.parse(newId()), messageId: newId() as never, text });

describe('one request over the socket', () => {
  it('answers the data', async () => {
    const { signalling, timeout } = setUp(() => ({ ok: true, data: { iceParameters: 1 } }));
    const answer = await signalling.call('transport:restart-ice', { transportId: 't' }, { timeoutMs: 7 });
    expect(answer).toEqual({ iceParameters: 1 });
    expect(timeout).toHaveBeenCalledWith(7);
  });

  it('throws the problem that the server answered', async () => {
    const problem = { ...toProblem('room.full', 'ref-1'), retryAfter: 2 };
    const { signalling } = setUp(() => ({ ok: false, problem }));
    await expect(signalling.call('room:leave', {})).rejects.toMatchObject({
      code: 'room.full',
      reference: 'ref-1',
      retryAfter: 2,
    });
  });

  it.each([[undefined], [null], [{}], ['ok'], [{ ok: false }], [{ ok: false, problem: { code: 'made.up' } }]])(
    'does not take %j for an answer',
    async (answer) => {
      const { signalling } = setUp(() => answer);
      await expect(signalling.call('room:leave', {})).rejects.toMatchObject({ code: 'response.unexpected' });
    },
  );

  it('says that the server could not be reached: no connection, too late, or broken on the way', async () => {
    const { signalling, socket, emitWithAck } = setUp(() => {
      throw new Error('operation has timed out');
    });
    await expect(signalling.call('room:leave', {})).rejects.toMatchObject({ code: 'network.unreachable' });
    socket.connected = false;
    await expect(signalling.call('room:leave', {})).rejects.toMatchObject({ code: 'network.unreachable' });
    expect(emitWithAck).toHaveBeenCalledTimes(1); // nothing is kept to be sent later
  });

  it('does not send what the server would refuse to read', async () => {
    const { signalling, emitWithAck } = setUp(() => ({ ok: true, data: {} }));
    const text = 'я'.repeat(MAX_EVENT_BYTES / 2);
    await expect(signalling.call('chat:send', chat(text))).rejects.toMatchObject({ code: 'request.too_large' });
    expect(emitWithAck).not.toHaveBeenCalled();
  });
});
