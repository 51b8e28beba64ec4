import type { FramedChallenge } from '../../shared/domain/challenge.ts';
import type { FramedJudge } from '../../shared/domain/framed-judge.ts';
import type { VoiceDetector } from '../../shared/domain/voice-detector.ts';
import { createActionJudge } from './action-judge.ts';
import { createDigitsJudge } from './digits-judge.ts';
import { createSilentJudge } from './silent-judge.ts';

type JudgeMakers = {
  readonly [K in FramedChallenge['kind']]: (
    challenge: Extract<FramedChallenge, { kind: K }>,
    voice: VoiceDetector | null,
  ) => FramedJudge;
};

/** Without a voice detector nobody knows when somebody spoke. */
const DEAF_JUDGE: FramedJudge = {
  see: () => ({ kind: 'digits', shown: '', count: 0, hint: null, ended: true }),
  evidence: () => ({ state: 'unmeasured', reason: 'speech.unavailable', detail: 'no voice activity model' }),
};

/** Who judges which kind of challenge. */
export const FRAMED_JUDGES: JudgeMakers = {
  action: (challenge) => createActionJudge(challenge, { patience: challenge.patience ?? 1 }),
  silent: (challenge) => createSilentJudge(challenge),
  digits: (challenge, voice) => (voice ? createDigitsJudge(challenge, voice) : DEAF_JUDGE),
};

/** A fresh judge for one challenge; `voice` is null where no voice activity model is installed. */
export function createFramedJudge(challenge: FramedChallenge, voice: VoiceDetector | null): FramedJudge {
  switch (challenge.kind) {
    case 'action':
      return FRAMED_JUDGES.action(challenge, voice);
    case 'silent':
      return FRAMED_JUDGES.silent(challenge, voice);
    case 'digits':
      return FRAMED_JUDGES.digits(challenge, voice);
  }
}
