import type { ChallengeKind, RecordedSession } from '../../shared/domain/challenge.ts';
import type { LivenessJudgement } from '../../shared/domain/liveness.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import { replayFramed, type FramedJudgement } from './framed-replay.ts';
import { replayLight } from './light-replay.ts';
import { readRecordedSession, type SessionFolder } from './recorded-session.ts';
import type { SessionVision } from './session-vision.ts';

export type SessionJudgement =
  | ({ readonly kind: 'light' } & LivenessJudgement)
  | ({ readonly kind: Exclude<ChallengeKind, 'light'> } & FramedJudgement);

type Replay = (
  folder: SessionFolder,
  session: RecordedSession,
  vision: SessionVision,
) => Promise<Result<SessionJudgement, Failure>>;

function framed(kind: Exclude<ChallengeKind, 'light'>): Replay {
  return async (folder, session, vision) => {
    const judged = await replayFramed(folder, session, vision);
    return judged.ok ? { ok: true, value: { kind, ...judged.value } } : judged;
  };
}

/** Who replays which kind of challenge. */
const REPLAYS: Readonly<Record<ChallengeKind, Replay>> = {
  light: async (folder, session, vision) => {
    const judged = await replayLight(folder, session, vision);
    return judged.ok ? { ok: true, value: { kind: 'light', ...judged.value } } : judged;
  },
  action: framed('action'),
  digits: framed('digits'),
  silent: framed('silent'),
};

/**
 * Judges a recorded session as the kiosk would have. Fails when the folder or a picture can't be read; a session that
 * decides nothing is `undecided`, not a failure.
 */
export async function replaySession(
  folder: SessionFolder,
  vision: SessionVision,
): Promise<Result<SessionJudgement, Failure>> {
  const session = await readRecordedSession(folder);
  return session.ok ? REPLAYS[session.value.challenge.kind](folder, session.value, vision) : session;
}
