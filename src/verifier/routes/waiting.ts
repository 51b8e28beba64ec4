import { SESSION_LIMITS } from '../../shared/protocol/kv1-sessions.ts';
import type { Waiting } from '../sessions/session-reading.ts';
import type { DeviceCall } from './signed-route.ts';

/** `Prefer: wait=N` (RFC 7240); anything else in the header is somebody else's wish. Ends when the device hangs up. */
export function waitingOf({ request, reply }: Pick<DeviceCall, 'request' | 'reply'>): Waiting {
  const { prefer } = request.headers;
  const seconds = /(?:^|[\s,;])wait=(\d{1,4})(?=$|[\s,;])/.exec(typeof prefer === 'string' ? prefer : '')?.[1];
  if (seconds === undefined) return { waitMs: 0 };
  const hungUp = new AbortController();
  request.raw.once('close', () => {
    if (!reply.raw.writableEnded) hungUp.abort();
  });
  return { waitMs: Math.min(Number(seconds), SESSION_LIMITS.waitSeconds) * 1_000, signal: hungUp.signal };
}
