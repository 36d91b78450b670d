import { expect, test } from 'vitest';
import { SetupError } from '../setup/setup-error.ts';
import { type Machine, requireRights } from './rights.ts';

const able: Machine = { platform: 'linux', userId: 0, tunError: undefined };

test('says nothing where everything is there', () => {
  expect(() => requireRights(able)).not.toThrow();
});

test.each<[string, Partial<Machine>, RegExp, RegExp]>([
  ['another system', { platform: 'darwin' }, /not Linux/, /^$/],
  ['another user', { userId: 1000 }, /only root may[^]*as root, for example: sudo .*npm test/, /^$/],
  [
    'no TUN device',
    { tunError: 'ENOENT' },
    /\/dev\/net\/tun, which is not there/,
    /^mkdir .*\nmknod \/dev\/net\/tun c 10 200$/,
  ],
  ['no TUN in the kernel', { tunError: 'ENODEV' }, /this kernel has not loaded them/, /^modprobe tun$/],
  ['a container without the right', { tunError: 'EPERM' }, /EPERM.*--cap-add NET_ADMIN/, /^$/],
])('says what is wrong and what to type: %s', (_what, machine, message, commands) => {
  const error = catchError(() => requireRights({ ...able, ...machine }));
  expect(error).toBeInstanceOf(SetupError);
  expect((error as SetupError).message).toMatch(message);
  expect((error as SetupError).commands.join('\n')).toMatch(commands);
});

function catchError(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
