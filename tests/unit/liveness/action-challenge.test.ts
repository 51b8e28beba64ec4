import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { issueActionChallenge } from '../../../src/main/liveness/action-challenge.ts';
import { vendorActionCodes } from '../../../src/main/liveness/action-vendors.ts';
import { actionChallengeSchema, type Action } from '../../../src/shared/domain/challenge.ts';

describe('an issued action challenge', () => {
  it('asks for the face and for the head, never twice the same in a row, after random delays', () => {
    const sequences = new Set<string>();
    for (let i = 0; i < 400; i++) {
      const challenge = issueActionChallenge({ randomBytes, count: 2 + (i % 3) });
      expect(actionChallengeSchema.safeParse(challenge).success).toBe(true);
      const actions = challenge.actions.map(({ action }) => action);
      expect(actions).toHaveLength(2 + (i % 3));
      const ofTheFace = actions.filter((action) => action === 'blink' || action === 'open-mouth');
      expect(ofTheFace.length).toBeGreaterThan(0);
      expect(ofTheFace.length).toBeLessThan(actions.length);
      expect(actions.some((action, k) => action === actions[k - 1])).toBe(false);
      for (const { delayMs } of challenge.actions) {
        expect(delayMs).toBeGreaterThanOrEqual(400);
        expect(delayMs).toBeLessThanOrEqual(1_200);
      }
      sequences.add(actions.join());
    }
    expect(sequences.size).toBeGreaterThan(50);
  });

  it('never asks for a blink alone, which a replayed face does by itself', () => {
    for (let i = 0; i < 200; i++) {
      const one = issueActionChallenge({ randomBytes, count: 1 });
      expect(one.actions.map(({ action }) => action)).toEqual(['open-mouth']);
    }
  });

  it('asks for exactly what is given', () => {
    const given = issueActionChallenge({ randomBytes, actions: ['blink'] });
    expect(given.actions.map(({ action }) => action)).toEqual(['blink']);
  });
});

describe('actions in a vendor’s codes', () => {
  const codes = (vendor: 'tencent' | 'aliyun', ...actions: Action[]) =>
    vendorActionCodes({ actions: actions.map((action) => ({ action, delayMs: 0 })) }, vendor);

  it('are Tencent’s 1 and 2', () => {
    expect(codes('tencent', 'blink', 'open-mouth')).toEqual({ ok: true, value: ['2', '1'] });
  });

  it('are Aliyun’s models', () => {
    expect(codes('aliyun', 'blink')).toEqual({ ok: true, value: ['LIVENESS'] });
    expect(codes('aliyun', 'turn-left', 'blink')).toEqual({ ok: true, value: ['MULTI_ACTION'] });
  });

  it.each([
    ['tencent', 'nod'],
    ['tencent', 'turn-left'],
    ['aliyun', 'open-mouth'],
  ] as const)('fail by name where %s does not know %s', (vendor, action) => {
    expect(codes(vendor, 'blink', action)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });
});
