import type { FramedChallenge } from '../../shared/domain/challenge.ts';
import type { FramedJudge } from '../../shared/domain/framed-judge.ts';
import { createActionJudge } from './action-judge.ts';
import { createSilentJudge } from './silent-judge.ts';

type JudgeMakers = {
  readonly [K in FramedChallenge['kind']]: (challenge: Extract<FramedChallenge, { kind: K }>) => FramedJudge;
};

/** Who judges which kind of challenge. */
export const FRAMED_JUDGES: JudgeMakers = {
  action: (challenge) => createActionJudge(challenge),
  silent: (challenge) => createSilentJudge(challenge),
  // Without a recogniser nobody can tell what was read.
  digits: () => ({
    see: () => ({ kind: 'digits', shown: '', count: 0, hint: null, ended: true }),
    evidence: () => ({ state: 'unmeasured', reason: 'speech.unavailable', detail: 'no speech recogniser' }),
  }),
};

/** A fresh judge for one challenge. */
export function createFramedJudge(challenge: FramedChallenge): FramedJudge {
  switch (challenge.kind) {
    case 'action':
      return FRAMED_JUDGES.action(challenge);
    case 'silent':
      return FRAMED_JUDGES.silent(challenge);
    case 'digits':
      return FRAMED_JUDGES.digits(challenge);
  }
}
