import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishClip } from '../../src/main/clip/clip-intake.ts';
import { findFfmpeg } from '../../src/main/clip/ffmpeg.ts';
import { readMp4 } from '../../src/main/clip/mp4-file.ts';
import { CLIP_LIMITS, fitClip, type Clip, type ClipTarget, type RecordedClip } from '../../src/shared/domain/clip.ts';
import { canRun, probe } from '../support/clip-probe.ts';
import type { PageClip } from '../support/clip-shapes.ts';
import { BROWSER_FLAGS, bundlePage, findBrowser, servePage } from '../support/liveness-loop.ts';
import { expectOk } from '../support/sample-store.ts';

const browserFile = findBrowser();
const ffmpeg = await findFfmpeg();
const hasProbe = canRun('ffprobe');
if (!browserFile) console.warn('clips not recorded: no installed Chromium');
if (!ffmpeg) console.warn('clips not encoded by the system: no ffmpeg with H.264 and AAC, or no /dev/shm');
if (!hasProbe) console.warn('clips not checked by ffprobe: it is missing; the boxes of the files are read instead');

function expectPlayable(clip: Clip, codecs: readonly string[]): void {
  if (!hasProbe) return;
  const { format, streams } = probe(clip.bytes);
  expect(format.format_name).toContain('mp4');
  expect(streams.map(({ codec_name: name }) => name)).toEqual(codecs);
  expect(streams[0]).toMatchObject({ width: 480, height: 640 });
  expect(Number(format.duration)).toBeCloseTo(clip.durationMs / 1_000, 1);
  const framesPerSecond = Number(streams[0]!.nb_read_frames) / Number(format.duration);
  expect(framesPerSecond).toBeGreaterThan(10);
  expect(framesPerSecond).toBeLessThan(32);
}

function recordedOf(page: PageClip): RecordedClip {
  if (page.kind === 'failed') throw new Error(`${page.code} ${page.detail ?? ''}`);
  if (page.kind === 'mp4') return { kind: 'mp4', bytes: Buffer.from(page.base64, 'base64') };
  const frames = page.frames.map(({ base64, capturedAtMs }) => ({ jpeg: Buffer.from(base64, 'base64'), capturedAtMs }));
  return { kind: 'parts', frames, pcm: page.pcmBase64 === null ? null : Buffer.from(page.pcmBase64, 'base64') };
}

