import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelManifestSchema, type VoiceEntry } from '../../../src/main/inference/model-manifest.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { loadRuntime } from '../../../src/main/inference/runtime.ts';
import { loadVoiceModel, type VoiceModel } from '../../../src/main/inference/voice-activity.ts';
import { createVoiceTrack } from '../../../src/main/liveness/voice-track.ts';
import { voicedBursts } from '../../../src/main/liveness/speech-timing.ts';
import { SPEECH_SAMPLE_RATE } from '../../../src/shared/domain/voice-detector.ts';
import { MODELS_FOLDER } from '../../support/inference/media.ts';
import { pcmOf, put, roomOf, seededRandom, voicedSyllable } from '../../support/speech/synthetic-voice.ts';

const readOrNull = (path: string): Promise<Uint8Array | null> => readFile(path).catch(() => null);

let entry: VoiceEntry;
let model: VoiceModel;

async function load(folder: string, change: Partial<VoiceEntry> = {}) {
  return loadVoiceModel({ ...entry, ...change }, folder, { readFile: readOrNull, runtime: await loadRuntime() });
}

beforeAll(async () => {
  const manifest = modelManifestSchema.parse(JSON.parse(await readFile(join(MODELS_FOLDER, 'manifest.json'), 'utf8')));
  entry = manifest.voice!;
  const loaded = await load(MODELS_FOLDER);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  model = loaded.value;
});
afterAll(() => model.release());

async function burstsIn(samples: Float32Array) {
  const track = createVoiceTrack(model.createDetector());
  const pcm = pcmOf(samples);
  const chunkBytes = 2 * 0.16 * SPEECH_SAMPLE_RATE;
  for (let at = 0; at < pcm.length; at += chunkBytes) {
    await track.hear(pcm.slice(at, at + chunkBytes), (1_000 * at) / 2 / SPEECH_SAMPLE_RATE);
  }
  return voicedBursts(track.windows());
}

describe('the voice activity model', () => {
  it('hears synthetic syllables where they are', async () => {
    const room = roomOf(5_000, seededRandom(1));
    const onsets = [600, 1_700, 2_800, 3_900];
    for (const [i, atMs] of onsets.entries()) put(room, voicedSyllable(350, i % 2 ? 'rises' : 'falls'), atMs);
    const bursts = await burstsIn(room);
    expect(bursts.length).toBe(4);
    for (const [i, { startMs, endMs }] of bursts.entries()) {
      expect(Math.abs(startMs - onsets[i]!)).toBeLessThan(100);
      expect(endMs - startMs).toBeGreaterThan(200);
      expect(endMs - startMs).toBeLessThan(600);
    }
  });

  it('hears no speech in silence, noise, a hum, a beep and clicks', async () => {
    const random = seededRandom(2);
    const hum = roomOf(3_000, random).map((v, i) => v + 0.3 * Math.sin((2 * Math.PI * 50 * i) / SPEECH_SAMPLE_RATE));
    const beep = roomOf(3_000, random).map(
      (v, i) => v + 0.3 * Math.sin((2 * Math.PI * 1_000 * i) / SPEECH_SAMPLE_RATE),
    );
    const clicks = roomOf(3_000, random).map((v, i) => (i % 8_000 < 16 ? 0.9 : v));
    for (const sound of [roomOf(3_000, random, 0), roomOf(3_000, random, 0.3), hum, beep, clicks]) {
      expect(await burstsIn(sound)).toEqual([]);
    }
  });

  it('gives every listener a memory of its own', async () => {
    const window = voicedSyllable(320).subarray(1_024, 1_536);
    const fresh = model.createDetector();
    const first = await fresh.detect(window);
    const other = model.createDetector();
    for (let i = 0; i < 20; i++) await other.detect(new Float32Array(512));
    expect(await model.createDetector().detect(window)).toBe(first);
    fresh.wipe();
    expect(await fresh.detect(window)).toBe(first);
  });
});

describe('a voice activity model that is not what the manifest says', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-voice-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is refused by name', async () => {
    expect(await load(folder)).toMatchObject({
      error: { code: 'inference.model-refused', detail: `${entry.file} is missing` },
    });
    await writeFile(join(folder, entry.file), 'no model');
    expect(await load(folder)).toMatchObject({ error: { detail: `${entry.file} does not match the manifest` } });
    const eye = await readFile(join(MODELS_FOLDER, 'fr_eye.onnx'));
    await cp(join(MODELS_FOLDER, 'fr_eye.onnx'), join(folder, entry.file));
    const sha256 = createHash('sha256').update(eye).digest('hex');
    expect(await load(folder, { sha256 })).toMatchObject({
      error: { detail: `${entry.file} has other inputs or outputs than Silero VAD` },
    });
  });

  it('keeps the whole set from being loaded; a manifest without one loads without', async () => {
    const manifest = JSON.parse(await readFile(join(MODELS_FOLDER, 'manifest.json'), 'utf8')) as {
      models: { file: string }[];
      voice?: unknown;
    };
    for (const { file } of manifest.models) await symlink(join(MODELS_FOLDER, file), join(folder, file));
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    expect(await loadModels(folder, 1, readOrNull)).toMatchObject({ error: { code: 'inference.model-refused' } });
    delete manifest.voice;
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const loaded = await loadModels(folder, 1, readOrNull);
    expect(loaded.ok && loaded.value.voice).toBe(null);
    if (loaded.ok) await loaded.value.release();
  });
});
