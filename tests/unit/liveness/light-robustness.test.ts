import { describe, expect, it } from 'vitest';
import type { DisplayLog } from '../../../src/shared/domain/challenge.ts';
import type { LightEvidence, LightFrame, LivenessJudgement } from '../../../src/shared/domain/liveness.ts';
import { judgeLiveness } from '../../../src/main/liveness/judge.ts';
import { issueLightChallenge } from '../../../src/main/liveness/light-challenge.ts';
import { createLightRecording } from '../../../src/main/liveness/light-recording.ts';
import { renderShadedFace, type ShadedScene } from '../../support/shaded-face.ts';
import { displayAsIssued, seededBytes, seededUniform } from './synthetic-light.ts';

const challenge = issueLightChallenge({ randomBytes: seededBytes('robust'), palette: 'vivid', slots: 10 });
const display = displayAsIssued(challenge);
const head = renderShadedFace({ challenge, seed: 1, carrier: 'head' });

function measure(frames: readonly LightFrame[], log: DisplayLog = display, faceless = 0): LightEvidence {
  const recording = createLightRecording();
  for (const frame of frames) recording.add(frame);
  for (let i = 0; i < faceless; i++) recording.noteFaceless();
  return recording.judge(challenge, log);
}

function judge(light: LightEvidence): Pick<LivenessJudgement, 'verdict' | 'reasons'> {
  const { verdict, reasons } = judgeLiveness({
    light,
    spoofMedian: 0.9,
    spoofFrames: 12,
    continuityMin: 0.9,
    faceLost: false,
    severalFaces: false,
  });
  return { verdict, reasons };
}

function judgeFrames(frames: readonly LightFrame[], log?: DisplayLog) {
  return judge(measure(frames, log));
}

function rendered(more: Partial<ShadedScene>): LightFrame[] {
  return renderShadedFace({ challenge, seed: 1, carrier: 'head', ...more });
}

describe('the relief', () => {
  it('is a head’s and no sheet’s', () => {
    expect(judgeFrames(head)).toEqual({ verdict: 'live', reasons: [] });
    for (const carrier of ['flat', 'bent'] as const) {
      expect(judgeFrames(rendered({ carrier }))).toEqual({ verdict: 'spoof', reasons: ['liveness.flat-response'] });
    }
  });

  it('does not change with the exposure, but for rounding', () => {
    const reliefOf = (frames: readonly LightFrame[]) => {
      const light = measure(frames);
      if (light.state === 'unmeasured' || !light.relief) throw new Error('not measured');
      return light.relief;
    };
    const plain = reliefOf(head);
    const dark = reliefOf(rendered({ exposure: 0.6 }));
    expect(dark.normalsShare).toBeCloseTo(plain.normalsShare, 1);
    expect(dark.normalCorrelation).toBeCloseTo(plain.normalCorrelation, 1);
    expect(dark.score).toBeCloseTo(plain.score, 1);
  });

  it('may be seen in weak light, and then is left open rather than refuted', () => {
    const weak = { screen: 0.04, noise: 0.6 };
    expect(judgeFrames(rendered({ carrier: 'flat', ...weak }))).toEqual({
      verdict: 'undecided',
      reasons: ['capture.too-bright'],
    });
    expect(judgeFrames(rendered({ carrier: 'head', ...weak })).verdict).not.toBe('spoof');
  });

  it('is left open without meshes', () => {
    const bare = head.map(({ mesh: _, ...frame }) => frame);
    expect(judgeFrames(bare)).toEqual({ verdict: 'undecided', reasons: ['capture.too-few-frames'] });
    expect(measure(bare)).toMatchObject({ relief: null, motion: null, faceless: null });
  });
});

describe('a face that moves', () => {
  it('is followed by its mesh', () => {
    const swaying = rendered({ moved: (timeMs) => 6 * Math.sin(timeMs / 400) });
    expect(judgeFrames(swaying)).toEqual({ verdict: 'live', reasons: [] });
    const light = measure(swaying);
    expect(light.state === 'measured' ? light.motion : 0).toBeGreaterThan(0.05);
  });

  it('has left when it moves far, even out of the picture', () => {
    for (const speed of [0.02, 0.06]) {
      const leaving = rendered({ moved: (timeMs) => speed * timeMs });
      expect(judgeFrames(leaving)).toEqual({ verdict: 'undecided', reasons: ['capture.face-left'] });
    }
  });

  it('has left when the mesh finds no face for long', () => {
    expect(judge(measure(head, display, 20))).toEqual({ verdict: 'undecided', reasons: ['capture.face-left'] });
  });
});

