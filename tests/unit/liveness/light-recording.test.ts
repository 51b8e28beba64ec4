import { describe, expect, it } from 'vitest';
import type { DisplayLog, LightChallenge } from '../../../src/shared/domain/challenge.ts';
import type { LightEvidence, LightFrame, LightMeasurement } from '../../../src/shared/domain/liveness.ts';
import { CODE_RHO_LIMIT } from '../../../src/main/liveness/false-accept.ts';
import { issueLightChallenge } from '../../../src/main/liveness/light-challenge.ts';
import { createLightRecording } from '../../../src/main/liveness/light-recording.ts';
import { displayAsIssued, renderFrames, seededBytes, type SyntheticScene } from './synthetic-light.ts';

function challengeOf(seed: number | string, palette: 'vivid' | 'gentle' = 'vivid'): LightChallenge {
  return issueLightChallenge({ randomBytes: seededBytes(seed), palette, slots: 10 });
}

function judgeFrames(frames: readonly LightFrame[], challenge: LightChallenge, display: DisplayLog): LightEvidence {
  const recording = createLightRecording();
  for (const frame of frames) recording.add(frame);
  return recording.judge(challenge, display);
}

function measured(evidence: LightEvidence): LightMeasurement {
  if (evidence.state !== 'measured') throw new Error(`${evidence.reason}: ${evidence.detail}`);
  return evidence;
}

function genuine(seed: number, more: Partial<SyntheticScene> = {}): LightMeasurement {
  const challenge = more.challenge ?? challengeOf(seed);
  return measured(judgeFrames(renderFrames({ challenge, seed, ...more }), challenge, displayAsIssued(challenge)));
}

describe('light recording', () => {
  it.each(['vivid', 'gentle'] as const)('recognises 20 genuine %s answers and their lag', (palette) => {
    for (let seed = 0; seed < 20; seed++) {
      const found = genuine(seed, { challenge: challengeOf(seed, palette) });
      expect(found.rho).toBeGreaterThan(0.95);
      expect(Math.abs(found.lagMs - 130)).toBeLessThanOrEqual(24);
      expect(Math.min(...found.gain)).toBeGreaterThan(0.1);
    }
  });

  it('finds no answer in 20 recordings that the screen does not light', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(genuine(seed, { faceGain: 0, backgroundGain: 0 }).rho).toBeLessThan(0.6);
    }
  });

  it('refuses 400 pairs of an answer and another challenge', { timeout: 180_000 }, () => {
    const recordings = Array.from({ length: 20 }, (_, seed) => renderFrames({ challenge: challengeOf(seed), seed }));
    const scores: number[] = [];
    recordings.forEach((frames) => {
      for (let other = 100; other < 120; other++) {
        scores.push(measured(judgeFrames(frames, challengeOf(other), displayAsIssued(challengeOf(other)))).rho);
      }
    });
    expect(scores).toHaveLength(400);
    expect(Math.max(...scores)).toBeLessThan(CODE_RHO_LIMIT);
  });

  it('refuses an answer whose challenge has its colours in another order', () => {
    for (let seed = 0; seed < 20; seed++) {
      const challenge = challengeOf(seed);
      const rotated = challenge.colours.map((c, i, all) => ({ ...c, rgb: all[(i + 3) % all.length]!.rgb }));
      const frames = renderFrames({ challenge, seed });
      const found = measured(judgeFrames(frames, { ...challenge, colours: rotated }, displayAsIssued(challenge)));
      expect(found.rho).toBeLessThan(CODE_RHO_LIMIT);
    }
  });

  it('shows a late answer as its lag', () => {
    for (let seed = 0; seed < 10; seed++) {
      const found = genuine(seed, { lagMs: 330 });
      expect(found.rho).toBeGreaterThan(CODE_RHO_LIMIT);
      expect(Math.abs(found.lagMs - 330)).toBeLessThanOrEqual(24);
    }
  });

  it('keeps its score when the camera changes gain and white balance during the challenge', () => {
    const plain = genuine(3);
    const drifting = genuine(3, { cameraGain: (share) => [1 - 0.3 * share, 1 - 0.2 * share, 1 - 0.35 * share ** 2] });
    expect(drifting.ratioRho).toBeGreaterThan(plain.ratioRho! - 0.01);
    expect(drifting.rho).toBeGreaterThan(CODE_RHO_LIMIT);
    const jumping = genuine(3, { cameraGain: (share) => (share > 0.5 ? [0.7, 0.7, 0.7] : [1, 1, 1]) });
    expect(jumping.rho).toBeGreaterThan(CODE_RHO_LIMIT);
  });

  it('survives the loss of a tenth of the frames', () => {
    for (let seed = 0; seed < 20; seed++) {
      const found = genuine(seed, { dropShare: 0.1 });
      expect(found.frames).toBeLessThan(97);
      expect(found.rho).toBeGreaterThan(CODE_RHO_LIMIT);
    }
  });

  it('takes lost frames of a slow camera for no other sequence', () => {
    let measuredOnes = 0;
    for (let seed = 0; seed < 40; seed++) {
      const challenge = challengeOf(seed, 'gentle');
      const frames = renderFrames({ challenge, seed, framesPerSecond: 16, dropShare: 0.15 });
      const found = judgeFrames(frames, challenge, displayAsIssued(challenge));
      if (found.state === 'unmeasured') expect(found.reason).toBe('capture.too-few-frames');
      else {
        measuredOnes++;
        expect(found.rho).toBeGreaterThan(CODE_RHO_LIMIT);
      }
    }
    expect(measuredOnes).toBeGreaterThan(0);
    expect(measuredOnes).toBeLessThan(40);
  });

  it('uses the colour of the face alone when nothing is beside it', () => {
    const found = genuine(5, { tight: true });
    expect(found.ratioRho).toBeNull();
    expect(found.rho).toBe(found.chromaRho);
    expect(found.rho).toBeGreaterThan(CODE_RHO_LIMIT);
  });
});

