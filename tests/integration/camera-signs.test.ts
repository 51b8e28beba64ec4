import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { examineCamera } from '../../src/main/camera/camera-check.ts';
import { createCameraChallengeRun, drawCameraChallenge } from '../../src/main/camera/camera-challenge.ts';
import { createFrameWatch, type FrameEvidence, type WatchedFrame } from '../../src/main/camera/frame-watch.ts';
import { ok } from '../../src/shared/result.ts';
import { openCameraSigns, type CameraSignsPage } from '../support/camera-signs.ts';
import { findBrowser, findMedia } from '../support/liveness-loop.ts';

const browser = findBrowser();
const clip = findMedia('franck.webm');
const still = findMedia('franck_01829.jpg');
const hasFfmpeg = ((): boolean => {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!browser) console.warn('fake cameras not tried: an installed Chromium missing');
if (!hasFfmpeg || !clip || !still) console.warn('cameras that play a file not tried: ffmpeg or the test media missing');

const FRAMES = 90;

function evidenceOf(frames: readonly WatchedFrame[]): FrameEvidence {
  const watch = createFrameWatch();
  for (const frame of frames) watch.see(frame);
  return watch.evidence();
}

function report(name: string, { timing, longestRun, returned, signs }: FrameEvidence): void {
  const times = timing
    ? `interval ${timing.medianMs.toFixed(1)} ms, jitter ${timing.jitterMs.toFixed(2)} ms`
    : 'no times';
  console.log(
    `${name}: ${times}, longest run ${longestRun}, returned ${returned} of ${FRAMES}, signs [${signs.join()}]`,
  );
}

describe.skipIf(!browser)('the fake cameras of Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-cameras-'));
  let page: CameraSignsPage | null = null;
  afterEach(async () => {
    await page?.close();
    page = null;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function opened(flags: readonly string[]): Promise<CameraSignsPage> {
    page = await openCameraSigns(browser!, flags);
    return page;
  }
  function render(name: string, input: readonly string[], seconds: number): string {
    const file = join(folder, name);
    const shape = ['-t', String(seconds), '-r', '30', '-s', '640x480', '-pix_fmt', 'yuv420p'];
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...input, ...shape, file]);
    return file;
  }
  const playing = (file: string): readonly string[] => [
    '--use-fake-device-for-media-stream=fps=30',
    `--use-file-for-fake-video-capture=${file}`,
  ];

  it('have no hardware behind them, and their names say so too', async () => {
    const fake = await opened(['--use-fake-device-for-media-stream=fps=30']);
    const camera = await fake.open('device');
    const { refusal, signs } = examineCamera({
      opened: camera,
      listing: ok([]),
      trust: { policy: 'require-pinned', pin: null },
    });
    expect(refusal?.code).toBe('camera.virtual');
    expect(signs).toEqual(['no-hardware', 'virtual-name']);
    const watched = evidenceOf(await fake.frames(FRAMES));
    report('moving pattern', watched);
    expect(watched).toMatchObject({ longestRun: 0, returned: 0 });
  }, 60_000);

  it('take an exposure and do not follow it, which the pictures show', async () => {
    const fake = await opened(['--use-fake-device-for-media-stream=fps=30']);
    await fake.open('device');
    const run = createCameraChallengeRun(drawCameraChallenge((size) => new Uint8Array(size).fill(8)));
    const { report: said, frames } = await fake.challenge(run.plan);
    expect(said).toMatchObject({ outcome: 'stepped' });
    for (const frame of frames) run.see(frame);
    const judged = run.judge(said);
    console.log(`moving pattern: exposure challenge ${judged.outcome}, ${judged.detail}`);
    expect(judged).toMatchObject({ outcome: 'not-followed', refusal: { code: 'camera.not-following' } });
  }, 60_000);

  it('offer no exposure when they are a canvas', async () => {
    const canvas = await opened([]);
    await canvas.open('canvas');
    const run = createCameraChallengeRun(drawCameraChallenge((size) => new Uint8Array(size).fill(8)));
    const { report: said, frames } = await canvas.challenge(run.plan);
    expect(run.judge(said)).toMatchObject({ outcome: 'not-offered', refusal: null });
    expect(frames).toEqual([]);
  }, 60_000);

  it.skipIf(!hasFfmpeg || !clip || !still)(
    'give themselves away by pictures that come back',
    async () => {
      const looped = await opened(playing(render('loop.y4m', ['-ss', '2', '-i', clip!], 1)));
      await looped.open('device');
      const loop = evidenceOf(await looped.frames(FRAMES));
      report('looped file', loop);
      expect(loop.returned).toBeGreaterThan(10);
      expect(loop.signs).toContain('repeated-frames');
      await looped.close();
      const stood = await opened(playing(render('still.y4m', ['-loop', '1', '-i', still!], 0.5)));
      await stood.open('device');
      const picture = evidenceOf(await stood.frames(FRAMES));
      report('still picture', picture);
      expect(picture.longestRun).toBeGreaterThan(60);
      expect(picture.signs).toContain('repeated-frames');
    },
    120_000,
  );
});
