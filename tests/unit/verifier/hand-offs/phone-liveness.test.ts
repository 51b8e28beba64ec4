import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CaptureSummary } from '../../../../src/main/inference/contract.ts';
import type { FramedEvidence } from '../../../../src/shared/domain/liveness.ts';
import { decidePhone, issuePhoneChallenge } from '../../../../src/verifier/hand-offs/phone-liveness.ts';

const GOOD: CaptureSummary = {
  frames: 12,
  framesWithoutFace: 0,
  framesWithSeveralFaces: 0,
  spoofScores: Array.from({ length: 12 }, () => 0.9),
  spoofMedian: 0.9,
  embeddings: 12,
  continuityMin: 0.8,
  best: null,
};
const DONE: FramedEvidence = { state: 'measured', kind: 'action', refuted: [], missing: [], measures: {} };
const challenge = issuePhoneChallenge('action', randomBytes);

describe('challenges for phones', () => {
  it('ask for the mouth and for the head, in either order, and never for a blink', () => {
    const seen = new Set<string>();
    for (let index = 0; index < 200; index++) {
      const drawn = issuePhoneChallenge('action', randomBytes);
      if (drawn.kind !== 'action') throw new Error(drawn.kind);
      seen.add(drawn.actions.map(({ action }) => action).join());
      expect(drawn).toMatchObject({ issuer: 'verifier', nonce: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    }
    const heads = ['turn-left', 'turn-right', 'nod'];
    expect([...seen].sort()).toEqual(heads.flatMap((head) => [`${head},open-mouth`, `open-mouth,${head}`]).sort());
  });

  it.each([
    ['everything shown', DONE, GOOD, 'live'],
    ['a refuted action', { ...DONE, refuted: ['liveness.wrong-action'] }, GOOD, 'spoof'],
    ['a picture of a picture', DONE, { ...GOOD, spoofMedian: 0.01 }, 'spoof'],
    ['another face', DONE, { ...GOOD, continuityMin: 0.05 }, 'spoof'],
    ['an action not done', { ...DONE, missing: ['capture.action-not-done'] }, GOOD, 'undecided'],
    ['too few pictures', DONE, { ...GOOD, spoofMedian: null, spoofScores: [] }, 'undecided'],
    ['nobody compared', DONE, { ...GOOD, continuityMin: null }, 'undecided'],
    ['somebody else in the picture', DONE, { ...GOOD, framesWithSeveralFaces: 50 }, 'undecided'],
    ['nothing measured', { state: 'unmeasured', reason: 'challenge.incomplete' }, GOOD, 'undecided'],
  ] as const)('%s', (_, evidence, capture, verdict) => {
    expect(decidePhone(challenge, evidence as FramedEvidence, capture).verdict).toBe(verdict);
  });
});
