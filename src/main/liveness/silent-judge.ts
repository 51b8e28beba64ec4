import type { SilentChallenge } from '../../shared/domain/challenge.ts';
import type { FramedJudge } from '../../shared/domain/framed-judge.ts';

export function createSilentJudge(_: SilentChallenge): FramedJudge {
  return {
    see: () => ({ kind: 'silent', done: 0, hint: null, ended: false }),
    evidence: () => ({ state: 'unmeasured', reason: 'capture.too-few-frames', detail: 'nothing was judged' }),
  };
}
