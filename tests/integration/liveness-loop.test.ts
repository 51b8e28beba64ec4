import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LightChallenge } from '../../src/shared/domain/challenge.ts';
import type { LightMeasurement, PixelBox } from '../../src/shared/domain/liveness.ts';
import { CODE_RHO_LIMIT } from '../../src/main/liveness/false-accept.ts';
import { DEFAULT_LIMITS, judgeLiveness } from '../../src/main/liveness/judge.ts';
import { issueLightChallenge } from '../../src/main/liveness/light-challenge.ts';
import { createLightRecording } from '../../src/main/liveness/light-recording.ts';
import { findBrowser, findMedia, openLoopPage, type LoopPage, type LoopRecording } from '../support/liveness-loop.ts';
import { displayAsIssued, seededBytes } from '../unit/liveness/synthetic-light.ts';

const PEOPLE: readonly { readonly file: string; readonly face: PixelBox }[] = [
  { file: 'franck.webm', face: { x: 0.38, y: 0.3, width: 0.36, height: 0.52 } },
  { file: 'cap13_edit2.webm', face: { x: 0.39, y: 0.38, width: 0.24, height: 0.36 } },
];

const browser = findBrowser();
const missing = browser ? PEOPLE.map(({ file }) => file).filter((file) => !findMedia(file)) : ['an installed Chromium'];
if (missing.length > 0) console.warn(`liveness loop not run: ${missing.join(', ')} missing`);

function challengeOf(seed: string): LightChallenge {
  return issueLightChallenge({ randomBytes: seededBytes(seed), palette: 'vivid', slots: 10 });
}

function measure(recorded: LoopRecording, challenge: LightChallenge, display = recorded.display): LightMeasurement {
  const recording = createLightRecording();
  for (const frame of recorded.frames) recording.add(frame);
  const light = recording.judge(challenge, display);
  if (light.state !== 'measured') throw new Error(`${light.reason}: ${light.detail}`);
  return light;
}

describe.skipIf(missing.length > 0)('the simulated person in front of the flashing page', () => {
  let loop: LoopPage;

  beforeAll(async () => {
    loop = await openLoopPage(browser!);
  }, 60_000);
  afterAll(() => loop.close());

  it.each(PEOPLE)('answers the challenge when $file is lit by the screen', async ({ file, face }) => {
    const challenge = challengeOf(file);
    expect(await loop.open(file, 'live', 5)).toBe('simulated person');
    const recorded = await loop.run(challenge, face);
    await loop.shut();
    expect(recorded.failed).toBeNull();
    expect(recorded.display.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const light = measure(recorded, challenge);
    expect(light.rho).toBeGreaterThan(CODE_RHO_LIMIT);
    expect(Math.abs(light.lagMs - DEFAULT_LIMITS.lagCentreMs)).toBeLessThan(DEFAULT_LIMITS.lagWindowMs);
    expect(light.regionResponse.nose).toBeGreaterThan(light.regionResponse.chin!);

    const others = Array.from({ length: 20 }, (_, i) => challengeOf(`${file} ${i}`));
    const startMs = recorded.display[0]!.shownAtMs - challenge.leadInMs;
    const scores = others.map((other) => measure(recorded, other, displayAsIssued(other, startMs)).rho);
    expect(Math.max(...scores)).toBeLessThan(CODE_RHO_LIMIT);
  });

  it.each(PEOPLE)('is refuted when $file is replayed without the light', async ({ file, face }) => {
    const challenge = challengeOf(file);
    await loop.open(file, 'replay', 5);
    const light = measure(await loop.run(challenge, face), challenge);
    await loop.shut();
    expect(light.rho).toBeLessThan(0.8);
    const { verdict, reasons } = judgeLiveness({
      light: { state: 'measured', ...light },
      spoofMedian: 1,
      spoofFrames: 8,
      continuityMin: 1,
      faceLost: false,
      severalFaces: false,
    });
    // A busy machine may drop so many frames that nothing is decided; it never passes.
    expect(verdict).not.toBe('live');
    if (verdict === 'spoof') expect(reasons).toEqual(['liveness.code-mismatch']);
  });

  it('sends pictures within their bounds and at least four neutral or lit ones a challenge', async () => {
    await loop.open('franck.webm', 'live', 5);
    const { frames, evidence } = await loop.run(challengeOf('bounds'), PEOPLE[0]!.face);
    await loop.shut();
    expect(frames.length).toBeGreaterThan(40);
    for (const { rgb, width, height, face } of frames) {
      expect(Math.max(width, height)).toBeLessThanOrEqual(160);
      expect(rgb).toHaveLength(width * height * 3);
      expect(face.x).toBeGreaterThan(0.2 * face.width);
      expect(width - face.x - face.width).toBeGreaterThan(0.2 * face.width);
    }
    const phases = evidence.map(({ phase }) => phase);
    expect(phases[0]).toBe('neutral');
    expect(phases.filter((phase) => phase === 'light').length).toBeGreaterThanOrEqual(4);
    for (const { jpeg } of evidence) {
      expect(jpeg.length).toBeLessThanOrEqual(100_000);
      expect([...jpeg.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    }
  });

  it('stops at once when the camera is lost', async () => {
    await loop.open('franck.webm', 'live', 5);
    const { failed, frames } = await loop.runAndLose(challengeOf('lost'), PEOPLE[0]!.face, 800);
    await loop.shut();
    expect(failed).toBe('camera.lost');
    expect(frames.length).toBeLessThan(45);
  });

  it('reports a missing camera', async () => {
    expect(await loop.open('nobody.webm', 'live', 0)).toBe('camera.missing');
  });
});
