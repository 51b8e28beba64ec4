import { describe, expect, it } from 'vitest';
import { unfitPlan } from '../../../src/shared/domain/clip-plan.ts';
import { clipReceiver, offersOf, receiverOf, type ClipOffer } from '../../../src/shared/domain/clip-receiver.ts';
import { CLIP_LIMITS, CLIP_TARGETS } from '../../../src/shared/domain/clip.ts';
import {
  LIVENESS_MODE_IDS,
  livenessPlanSchema,
  type LivenessMode,
  type LivenessPlan,
} from '../../../src/shared/domain/liveness-mode.ts';
import { expectOk } from '../../support/sample-store.ts';

const ALIYUN = { check: 'video-authority', verifier: 'aliyun', operation: 'ContrastFaceVerify' } as const;
const TENCENT = { check: 'video-authority', verifier: 'tencent', operation: 'LivenessRecognition' } as const;
const FAKES = { check: 'fake-face', verifier: 'tencent', operation: 'DetectAIFakeFaces' } as const;
const UNKNOWN = { check: 'video-authority', verifier: 'somebody', operation: 'Else' } as const;
const MOCK = { check: 'video-authority', verifier: 'mock', operation: 'scripted' } as const;

describe('what a clip has to be like', () => {
  it.each([
    ['Aliyun', [ALIYUN], ['aliyun-id-min-video'], [2, 5, 3], true],
    ['Tencent', [TENCENT], ['tencent-silent'], [2, 20, 5], false],
    ['the mock', [MOCK], ['evidence'], [1, 20, 19.8], false],
    ['two in order', [TENCENT, ALIYUN], ['tencent-silent', 'aliyun-id-min-video'], [2, 5, 3], true],
    ['two in the other order', [ALIYUN, TENCENT], ['aliyun-id-min-video', 'tencent-silent'], [2, 5, 3], true],
  ] as const)('for %s', (_, offers, targets, [min, max, best], needsBlink) => {
    const receiver = expectOk(clipReceiver(offers));
    expect(receiver).toMatchObject({ targets, bestSeconds: best, needsBlink, challenge: 'silent' });
    expect([receiver.limits.minSeconds, receiver.limits.maxSeconds]).toEqual([min, max]);
  });

  it.each([
    ['nobody has said who answers', []],
    ['somebody unknown answers', [UNKNOWN]],
    ['somebody unknown may answer too', [TENCENT, UNKNOWN]],
  ] as const)('fits everybody where %s', (_, offers: readonly ClipOffer[]) => {
    const { limits, ...receiver } = expectOk(clipReceiver(offers));
    expect(receiver).toMatchObject({ bestSeconds: 3, needsBlink: true });
    expect(limits).toEqual({
      container: 'mp4',
      videoCodec: 'h264',
      maxBytes: 6 * 1_048_576,
      minSeconds: 2,
      maxSeconds: 5,
      sound: 'optional',
      minWidth: 320,
      minHeight: 480,
      maxWidth: 720,
      maxHeight: 1_280,
    });
  });

  it('is refused by name where somebody takes no clip of the kind', () => {
    for (const kind of ['action', 'digits'] as const) {
      expect(clipReceiver([TENCENT, ALIYUN], kind)).toMatchObject({
        error: { code: 'capture.clip-unavailable', detail: `aliyun ContrastFaceVerify takes no ${kind} clip` },
      });
      expect(expectOk(clipReceiver([TENCENT], kind)).targets).toEqual([`tencent-${kind}`]);
    }
    expect(expectOk(clipReceiver([TENCENT], 'digits')).limits.sound).toBe('needed');
    expect(expectOk(clipReceiver([FAKES])).targets).toEqual(['tencent-fake-faces']);
  });

  it('is looked up by the check alone', () => {
    const checks = [{ ...ALIYUN, check: 'face-authority' }, TENCENT];
    expect(offersOf({ checks }, 'video-authority')).toEqual([TENCENT]);
    expect([offersOf(null, 'video-authority'), offersOf({}, 'video-authority')]).toEqual([[], []]);
  });

  it.each(CLIP_TARGETS)('%s: what is sent of a long clip is within its limits', (target) => {
    const { bestSeconds, limits } = receiverOf(target);
    expect(limits).toEqual(CLIP_LIMITS[target]);
    expect(bestSeconds).toBeGreaterThan(limits.minSeconds + 0.5);
    expect(bestSeconds).toBeLessThan(limits.maxSeconds);
  });
});

describe('a liveness plan whose clips are sent', () => {
  const plan = (mode: LivenessMode, fallback: readonly LivenessMode[] = [], actions = 2): LivenessPlan =>
    livenessPlanSchema.parse({ mode, fallback, actions });
  const [aliyun, tencent] = [receiverOf('aliyun-id-min-video'), receiverOf('tencent-silent')];

  it('has a blink in every mode where the receiver needs one', () => {
    const fitting = LIVENESS_MODE_IDS.filter((mode) => unfitPlan(aliyun, plan(mode), 8) === null);
    expect(fitting).toEqual(['light-blink', 'light-action', 'action']);
    expect(LIVENESS_MODE_IDS.filter((mode) => unfitPlan(aliyun, plan(mode, [], 1), 8) === null)).toEqual([
      'light-blink',
    ]);
    expect(unfitPlan(aliyun, plan('light'), 8)).toEqual({
      code: 'capture.clip-unavailable',
      detail:
        'light: aliyun-id-min-video needs a blink, and none is asked for (light-blink, or actions from two on would)',
    });
  });

  it('names the mode to fall back to that would not fit', () => {
    expect(unfitPlan(aliyun, plan('light-blink', ['action', 'silent']), 8)?.detail).toMatch(/^silent: /);
    expect(unfitPlan(aliyun, plan('light-blink', ['action']), 8)).toBeNull();
  });

  it('is free where nobody needs a blink, as far as the machine can record', () => {
    expect(LIVENESS_MODE_IDS.filter((mode) => unfitPlan(tencent, plan(mode), 4) !== null)).toEqual([]);
    expect(unfitPlan(tencent, plan('action', ['light']), 2)?.detail).toBe(
      'light: recording beside the light needs 4 processor cores, here are 2',
    );
    expect(unfitPlan(tencent, plan('light-blink'), 2)).toBeNull();
  });

  it('has sound with digits alone', () => {
    const digits = receiverOf('tencent-digits', 'digits');
    const fitting = LIVENESS_MODE_IDS.filter((mode) => unfitPlan(digits, plan(mode), 8) === null);
    expect(fitting).toEqual(['light-digits', 'digits']);
  });
});
