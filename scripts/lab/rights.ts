import { closeSync, openSync } from 'node:fs';
import { SetupError } from '../setup/setup-error.ts';

/** What the lab has to know of a machine before it touches anything. */
export interface Machine {
  readonly platform: string;
  readonly userId: number | undefined;
  /** The code with which /dev/net/tun cannot be opened; `undefined` when it can. */
  readonly tunError: string | undefined;
}

/** Throws a SetupError that says what to type where this machine or this user cannot have a lab. */
export function requireRights(machine: Machine = readMachine()): void {
  if (machine.platform !== 'linux') {
    throw new SetupError('The link lab is made of Linux network namespaces; this is not Linux.');
  }
  if (machine.userId !== 0) {
    throw new SetupError(
      'The link lab makes network namespaces and TUN devices, which only root may.\n' +
        'Type the same command as root, for example: sudo -E env "PATH=$PATH" npm test',
    );
  }
  switch (machine.tunError) {
    case undefined:
      return;
    case 'ENOENT':
      throw new SetupError(
        'The link lab needs /dev/net/tun, which is not there (in a container start it with --device /dev/net/tun).',
        { commands: ['mkdir -p /dev/net', 'mknod /dev/net/tun c 10 200'] },
      );
    case 'ENODEV':
    case 'ENXIO':
      throw new SetupError('The link lab needs TUN devices, and this kernel has not loaded them.', {
        commands: ['modprobe tun'],
      });
    default:
      throw new SetupError(`The link lab may not open /dev/net/tun: ${machine.tunError}. ${CONTAINER}`);
  }
}

/** Said where root is not allowed what root usually is. */
export const CONTAINER =
  'In a container it takes --cap-add NET_ADMIN --cap-add SYS_ADMIN --device /dev/net/tun, or --privileged.';

function readMachine(): Machine {
  const machine = { platform: process.platform, userId: process.getuid?.() };
  try {
    closeSync(openSync('/dev/net/tun', 'r+'));
    return { ...machine, tunError: undefined };
  } catch (error) {
    return { ...machine, tunError: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}
