import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../../support/liveness-loop.ts';
import { openMicrophonePage, type Listened, type MicrophonePage } from '../../support/speech/microphone-page.ts';
import { waveOf } from '../../support/speech/speech-folder.ts';
import { put, roomOf, seededRandom, voicedSyllable } from '../../support/speech/synthetic-voice.ts';

const browser = findBrowser();
if (!browser) console.warn('the microphone not tried: an installed Chromium missing');

const FAKE_DEVICE = '--use-fake-device-for-media-stream';
const MAY_USE_IT = '--use-fake-ui-for-media-stream';
const CYCLE_MS = 1_000;
const SYLLABLE_MS = 300;

describe.skipIf(!browser)('the microphone', () => {
  let folder: string;
  let page: MicrophonePage | null = null;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-microphone-'));
  });
  afterEach(async () => {
    await page?.close();
    page = null;
    await rm(folder, { recursive: true });
  });

  async function listenTo(flags: readonly string[], forMs: number): Promise<string | Listened> {
    page = await openMicrophonePage(browser!, flags);
    return page.listen(forMs);
  }

  it('gives 16 kHz sound without gaps, with its time, under the policy of the application', async () => {
    const room = roomOf(10 * CYCLE_MS, seededRandom(4), 0.0005);
    for (let cycle = 0; cycle < 10; cycle++) put(room, voicedSyllable(SYLLABLE_MS), cycle * CYCLE_MS + 350);
    const file = join(folder, 'voice.wav');
    await writeFile(file, waveOf(room));
    const heard = await listenTo([FAKE_DEVICE, MAY_USE_IT, `--use-file-for-fake-audio-capture=${file}`], 3_500);
    if (typeof heard === 'string') throw new Error(heard);
    const { chunks, levels, openedAtMs, endedAtMs } = heard;
    expect(chunks.length).toBeGreaterThan(15);
    expect(chunks.every(({ pcm }) => pcm.length === 5_120)).toBe(true);
    for (let i = 1; i < chunks.length; i++) {
      expect(Math.abs(chunks[i]!.startedAtMs - chunks[i - 1]!.startedAtMs - 160)).toBeLessThan(40);
    }
    expect(chunks[0]!.startedAtMs).toBeGreaterThan(openedAtMs - 700);
    expect(chunks.at(-1)!.startedAtMs + 160).toBeLessThanOrEqual(endedAtMs + 1);
    expect(levels.length).toBe(chunks.length);
    expect(Math.min(...levels)).toBeLessThan(0.2);
    expect(Math.max(...levels)).toBeGreaterThan(0.6);
    expect(onsetsOf(chunks).length).toBeGreaterThanOrEqual(3);
    for (const gap of gapsOf(onsetsOf(chunks))) expect(Math.abs(gap - CYCLE_MS)).toBeLessThan(60);
  });

  it('is denied where it may not be used, and missing where there is none', async () => {
    expect(await listenTo([FAKE_DEVICE, '--deny-permission-prompts'], 100)).toBe('microphone.denied');
    await page!.close();
    expect(await listenTo([MAY_USE_IT], 100)).toBe('microphone.missing');
  });
});

/** When it becomes loud after it was quiet. */
function onsetsOf(chunks: Listened['chunks']): readonly number[] {
  const steps = chunks.flatMap(({ pcm, startedAtMs }) => {
    const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    return Array.from({ length: 16 }, (_, step) => {
      let power = 0;
      for (let i = 160 * step; i < 160 * (step + 1); i++) power += (view.getInt16(2 * i, true) / 32_768) ** 2;
      return { atMs: startedAtMs + 10 * step, level: Math.sqrt(power / 160) };
    });
  });
  let quietSinceMs = steps[0]!.atMs;
  return steps.flatMap(({ atMs, level }) => {
    if (level < 0.02) return [];
    const wasQuietMs = atMs - quietSinceMs;
    quietSinceMs = atMs;
    return wasQuietMs > 300 ? [atMs] : [];
  });
}

function gapsOf(onsets: readonly number[]): readonly number[] {
  return onsets.slice(1).map((atMs, i) => atMs - onsets[i]!);
}
