import { describe, expect, it } from 'vitest';
import { DEFAULT_CAMERA_GEOMETRY } from '../../../src/shared/domain/camera-geometry.ts';
import type { RecordedClip } from '../../../src/shared/domain/clip.ts';
import { DEFAULT_SCENE, type EvidencePolicy } from '../../../src/shared/domain/scene.ts';
import type { TerminalCalibration } from '../../../src/shared/domain/terminal-calibration.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import type { CameraGate } from '../../../src/main/certification/ports/camera-gate.ts';
import type { EvidenceKeeper } from '../../../src/main/certification/ports/evidence-keeper.ts';
import type { FaceInference } from '../../../src/main/certification/ports/face-inference.ts';
import type { KioskConfiguration } from '../../../src/main/certification/service-contract.ts';
import { CERTIFY_ID, sampleActions, sampleChallenge } from './samples.ts';

import {
  jpeg,
  judgement,
  kiosk,
  notOffered,
  openGate,
  progress,
  ready,
  settled,
  upToLight,
  upToPosition,
  type Kiosk,
} from './service-host.ts';

describe('a certification', () => {
  it('runs through its screens to a committed pass, and is wiped', async () => {
    const it = kiosk();
    const certifyId = await upToLight(it);
    expect(it.service.view()).toMatchObject({ screen: 'light', challenge: sampleChallenge });
    await it.time.pass(700);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, [{ index: 0, shownAtMs: 1 }]);
    await settled();
    await settled();
    expect(it.screens).toEqual(['consent', 'card', 'position', 'light', 'deciding', 'result']);
    expect(it.service.view()).toMatchObject({
      screen: 'result',
      camera: null,
      result: { state: 'passed', reason: 'ok.matched', nameMasked: '样*人', provisional: true, mayRetry: false },
    });
    expect(it.records.map(({ verdict }) => verdict.state)).toEqual(['passed']);
    expect(it.wiped).toEqual([certifyId]);
    it.service.confirmed(certifyId);
    expect(it.service.view()).toMatchObject({ result: { provisional: false } });
    await it.time.pass(8000);
    expect(it.service.view()).toMatchObject({ screen: 'attract', certifyId: null });
  });

  it('opens the camera after consent and at no other time', async () => {
    const it = kiosk();
    expect(it.service.view().camera).toBeNull();
    it.service.act({ type: 'start' });
    expect(it.service.view()).toMatchObject({ screen: 'consent', camera: null });
    it.service.act({ type: 'consent', capture: true, transmit: false });
    expect(it.service.view()).toMatchObject({ screen: 'card', camera: { kind: 'device' } });
  });

  it('counts nothing as played that ended before it could have been shown', async () => {
    const it = kiosk();
    const certifyId = await upToLight(it);
    await it.time.pass(100);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
    expect(it.service.view()).toMatchObject({ screen: 'result', result: { reason: 'challenge.incomplete' } });
  });

  it('expires a challenge that nobody answers', async () => {
    const it = kiosk();
    await upToLight(it);
    await it.time.pass(10_000);
    expect(it.service.view()).toMatchObject({
      screen: 'result',
      result: { state: 'error', reason: 'challenge.expired' },
    });
  });

  it('breaks the light off when evidence frames show no face', async () => {
    const it = kiosk({ inference: { addEvidence: async (_id, frame) => ok({ accepted: frame.phase === 'neutral' }) } });
    const certifyId = await upToLight(it);
    const frame = { certifyId, jpeg, capturedAtMs: 1, phase: 'light' } as const;
    expect(await it.service.addEvidence(frame)).toEqual(ok(null));
    expect(await it.service.addEvidence(frame)).toEqual(err(failure('capture.face-left')));
  });

  it('ignores answers that arrive after it has ended', async () => {
    let answer: (result: Result<ReturnType<typeof judgement>, Failure>) => void = () => undefined;
    const it = kiosk({ inference: { judge: () => new Promise((resolve) => (answer = resolve)) } });
    const certifyId = await upToLight(it);
    await it.time.pass(700);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
    it.service.act({ type: 'cancel' });
    answer(ok(judgement('live')));
    await settled();
    expect(it.records.map(({ verdict }) => verdict.reason)).toEqual(['user.cancelled']);
    expect(it.service.view().screen).toBe('attract');
  });

  it.each([
    ['a crash of the inference process', { judge: async () => err(failure('inference.crashed')) }, 'inference.crashed'],
    [
      'a refused model',
      { openCapture: async () => err(failure('inference.model-refused')) },
      'inference.model-refused',
    ],
    ['a portrait without a face', { compare: async () => ok({ outcome: 'no-face' as const }) }, 'document.no-face'],
    ['a failed comparison', { compare: async () => err(failure('inference.unavailable')) }, 'inference.unavailable'],
  ] as const)('never passes after %s', async (_name, inference, reason) => {
    const it = kiosk({ inference });
    const certifyId = await upToLight(it);
    await it.time.pass(700);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
    await settled();
    await settled();
    expect(it.records.map(({ verdict }) => verdict.reason)).toEqual([reason]);
  });

  it('shows no verdict that could not be committed', async () => {
    const it = kiosk({ commit: () => err(failure('store.full')) });
    const certifyId = await upToLight(it);
    await it.time.pass(700);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
    await settled();
    await settled();
    expect(it.screens).not.toContain('result');
    expect(it.service.view()).toMatchObject({ screen: 'maintenance', reason: 'store.full' });
  });

  it('refuses a simulated card outside of a demonstration', async () => {
    const it = kiosk({ configuration: { demo: null } });
    await upToPosition(it);
    expect(it.records[0]).toMatchObject({ verdict: { reason: 'card.refused' }, subject: null });
  });

  it('refuses a virtual camera', async () => {
    const it = kiosk();
    it.service.act({ type: 'start' });
    it.service.act({ type: 'consent', capture: true, transmit: true });
    it.service.reportCamera(ready('OBS Virtual Camera', 640, 480));
    expect(it.records[0]).toMatchObject({ verdict: { state: 'error', reason: 'camera.virtual' } });
  });

  it('does not start offline where the scene forbids it', () => {
    const it = kiosk({ online: false, configuration: { scene: { ...DEFAULT_SCENE, offlinePolicy: 'forbid' } } });
    expect(it.service.act({ type: 'start' })).toMatchObject({ ok: false, error: { code: 'verifier.unreachable' } });
    expect(it.service.view().screen).toBe('attract');
  });

  it('allows three attempts in a row', async () => {
    const it = kiosk({ read: err(failure('card.refused')) });
    it.service.act({ type: 'start' });
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      it.service.act({ type: 'consent', capture: true, transmit: true });
      await settled();
      await settled();
      expect(it.service.view()).toMatchObject({ screen: 'result', result: { mayRetry: attempt < 3 } });
      if (attempt < 3) it.service.act({ type: 'retry' });
    }
    expect(new Set(it.records.map(({ certifyId }) => certifyId)).size).toBe(3);
  });
});