describe.skipIf(!browserFile)('a clip of a camera', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await servePage(await bundlePage('clip-page.ts'));
    const flags = ['--use-fake-device-for-media-stream=fps=30', '--use-fake-ui-for-media-stream'];
    browser = await chromium.launch({ executablePath: browserFile!, args: [...BROWSER_FLAGS, ...flags] });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await page.waitForFunction(`'clipPage' in window`);
    expect(await page.evaluate<string>('window.clipPage.open()')).toBe('1280 × 720');
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  const record = (target: ClipTarget, forMs: number, withSound: boolean, mainEncodes: boolean): Promise<PageClip> =>
    page.evaluate<PageClip>(`window.clipPage.record('${target}', ${forMs}, ${withSound}, ${mainEncodes})`);
  const finished = (recorded: PageClip, target: ClipTarget, sound: boolean) =>
    finishClip(recordedOf(recorded), expectOk(fitClip(CLIP_LIMITS[target], 6, sound)), CLIP_LIMITS[target], ffmpeg);

  it('without sound is upright H.264 in MP4, or there is none', async () => {
    const recorded = await record('aliyun-id-min-video', 2_600, false, false);
    if (recorded.kind === 'failed') {
      console.warn(`this Chromium encodes no H.264: ${recorded.detail ?? ''}`);
      return expect(recorded).toMatchObject({ code: 'capture.clip-unavailable', detail: 'no H.264 encoder' });
    }
    expect(recorded).toMatchObject({ kind: 'mp4', startedAtMs: expect.any(Number) as number });
    const clip = expectOk(await finished(recorded, 'aliyun-id-min-video', false));
    expect(clip).toMatchObject({ container: 'mp4', videoCodec: 'h264', audioCodec: null, width: 480, height: 640 });
    expect(clip.durationMs).toBeGreaterThan(2_000);
    expectPlayable(clip, ['h264']);
    console.info(`made in the page: ${clip.bytes.length} bytes for ${Math.round(clip.durationMs)} ms`);
  });

  it('that nobody can put sound to is refused, not given another name', async () => {
    const recorded = await record('tencent-digits', 2_300, true, false);
    if (recorded.kind === 'mp4') {
      return expectPlayable(expectOk(await finished(recorded, 'tencent-digits', true)), ['h264', 'aac']);
    }
    expect(recorded).toMatchObject({ kind: 'failed', code: 'capture.clip-unavailable' });
  });

  it.skipIf(!ffmpeg)('with sound is encoded by the system where the page has no AAC', async () => {
    const recorded = await record('tencent-digits', 3_000, true, true);
    expect(recorded).toMatchObject({ startedAtMs: expect.any(Number) as number });
    const clip = expectOk(await finished(recorded, 'tencent-digits', true));
    expect(clip).toMatchObject({ videoCodec: 'h264', audioCodec: 'aac', width: 480, height: 640 });
    expectPlayable(clip, ['h264', 'aac']);
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith('countersign-clip-'))).toEqual([]);
    console.info(`${recorded.kind} with sound: ${clip.bytes.length} bytes for ${Math.round(clip.durationMs)} ms`);
  });

  it('leaves the page its frames', async () => {
    const alone = await page.evaluate<number>('window.clipPage.watch(2000)');
    const [beside, recorded] = await page.evaluate<[number, PageClip]>(
      `Promise.all([window.clipPage.watch(2000), window.clipPage.record('evidence', 2300, false, true)])`,
    );
    console.info(`${alone.toFixed(1)} frames a second without a clip, ${beside.toFixed(1)} with (${recorded.kind})`);
    expect(recorded.kind).not.toBe('failed');
    expect(beside).toBeGreaterThan(alone / 2);
  });

  it('that is too short for its receiver is refused by its length', async () => {
    const recorded = await record('tencent-silent', 700, false, true);
    const refused = await finished(recorded, 'tencent-silent', false);
    expect(refused).toMatchObject({
      error: { code: 'capture.clip-unavailable', detail: expect.stringMatching(/s, 2 s are needed$/) as string },
    });
  });
});

describe('a machine without the program', () => {
  it('has no clip program', async () => {
    expect(await findFfmpeg({ program: '/nowhere/ffmpeg' })).toBeNull();
    expect(await findFfmpeg({ memoryFolder: '/nowhere' })).toBeNull();
  });

  it('refuses parts by name', async () => {
    const jpeg = (): Uint8Array => Uint8Array.of(0xff, 0xd8, 0xff);
    const frames = [0, 40].map((capturedAtMs) => ({ jpeg: jpeg(), capturedAtMs }));
    const limits = CLIP_LIMITS['tencent-silent'];
    const format = expectOk(fitClip(limits, 3, false));
    const refused = { ok: false, error: { code: 'capture.clip-unavailable' } };
    expect(await finishClip({ kind: 'parts', frames, pcm: null }, format, limits, null)).toMatchObject(refused);
    if (ffmpeg) {
      expect(await finishClip({ kind: 'parts', frames, pcm: null }, format, limits, ffmpeg)).toMatchObject(refused);
      expect(frames.every((frame) => frame.jpeg.every((byte) => byte === 0))).toBe(true);
    }
  });

  it('takes nothing for an MP4 that is none', () => {
    const webm = Buffer.from('1a45dfa3', 'hex');
    expect(readMp4(Buffer.concat([webm, Buffer.alloc(100)]))).toMatchObject({
      error: { code: 'capture.clip-unavailable', detail: 'not an MP4 file' },
    });
  });
});