describe('bad input', () => {
  it('is refused when frames are out of order, change their size or have broken meshes', () => {
    const swapped = head.toSpliced(30, 2, head[31]!, head[30]!);
    const resized = head.map((frame, i) =>
      i < 40 ? frame : { ...frame, rgb: frame.rgb.slice(0, 160 * 100 * 3), height: 100 },
    );
    const short = head.map((frame) => (frame.mesh ? { ...frame, mesh: frame.mesh.slice(3) } : frame));
    const unreal = head.map((frame) => (frame.mesh ? { ...frame, mesh: frame.mesh.map(() => Number.NaN) } : frame));
    const timeless = head.toSpliced(3, 1, { ...head[3]!, capturedAtMs: Number.NaN });
    for (const frames of [swapped, resized, short, unreal, timeless]) {
      expect(judgeFrames(frames)).toEqual({ verdict: 'undecided', reasons: ['request.invalid'] });
    }
  });

  it('counts a frame that comes twice once', () => {
    const light = measure(head.flatMap((frame) => [frame, frame]));
    expect(light).toEqual(measure(head));
  });

  it('is live or undecided, for a named reason, when a tenth to a half of the frames are lost', () => {
    for (const share of [0.1, 0.2, 0.3, 0.4, 0.5]) {
      const uniform = seededUniform(Math.round(100 * share));
      const { verdict, reasons } = judgeFrames(head.filter(() => uniform() >= share));
      expect(verdict).not.toBe('spoof');
      if (verdict === 'undecided') expect(reasons.length).toBeGreaterThan(0);
      if (share === 0.5) expect(verdict).toBe('undecided');
    }
  });

  it('is undecided at five frames a second', () => {
    const light = measure(head.filter((_, i) => i % 6 === 0));
    expect(light).toMatchObject({ state: 'unmeasured', reason: 'capture.too-few-frames' });
  });

  it('is never live when a clock jumps', () => {
    const jumpOf = (byMs: number) => head.map((f, i) => (i < 40 ? f : { ...f, capturedAtMs: f.capturedAtMs + byMs }));
    const late = display.map((shown, i) => (i < 5 ? shown : { ...shown, shownAtMs: shown.shownAtMs + 700 }));
    const elsewhere = display.map((shown) => ({ ...shown, shownAtMs: shown.shownAtMs + 90_000 }));
    const slow = display.map((shown) => ({ ...shown, shownAtMs: 1_000 + 2.2 * (shown.shownAtMs - 1_000) }));
    expect(judgeFrames(head, elsewhere)).toEqual({ verdict: 'undecided', reasons: ['capture.too-few-frames'] });
    for (const log of [late, slow]) {
      expect(judgeFrames(head, log)).toEqual({ verdict: 'undecided', reasons: ['challenge.incomplete'] });
    }
    for (const byMs of [120, 500, 5_000]) {
      const { verdict, reasons } = judgeFrames(jumpOf(byMs));
      expect(verdict).not.toBe('live');
      expect(reasons.length).toBeGreaterThan(0);
    }
  });

  it('survives the room’s light being switched, or says why not', () => {
    const switched = judgeFrames(rendered({ room: (timeMs) => (timeMs > 1_300 ? 0.6 : 1) }));
    if (switched.verdict !== 'live') expect(switched.reasons.length).toBeGreaterThan(0);
    const dark = judgeFrames(rendered({ room: (timeMs) => (timeMs > 1_300 ? 0 : 1), screen: 0.02 }));
    expect(dark.verdict).not.toBe('live');
    expect(dark.reasons.length).toBeGreaterThan(0);
  });

  it('keeps no pixels after its verdict', () => {
    const recording = createLightRecording();
    const frames = head.map((frame) => ({ ...frame, rgb: frame.rgb.slice() }));
    for (const frame of frames) recording.add(frame);
    const first = recording.judge(challenge, display);
    // The owner zeroes what it gave; the recording has its own and needs no pixels for a second verdict.
    for (const { rgb } of frames) rgb.fill(0);
    expect(recording.judge(challenge, display)).toEqual(first);
    recording.wipe();
    expect(recording.judge(challenge, display)).toMatchObject({ state: 'unmeasured' });
  });
});
