import { createHash } from 'node:crypto';
import type { VerifierPicture } from '../../main/inference/verifier-picture.ts';
import { sessionRequestSchema } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';
import type { SessionDesk } from '../sessions/session-desk.ts';
import type { HandOff } from './hand-off.ts';

const FACE = 'face.jpg';

/**
 * Asks the question with the picture of a living person, as a session of the kiosk's device: from here on attempts,
 * leases, order id and the signed decision are those of every session.
 *
 * @param sealedIdentity the device's JWE, which names the hand-off as its session
 */
export async function askByPhone(
  sessions: Pick<SessionDesk, 'open' | 'upload' | 'submit'>,
  handOff: HandOff,
  sealedIdentity: string | null,
  { jpeg, width, height }: VerifierPicture,
): Promise<Result<null, Problem>> {
  const { handOffId, certifyId, sceneId, orderId, check, consent, subjectKey, simulated } = handOff.request;
  const bytes = Buffer.from(jpeg);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const request = sessionRequestSchema.safeParse({
    ...{ sessionId: handOffId, certifyId, sceneId, orderId, check, consent, subjectKey, simulated },
    artifacts: [{ name: FACE, bytes: bytes.length, sha256, width, height }],
  });
  if (!request.success) return err(problem('internal'));
  try {
    const opened = await sessions.open(handOff, request.data);
    if (!opened.ok) return opened;
    const put = await sessions.upload(handOff, handOffId, FACE, { offset: null, bytes });
    if (!put.ok) return put;
    const submitted = await sessions.submit(handOff, handOffId, { identity: sealedIdentity, local: null }, null);
    return submitted.ok ? ok(null) : submitted;
  } finally {
    bytes.fill(0);
  }
}
