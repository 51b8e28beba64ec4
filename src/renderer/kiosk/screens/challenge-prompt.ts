import type { ChallengeProgress, FramedChallenge, ProgressHint } from '../../../shared/domain/challenge.ts';
import type { WordKey } from '../../i18n/translation.ts';

type ActionProgress = Extract<ChallengeProgress, { kind: 'action' }>;

/** How many actions are behind the person. */
export function partsDone({ action, index, count, done, ended }: ActionProgress): number {
  if (ended) return count;
  return action === null && done >= 1 ? index + 1 : index;
}

/** The one thing to do now; between two actions, that the last one was seen. */
export function challengePrompt(
  kind: FramedChallenge['kind'],
  progress: ChallengeProgress | null,
): Extract<WordKey, `challenge.${string}`> {
  if (kind === 'digits') return 'challenge.read';
  if (kind === 'silent') return 'challenge.still';
  if (progress?.kind !== 'action') return 'challenge.wait';
  if (progress.ended) return 'challenge.allDone';
  if (progress.action) return `challenge.actions.${progress.action}`;
  return partsDone(progress) > 0 ? 'challenge.good' : 'challenge.wait';
}

/** Why nothing is counted; not said where the prompt says the same. */
export function remarkOf(progress: ChallengeProgress | null): ProgressHint | null {
  if (!progress || progress.ended) return null;
  const isPrompt = progress.hint === 'face-forward' && progress.kind === 'action' && progress.action === null;
  return isPrompt ? null : progress.hint;
}
