import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const DRIVERS = [
  '/usr/lib/pcsc/drivers/serial/libifdvpcd.so',
  '/usr/lib/x86_64-linux-gnu/pcsc/drivers/serial/libifdvpcd.so',
];
const DAEMON = '/usr/sbin/pcscd';
const SOCKET = '/run/pcscd/pcscd.comm';

/** The system's PC/SC service with a virtual reader. */
export interface Pcscd {
  /** Where the virtual reader waits for its card. */
  readonly port: number;
  /** For `PCSCLITE_CSOCK_NAME`: what programs reach this service by. */
  readonly socket: string;
  stop(): Promise<void>;
}

/** Why the real service can't be started here; null when it can. */
export function whyNoPcscd(): string | null {
  if (process.platform !== 'linux') return 'pcsc-lite and vpcd are only tested on Linux';
  if (!existsSync(DAEMON)) return 'pcscd is not installed (Debian: pcscd)';
  if (!DRIVERS.some(existsSync)) return 'vpcd is not installed (Debian: vsmartcard-vpcd)';
  if (process.getuid?.() !== 0) return 'pcscd can only be started by root here';
  return null;
}

/**
 * Starts `pcscd` with a configuration of its own, in a mount namespace of its own so that its socket is nobody else's:
 * programs reach it through the daemon's root.
 */
export async function startPcscd(): Promise<Pcscd> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-pcscd-'));
  const port = await freePort();
  const driver = DRIVERS.find(existsSync)!;
  const reader = [`FRIENDLYNAME "Virtual PCD"`, `DEVICENAME /dev/null:0x${port.toString(16)}`];
  const lines = [...reader, `LIBPATH ${driver}`, `CHANNELID 0x${port.toString(16)}`, ''];
  await mkdir(join(folder, 'readers'));
  await writeFile(join(folder, 'readers', 'vpcd'), lines.join('\n'));
  const script = `mkdir -p /run/pcscd && mount -t tmpfs none /run/pcscd && exec ${DAEMON} -f -c ${folder}/readers`;
  const daemon = spawn('unshare', ['--mount', 'sh', '-c', script], { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    await ended(daemon);
    await rm(folder, { recursive: true, force: true });
  };
  const socket = `/proc/${daemon.pid}/root${SOCKET}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (existsSync(socket) && (await listens(port))) return { port, socket, stop };
    await pause(50);
  }
  await stop();
  throw new Error('pcscd did not start');
}

async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const gone = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill('SIGTERM');
  const stubborn = setTimeout(() => daemon.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(stubborn);
}

/** vpcd takes a port and the one after it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });
}
