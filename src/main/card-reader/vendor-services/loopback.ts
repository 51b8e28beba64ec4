import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { Socket, isIP, type LookupFunction } from 'node:net';
import { serviceMissing } from './service-failures.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';

const NOT_HERE = 'ENOTLOOPBACK';

/** Whether an IP address (no name) belongs to this machine alone: 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) === 4 ? address.startsWith('127.') : address === '::1';
}

/** The host of an address without the brackets of an IPv6 one. */
export function hostOf(address: URL): string {
  return address.hostname.replace(/^\[|\]$/g, '');
}

/** The port of an address, or the usual one of its scheme. */
export function portOf(address: URL): number {
  if (address.port !== '') return Number(address.port);
  return address.protocol === 'https:' || address.protocol === 'wss:' ? 443 : 80;
}

/** Resolves a name for a socket and fails when any of its addresses is not this machine: `localhost` can be redirected. */
export const loopbackLookup: LookupFunction = (hostname, options, callback) => {
  const all: LookupOptions & { all: true } = { ...options, all: true };
  systemLookup(hostname, all, (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => {
    if (error) return callback(error, []);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isLoopbackAddress(address))) {
      return callback(Object.assign(new Error('not an address of this machine'), { code: NOT_HERE }), []);
    }
    if (options.all === true) return callback(null, [...addresses]);
    callback(null, first.address, first.family);
  });
};

/** Connects and hangs up. Fails with `reader.service-missing` when nothing listens, or not on this machine alone. */
export function checkListening(address: URL, timing: Timing, timeoutMs: number): Promise<Result<void, Failure>> {
  const host = hostOf(address);
  if (isIP(host) !== 0 && !isLoopbackAddress(host)) return Promise.resolve(err(notThisMachine()));
  return new Promise((resolve) => {
    const socket = new Socket();
    const finish = (result: Result<void, Failure>): void => {
      cancel();
      socket.destroy();
      resolve(result);
    };
    const cancel = timing.setTimer(() => finish(err(nothingListens(address))), timeoutMs);
    socket.once('connect', () => finish(ok(undefined)));
    socket.on('error', (error) => finish(err(isNotHere(error) ? notThisMachine() : nothingListens(address))));
    socket.connect({ host, port: portOf(address), lookup: loopbackLookup });
  });
}

/** Whether an error comes from `loopbackLookup`: the name leads, or may lead, to another machine. */
export function isNotHere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === NOT_HERE;
}

/** `reader.service-missing` for an address that isn't of this machine alone; nothing was sent there. */
export function notThisMachine(): Failure {
  return serviceMissing('not an address of this machine');
}

/** `reader.service-missing`, with the port alone in its text. */
export function nothingListens(address: URL): Failure {
  return serviceMissing(`nothing listens on port ${portOf(address)}`);
}
