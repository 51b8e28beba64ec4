import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createChallengeIssuer } from '../../../src/main/composition/challenge-issuer.ts';
import { nonceOfSeed, seededBytes } from '../../../src/main/liveness/seeded-bytes.ts';
import { ACTIONS, challengeSchema, type Challenge } from '../../../src/shared/domain/challenge.ts';
import { LIVENESS_MODE_IDS, partsOf } from '../../../src/shared/domain/liveness-mode.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';

const NOW_MS = 1_700_000_000_000;
const clock = { wallMs: () => NOW_MS, monotonicMs: () => 0 };

function issuer(name: string, seed: Uint8Array | null = null) {
  const own = createHash('sha256').update(name).digest();
  return createChallengeIssuer({ clock, randomBytes: seededBytes(own, own), seeds: { take: () => seed } });
}

const request = { certifyId: 'c', scene: DEFAULT_SCENE, language: 'zh-CN', elder: false } as const;

function everyKind(from: ReturnType<typeof issuer>): Challenge[] {
  return LIVENESS_MODE_IDS.flatMap((mode) => partsOf(mode).map((part) => from.issue({ ...request, part })));
}

describe('the challenges of a kiosk', () => {
  it('keep to their schema, expire within two minutes, and are never issued twice', () => {
    const issued = Array.from({ length: 20 }, (_, i) => everyKind(issuer(`${i}`))).flat();
    for (const challenge of issued) {
      expect(challengeSchema.parse(challenge)).toEqual(challenge);
      expect(challenge).toMatchObject({ issuer: 'device', issuedAtMs: NOW_MS });
      expect(challenge.expiresAtMs! - NOW_MS).toBeGreaterThan(2_000);
      expect(challenge.expiresAtMs! - NOW_MS).toBeLessThanOrEqual(120_000);
    }
    expect(new Set(issued.map(({ nonce }) => nonce)).size).toBe(issued.length);
  });

  it('ask for what the part and the scene say', () => {
    const scene = { ...DEFAULT_SCENE, liveness: { mode: 'action', fallback: [], actions: 4 } } as const;
    expect(issuer('a').issue({ ...request, scene, part: { kind: 'action' } })).toMatchObject({
      actions: [{}, {}, {}, {}],
    });
    const blink = issuer('a').issue({ ...request, part: { kind: 'action', actions: ['blink'] } });
    expect(blink.kind === 'action' && blink.actions.map(({ action }) => action)).toEqual(['blink']);
    expect(issuer('a').issue({ ...request, elder: true, part: { kind: 'action' } })).toMatchObject({ patience: 1.5 });
    expect(issuer('a').issue({ ...request, language: 'en', part: { kind: 'digits' } })).toMatchObject({
      language: 'en',
    });
  });

  it('leave time for a clip, and show a blink in it, where the verifier looks at the clip', () => {
    const scene = { ...DEFAULT_SCENE, confirmation: 'video-authority' } as const;
    expect(issuer('a').issue({ ...request, scene, part: { kind: 'silent' } })).toMatchObject({ durationMs: 2_600 });
    for (let i = 0; i < 50; i += 1) {
      const challenge = issuer(`${i}`).issue({ ...request, scene, part: { kind: 'action' } });
      if (challenge.kind !== 'action') throw new Error(challenge.kind);
      expect(challengeSchema.parse(challenge)).toEqual(challenge);
      expect(challenge.actions[0]!.delayMs).toBeGreaterThanOrEqual(1_600);
      expect(challenge.actions.map(({ action }) => action)).toContain('blink');
      expect(challenge.actions.length).toBe(2);
    }
  });

  it("carry the nonce of the verifier's seed, and are decided by it and by this device", () => {
    const seed = new Uint8Array(32).fill(3);
    const light = { ...request, part: { kind: 'light' } } as const;
    const first = issuer('a', seed).issue(light);
    expect(first).toMatchObject({ nonce: nonceOfSeed(seed), issuer: 'verifier' });
    expect(issuer('a', seed).issue(light)).toEqual(first);
    expect(issuer('b', seed).issue(light)).not.toEqual(first);
    expect(issuer('a', new Uint8Array(32).fill(4)).issue(light)).not.toMatchObject({ nonce: first.nonce });
  });

  it('ask for every action now and then', () => {
    const asked = new Set<string>();
    for (let i = 0; i < 100; i += 1) {
      const challenge = issuer(`${i}`).issue({ ...request, part: { kind: 'action' } });
      if (challenge.kind !== 'action') throw new Error(challenge.kind);
      for (const { action } of challenge.actions) asked.add(action);
    }
    expect(asked).toEqual(new Set(ACTIONS));
  });
});