describe('the camera of a certification', () => {
  it('is asked to change its exposure before any challenge begins, and the record says what came of it', async () => {
    const it = kiosk();
    it.service.act({ type: 'start' });
    it.service.act({ type: 'consent', capture: true, transmit: true });
    it.service.reportCamera(ready('camera'));
    await settled();
    await settled();
    const certifyId = it.service.view().certifyId ?? '';
    expect(it.service.view()).toMatchObject({ screen: 'position', cameraChallenge: { nonce: 'd'.repeat(32) } });
    for (let frame = 0; frame < 3; frame += 1) {
      await it.service.addEvidence({ certifyId, jpeg, capturedAtMs: frame, phase: 'neutral' });
    }
    await it.service.guide({ certifyId, jpeg, capturedAtMs: 1 });
    await it.time.pass(600);
    await it.service.guide({ certifyId, jpeg, capturedAtMs: 2 });
    expect(it.service.view().screen).toBe('position');
    it.service.cameraAnswered(certifyId, { ...notOffered, nonce: 'e'.repeat(32) });
    expect(it.service.view()).toMatchObject({ cameraChallenge: {} });
    it.service.cameraAnswered(certifyId, notOffered);
    expect(it.service.view()).not.toHaveProperty('cameraChallenge');
    await it.service.guide({ certifyId, jpeg, capturedAtMs: 3 });
    expect(it.service.view().screen).toBe('light');
    it.service.act({ type: 'cancel' });
    expect(it.records[0]!.devices.cameraChecks).toEqual({ signs: ['no-controls'], exposure: 'not-offered' });
  });

  it('ends the attempt when its picture does not follow, and tells why to nobody but the staff', async () => {
    const refusal = failure('camera.not-following', 'brightness 1.00 of 0.70');
    const it = kiosk({
      camera: { beginTrial: () => ({ ...openGate.beginTrial(), judge: () => ({ outcome: 'not-followed', refusal }) }) },
    });
    await upToPosition(it);
    expect(it.records[0]).toMatchObject({
      verdict: { state: 'error', reason: 'camera.not-following' },
      detail: 'brightness 1.00 of 0.70',
      devices: { cameraChecks: { exposure: 'not-followed' } },
    });
  });

  it('is refused when it is another one, when it has no hardware, and when that can not be found out', async () => {
    for (const code of ['camera.changed', 'camera.virtual', 'store.unavailable'] as const) {
      const it = kiosk({ camera: { examine: async () => err(failure(code)) } });
      await upToPosition(it);
      expect(it.records[0]).toMatchObject({ verdict: { state: 'error', reason: code } });
    }
  });

  it('is refused when it shows the very same pictures again', async () => {
    const watchFrames: CameraGate['watchFrames'] = () => ({
      see: () => undefined,
      evidence: () => ({ signs: ['repeated-frames'] }),
    });
    const it = kiosk({ camera: { watchFrames } });
    const certifyId = await upToLight(it);
    await it.time.pass(700);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
    expect(it.records[0]).toMatchObject({
      verdict: { state: 'error', reason: 'camera.virtual' },
      devices: { cameraChecks: { signs: ['no-controls', 'repeated-frames'] } },
    });
  });

  it("judges by the terminal's calibration", async () => {
    const calibration = { lagMs: 110 } as TerminalCalibration;
    const seen: (TerminalCalibration | null)[] = [];
    const it = kiosk({
      camera: { examine: async () => ok({ calibration, signs: [] }) },
      inference: {
        judge: async (_id, _challenge, context) => {
          seen.push(context.calibration);
          return ok(judgement('live'));
        },
      },
    });
    const certifyId = await upToLight(it);
    await it.time.pass(700);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
    await settled();
    expect(seen).toEqual([calibration]);
  });
});