describe('light recordings from elsewhere', () => {
  it('need no known lead-in, tail or frames around the colours', () => {
    for (let seed = 0; seed < 10; seed++) {
      const challenge = issueLightChallenge({ randomBytes: seededBytes(seed), palette: 'vivid', slots: 12 });
      const display = displayAsIssued(challenge);
      const endMs = display.at(-1)!.shownAtMs + challenge.colours.at(-1)!.durationMs;
      const frames = renderFrames({ challenge, seed, lagMs: 90 }).filter(
        ({ capturedAtMs }) => capturedAtMs >= display[0]!.shownAtMs && capturedAtMs <= endMs,
      );
      const found = measured(judgeFrames(frames, { ...challenge, leadInMs: 0, tailMs: 0 }, display));
      expect(found.rho).toBeGreaterThan(CODE_RHO_LIMIT);
      expect(Math.abs(found.lagMs - 90)).toBeLessThanOrEqual(24);
    }
  });
});

describe('light recording without enough to go by', () => {
  const challenge = challengeOf(1);
  const frames = renderFrames({ challenge, seed: 1 });
  const display = displayAsIssued(challenge);

  it('is not measured for an incomplete, disordered or stretched display', () => {
    const reversed = display.map((shown, i) => ({ ...shown, index: display.length - 1 - i }));
    const stretched = display.map((shown) => ({ ...shown, shownAtMs: shown.shownAtMs * 3 }));
    for (const log of [[], display.slice(1), display.slice(0, -1), reversed, stretched]) {
      expect(judgeFrames(frames, challenge, log)).toMatchObject({
        state: 'unmeasured',
        reason: 'challenge.incomplete',
      });
    }
  });

  it('is not measured without frames, or with a colour that nobody saw', () => {
    const gap = frames.filter(({ capturedAtMs }) => capturedAtMs < 2_000 || capturedAtMs > 2_600);
    for (const few of [[], frames.slice(0, 20), gap]) {
      expect(judgeFrames(few, challenge, display)).toMatchObject({
        state: 'unmeasured',
        reason: 'capture.too-few-frames',
      });
    }
  });

  it('is not measured when a frame contradicts itself, comes too early or the recording never ends', () => {
    const broken = { ...frames[9]!, rgb: new Uint8Array(7) };
    const nowhere = { ...frames[9]!, face: { x: 400, y: 400, width: 10, height: 10 } };
    const endless = Array.from({ length: 601 }, (_, i) => ({ ...frames[0]!, capturedAtMs: i }));
    for (const bad of [[...frames, broken], [...frames, nowhere], [...frames, frames[3]!], endless]) {
      expect(judgeFrames(bad, challenge, display)).toMatchObject({ state: 'unmeasured', reason: 'request.invalid' });
    }
  });
});
