import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { CheckQueue, Materials } from './ports.ts';

/**
 * Destroys materials that have been kept for as long as they may be, and closes the questions that still needed them:
 * they stay as stopped, or as unknown, with nothing left to send. Gives the ids.
 */
export async function expireMaterials(
  queue: Pick<CheckQueue, 'find' | 'change'>,
  materials: Materials,
  nowMs: number,
): Promise<Result<readonly string[], Failure>> {
  const expired = materials.expired(nowMs);
  if (!expired.ok) return expired;
  for (const certifyId of expired.value) {
    const found = queue.find(certifyId);
    if (!found.ok) return found;
    if (found.value !== null && !isAnswered(found.value.state)) {
      const closed = queue.change(certifyId, { event: 'expire' });
      if (!closed.ok) return closed;
    }
    const destroyed = await materials.destroy(certifyId, 'retention');
    if (!destroyed.ok) return destroyed;
  }
  return ok(expired.value);
}

/** Nothing needs the materials any more, whatever is left to be told. */
function isAnswered(state: string): boolean {
  return state === 'decided' || state === 'acked' || state === 'erased';
}