describe('the evidence of a certification', () => {
  it('is kept before the capture is wiped, and with the record that it belongs to', async () => {
    const kept: string[] = [];
    let release = (): void => undefined;
    const evidence: EvidenceKeeper = {
      keep: ({ record, portrait, camera }) => {
        kept.push(`${record.verdict.state} ${portrait?.length} ${camera?.width}`);
        return new Promise((resolve) => (release = resolve));
      },
      encodesClips: () => true,
    };
    const recorded: boolean[] = [];
    const scene = { ...DEFAULT_SCENE, evidence: { keep: 'all', clip: false } } as const;
    const it = kiosk({
      evidence,
      configuration: { scene },
      inference: {
        openCapture: async (_id, _limits, record) => {
          recorded.push(record);
          return ok(null);
        },
      },
    });
    const certifyId = await upToLight(it);
    await it.time.pass(700);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
    await settled();
    await settled();
    expect(recorded).toEqual([true]);
    expect(kept).toEqual(['passed 1 640']);
    expect(it.service.view().screen).toBe('result');
    expect(it.wiped).toEqual([]);
    release();
    await settled();
    expect(it.wiped).toEqual([certifyId]);
  });
});

describe('the clip of a certification', () => {
  const { nonce } = sampleChallenge;
  const mp4 = (): RecordedClip & { kind: 'mp4' } => ({ kind: 'mp4', bytes: new Uint8Array(4).fill(7) });

  function filming(policy: EvidencePolicy, inference: Partial<FaceInference> = {}) {
    const kept: string[] = [];
    const evidence: EvidenceKeeper = {
      keep: async ({ clip }) => {
        const came = clip && (await clip());
        kept.push(came?.kind === 'mp4' ? `mp4 ${[...came.bytes].join(' ')}` : clip ? 'none came' : 'none asked for');
      },
      encodesClips: () => true,
    };
    const scene = { ...DEFAULT_SCENE, evidence: policy };
    return { ...kiosk({ evidence, configuration: { scene }, inference }), kept };
  }

  async function played(it: ReturnType<typeof filming>): Promise<string> {
    const certifyId = await upToLight(it);
    await it.time.pass(700);
    it.service.lightPlayed(certifyId, nonce, []);
    await settled();
    await settled();
    return certifyId;
  }

  it('is asked for where it would be kept, and nowhere else', async () => {
    const asked = [];
    for (const policy of [
      { keep: 'all', clip: true },
      { keep: 'review', clip: true },
      { keep: 'none', clip: true },
      { keep: 'all', clip: false },
    ] as const) {
      const it = filming(policy);
      it.service.act({ type: 'start' });
      const consent = it.service.view();
      it.service.act({ type: 'cancel' });
      await upToLight(it);
      const light = it.service.view();
      if (consent.screen !== 'consent' || light.screen !== 'light')
        throw new Error(`${consent.screen}, ${light.screen}`);
      asked.push([consent.keepsClip, light.clip]);
    }
    const filmed = [true, { mainEncodes: true }];
    const not = [undefined, undefined];
    expect(asked).toEqual([filmed, filmed, not, not]);
  });

  it('may come after the result, which does not wait for it, and is overwritten once it is kept', async () => {
    const it = filming({ keep: 'all', clip: true });
    const certifyId = await played(it);
    expect([it.service.view().screen, it.kept]).toEqual(['result', []]);
    const clip = mp4();
    expect(it.service.takeClip(certifyId, nonce, clip)).toEqual(ok(null));
    await settled();
    expect([it.kept, [...clip.bytes], it.wiped]).toEqual([['mp4 7 7 7 7'], [0, 0, 0, 0], [certifyId]]);
  });

  it('is waited for five seconds and no longer', async () => {
    const it = filming({ keep: 'all', clip: true });
    const certifyId = await played(it);
    await it.time.pass(4_900);
    expect(it.kept).toEqual([]);
    await it.time.pass(200);
    expect([it.kept, it.wiped]).toEqual([['none came'], [certifyId]]);
    const late = mp4();
    expect(it.service.takeClip(certifyId, nonce, late)).toMatchObject({ error: { code: 'challenge.expired' } });
    expect([...late.bytes]).toEqual([0, 0, 0, 0]);
  });

  it('is not waited for when the page says that there is none', async () => {
    const it = filming({ keep: 'all', clip: true });
    it.service.takeClip(await played(it), nonce, null);
    await settled();
    expect(it.kept).toEqual(['none came']);
  });

  it('is refused of another certification, another challenge, a second time and unasked', async () => {
    const it = filming({ keep: 'all', clip: true });
    const certifyId = await upToLight(it);
    const code = (id: string, of: string) => {
      const taken = it.service.takeClip(id, of, mp4());
      return taken.ok ? 'taken' : taken.error.code;
    };
    expect([
      code('another', nonce),
      code(certifyId, 'f'.repeat(32)),
      code(certifyId, nonce),
      code(certifyId, nonce),
    ]).toEqual(['challenge.expired', 'challenge.replayed', 'taken', 'challenge.replayed']);
    const unasked = filming({ keep: 'all', clip: false });
    expect(unasked.service.takeClip(await upToLight(unasked), nonce, mp4()).ok).toBe(false);
    await settled();
  });

  it('is overwritten where the certification decides nothing', async () => {
    const it = filming({ keep: 'all', clip: true });
    const certifyId = await upToLight(it);
    const clip = mp4();
    it.service.takeClip(certifyId, nonce, clip);
    it.service.act({ type: 'cancel' });
    await settled();
    expect([it.service.view().screen, [...clip.bytes]]).toEqual(['attract', [0, 0, 0, 0]]);
  });
});

