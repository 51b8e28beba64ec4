// How well lips and voice go together on clips of talking people, by the product's own measurements:
// node tests/bench/lips-and-voice.ts FOLDER   (needs ffmpeg; every video file in FOLDER)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cosineSimilarity } from '../../src/main/comparison/similarity.ts';
import { createFacePipeline } from '../../src/main/inference/face-pipeline.ts';
import { createFaceTracker } from '../../src/main/inference/framed-tracker.ts';
import { decodeImage } from '../../src/main/inference/image-codec.ts';
import { loadModels } from '../../src/main/inference/model-store.ts';
import { lipsOf } from '../../src/main/liveness/lip-shape.ts';
import { lipSync, type LipSample } from '../../src/main/liveness/lip-sync.ts';
import { voicedBursts, type VoiceWindow } from '../../src/main/liveness/speech-timing.ts';
import { createVoiceTrack } from '../../src/main/liveness/voice-track.ts';
import { MODELS_FOLDER } from '../support/inference/media.ts';
import { seededRandom } from '../support/speech/synthetic-voice.ts';

const FRAMES_PER_SECOND = 25;
const folder = process.argv[2] ?? '.';
const work = mkdtempSync(join(tmpdir(), 'countersign-lips-'));
const models = await loadModels(MODELS_FOLDER, 1, async (path) => readFileSync(path));
if (!models.ok || !models.value.voice) throw new Error('the models are not prepared');
const pipeline = createFacePipeline(models.value.models);

interface Clip {
  readonly lips: LipSample[];
  readonly sound: readonly VoiceWindow[];
}

async function readClip(file: string, name: string): Promise<Clip> {
  const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', file, ...args]);
  ffmpeg('-q:v', '2', '-r', String(FRAMES_PER_SECOND), join(work, `${name}-%04d.jpg`));
  const track = createVoiceTrack(models.ok ? models.value.voice!.createDetector() : (undefined as never));
  await track.hear(new Uint8Array(ffmpeg('-ac', '1', '-ar', '16000', '-f', 's16le', '-')), 0);
  const tracker = createFaceTracker(pipeline, cosineSimilarity);
  const lips: LipSample[] = [];
  const pictures = readdirSync(work)
    .filter((picture) => picture.startsWith(`${name}-`))
    .sort();
  for (const [i, picture] of pictures.entries()) {
    const decoded = await decodeImage(readFileSync(join(work, picture)));
    if (!decoded.ok) throw new Error(decoded.error.code);
    const atMs = (1_000 * i) / FRAMES_PER_SECOND;
    const { width, height } = decoded.value;
    const { mesh } = await tracker.follow(decoded.value, { x: 0, y: 0, width, height }, atMs);
    if (mesh) lips.push({ atMs, ...lipsOf(mesh) });
  }
  return { lips, sound: track.windows() };
}

const clips: Clip[] = [];
for (const file of readdirSync(folder)
  .filter((name) => /\.(mpg|mp4|webm|avi)$/.test(name))
  .sort()) {
  const clip = await readClip(join(folder, file), file.replace(/\W/g, '_'));
  const { correlation, lagMs, amplitude } = lipSync(clip.lips, clip.sound);
  const speech = voicedBursts(clip.sound).map(({ startMs, endMs }) => `${Math.round(startMs)}–${Math.round(endMs)}`);
  console.log(
    `${file}: correlation ${correlation.toFixed(2)} at ${lagMs} ms, gap ${amplitude.toFixed(3)}, speech ${speech.join(' ')} ms`,
  );
  clips.push(clip);
}
const passing = (values: readonly number[]): string =>
  `${values.filter((value) => value >= 0.25).length} of ${values.length} reach 0.25`;
const random = seededRandom(1);
const stillLips = clips.map(({ lips }) =>
  lips.map(({ atMs, width }) => ({ atMs, width, gap: 0.03 + 0.007 * (random() + random() - 1) })),
);
const matched = clips.map(({ lips, sound }) => lipSync(lips, sound).correlation);
const others = clips.flatMap(({ lips }, i) =>
  clips.filter((_, k) => k !== i).map(({ sound }) => lipSync(lips, sound).correlation),
);
const still = stillLips.flatMap((lips) => clips.map(({ sound }) => lipSync(lips, sound)));
console.log(
  `own sound: ${passing(matched)}; gap over 0.03: ${clips.filter(({ lips, sound }) => lipSync(lips, sound).amplitude > 0.03).length}`,
);
console.log(`another clip's sound: ${passing(others)}`);
console.log(
  `still lips: ${passing(still.map(({ correlation }) => correlation))}; gap over 0.03: ${still.filter(({ amplitude }) => amplitude > 0.03).length}`,
);
for (const shiftMs of [300, 500, 700]) {
  const shifted = clips.map(({ lips, sound }) =>
    lipSync(
      lips.map((lip) => ({ ...lip, atMs: lip.atMs + shiftMs })),
      sound,
    ),
  );
  console.log(`lips ${shiftMs} ms late: ${passing(shifted.map(({ correlation }) => correlation))}`);
}
await models.value.release();
rmSync(work, { recursive: true });
