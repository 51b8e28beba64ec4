import type { ChallengeProgress } from '../../../shared/domain/challenge.ts';
import { partsDone } from './challenge-prompt.ts';

/** How far each part of the challenge has come, 0–1. */
export function challengeParts(progress: ChallengeProgress | null): readonly number[] {
  switch (progress?.kind) {
    case 'action':
      return Array.from({ length: progress.count }, (_, index) => {
        const behind = partsDone(progress);
        if (index < behind) return 1;
        return index === progress.index && progress.action !== null ? progress.done : 0;
      });
    case 'digits':
      return Array.from({ length: progress.count }, (_, index) => (index < progress.shown.length ? 1 : 0));
    case 'silent':
      return [progress.done];
    default:
      return [0];
  }
}