describe('a challenge that is judged while it runs', () => {
  const face = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
  const frame = { jpeg, face, capturedAtMs: 1 };

  function acting(inference: Partial<FaceInference> = {}): Kiosk {
    const scene = { ...DEFAULT_SCENE, liveness: { mode: 'action', fallback: [], actions: 1 } } as const;
    return kiosk({ challenge: sampleActions, configuration: { scene }, inference });
  }

  it('is begun, shown without what it will ask for, and judged when its frames say that it has ended', async () => {
    const begun: string[] = [];
    let answer = progress;
    const it = acting({
      beginChallenge: async (_, { nonce }) => {
        begun.push(nonce);
        return ok(null);
      },
      challengeFrame: async () => ok(answer),
    });
    const certifyId = await upToLight(it);
    expect(begun).toEqual([sampleActions.nonce]);
    const view = it.service.view();
    expect(view).toMatchObject({ screen: 'challenge', kind: 'action', nonce: sampleActions.nonce });
    expect(JSON.stringify(view)).not.toContain('blink');
    expect(await it.service.challengeFrame(certifyId, sampleActions.nonce, frame)).toEqual(ok(progress));
    expect(it.service.view().screen).toBe('challenge');
    answer = { ...progress, ended: true };
    await it.service.challengeFrame(certifyId, sampleActions.nonce, frame);
    await settled();
    await settled();
    expect(it.records[0]).toMatchObject({
      verdict: { reason: 'ok.matched' },
      challenge: { kind: 'action', nonce: sampleActions.nonce },
      attempts: [{ verdict: 'live' }],
    });
  });

  it('refuses frames of another challenge, of none, and sound that it did not ask for, by name', async () => {
    const it = acting();
    const early = await it.service.challengeFrame(CERTIFY_ID, sampleActions.nonce, frame);
    expect(early).toMatchObject({ ok: false, error: { code: 'challenge.expired' } });
    const certifyId = await upToLight(it);
    const other = await it.service.challengeFrame(certifyId, 'b'.repeat(32), frame);
    expect(other).toMatchObject({ ok: false, error: { code: 'challenge.replayed' } });
    const sound = { pcm: jpeg, startedAtMs: 1 };
    expect(await it.service.challengeAudio(certifyId, sampleActions.nonce, sound)).toMatchObject({
      ok: false,
      error: { code: 'request.invalid' },
    });
    expect(it.service.view().screen).toBe('challenge');
  });

  it('takes no frame of a light challenge', async () => {
    const it = kiosk();
    const certifyId = await upToLight(it);
    expect(await it.service.challengeFrame(certifyId, sampleChallenge.nonce, frame)).toMatchObject({
      ok: false,
      error: { code: 'request.invalid' },
    });
  });

  it('ends undecided when nobody does anything', async () => {
    const it = acting();
    await upToLight(it);
    await it.time.pass(120_000);
    expect(it.records[0]).toMatchObject({ verdict: { state: 'error', reason: 'challenge.expired' } });
  });

  it('does not start where the scene asks for speech only and nobody can recognise it', () => {
    const scene = { ...DEFAULT_SCENE, liveness: { mode: 'digits', fallback: [], actions: 1 } } as const;
    const it = kiosk({ configuration: { scene } });
    expect(it.service.act({ type: 'start' })).toMatchObject({ ok: false, error: { code: 'speech.unavailable' } });
  });
});

