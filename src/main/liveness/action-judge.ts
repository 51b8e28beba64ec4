import type { ActionChallenge } from '../../shared/domain/challenge.ts';
import type { FramedJudge } from '../../shared/domain/framed-judge.ts';

export function createActionJudge({ actions }: ActionChallenge): FramedJudge {
  const count = actions.length;
  return {
    see: () => ({ kind: 'action', action: null, index: 0, count, done: 0, hint: null, ended: false }),
    evidence: () => ({ state: 'unmeasured', reason: 'capture.too-few-frames', detail: 'nothing was judged' }),
  };
}
