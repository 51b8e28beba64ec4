import type { Challenge } from '../../../shared/domain/challenge.ts';
import type { LivenessPart } from '../../../shared/domain/liveness-mode.ts';
import type { Scene } from '../../../shared/domain/scene.ts';

export interface ChallengeRequest {
  readonly certifyId: string;
  readonly scene: Scene;
  readonly part: LivenessPart;
  /** The language that digits are read in. */
  readonly language: 'zh-CN' | 'en';
  /** The person has asked for large text and more time. */
  readonly elder: boolean;
}

/** Issues challenges from a cryptographic random source; each nonce is used once. */
export interface ChallengeIssuer {
  issue(request: ChallengeRequest): Challenge;
}