describe('the end of the application', () => {
  it('records the certification in hand as cancelled and takes nothing after that', async () => {
    const it = kiosk();
    const certifyId = await upToLight(it);
    it.service.close();
    expect(it.records.map(({ verdict }) => verdict.reason)).toEqual(['user.cancelled']);
    it.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
    it.service.act({ type: 'start' });
    expect(it.records).toHaveLength(1);
    expect(it.service.view().screen).toBe('attract');
  });
});

describe('a visitor who leaves', () => {
  it('is asked after 20 s, and wiped 10 s later', async () => {
    const it = kiosk();
    it.service.act({ type: 'start' });
    await it.time.pass(19_000);
    expect(it.service.view().idleSecondsLeft).toBeNull();
    await it.time.pass(1_500);
    expect(it.service.view().idleSecondsLeft).toBe(10);
    it.service.act({ type: 'still-here' });
    expect(it.service.view().idleSecondsLeft).toBeNull();
    await it.time.pass(31_000);
    expect(it.service.view().screen).toBe('attract');
    expect(it.records.map(({ verdict }) => verdict.reason)).toEqual(['user.timed-out']);
  });

  it('leaves the next one the default language and size', async () => {
    const it = kiosk();
    it.service.act({ type: 'set-language', language: 'en' });
    it.service.act({ type: 'set-elder', elder: true });
    it.service.act({ type: 'set-low', low: true });
    it.service.act({ type: 'start' });
    const asked = { language: 'en', elder: true, low: true, siteName: 'Site', purpose: '用途' };
    expect(it.service.view()).toMatchObject(asked);
    await it.time.pass(61_000);
    expect(it.service.view()).toMatchObject({ screen: 'attract', language: 'zh-CN', elder: false });
    expect(it.service.view().low).toBeUndefined();
  });

  it.each([{ type: 'set-elder', elder: true } as const, { type: 'set-low', low: true } as const])(
    'has twice as long after $type',
    async (asked) => {
      const it = kiosk();
      it.service.act(asked);
      it.service.act({ type: 'start' });
      await it.time.pass(39_000);
      expect(it.service.view().idleSecondsLeft).toBeNull();
      await it.time.pass(1_500);
      expect(it.service.view().idleSecondsLeft).toBe(20);
      await it.time.pass(20_000);
      expect(it.service.view().screen).toBe('attract');
    },
  );
});

describe('how near a visitor has to be', () => {
  const opened = (configuration: Partial<KioskConfiguration>) => {
    const it = kiosk({ configuration });
    it.service.act({ type: 'start' });
    it.service.act({ type: 'consent', capture: true, transmit: true });
    return it;
  };
  const near = (share: number): unknown => expect.closeTo(share, 3);

  it('is not told where the lens is not known', () => {
    expect(opened({}).asked).toEqual([{}]);
  });

  it('follows the lens, and the shape of the picture as soon as it is known', () => {
    const { service, asked } = opened({ cameraGeometry: DEFAULT_CAMERA_GEOMETRY });
    service.reportCamera(ready('camera', 1280, 720));
    expect(asked).toEqual([{ 'too-far': near(0.282), 'too-near': near(0.725) }]);
    service.reportCamera(ready('camera', 640, 480));
    expect(asked.slice(1)).toEqual([{ 'too-far': near(0.212), 'too-near': near(0.544) }]);
  });

  it('is what the scene says, if it says so', () => {
    const scene = { ...DEFAULT_SCENE, qualityLimits: { 'too-far': 0.1, yaw: 15 } };
    const { asked } = opened({ scene, cameraGeometry: DEFAULT_CAMERA_GEOMETRY });
    expect(asked).toEqual([{ 'too-far': 0.1, 'too-near': near(0.725), yaw: 15 }]);
  });
});
