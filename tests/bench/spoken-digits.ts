// Where the voice activity model hears digits that espeak-ng speaks: node tests/bench/spoken-digits.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelManifestSchema } from '../../src/main/inference/model-manifest.ts';
import { loadRuntime } from '../../src/main/inference/runtime.ts';
import { loadVoiceModel, type VoiceModel } from '../../src/main/inference/voice-activity.ts';
import { answersTo, DIGIT_MS, voicedBursts } from '../../src/main/liveness/speech-timing.ts';
import { createVoiceTrack } from '../../src/main/liveness/voice-track.ts';
import { MODELS_FOLDER } from '../support/inference/media.ts';
import { pcmOf, put, roomOf, seededRandom } from '../support/speech/synthetic-voice.ts';

const RATE = 16_000;
const DIGITS = { cmn: '零一二三四五六七八九', en: 'zero one two three four five six seven eight nine' } as const;
const VOICES = ['', '+f2', '+m3', '+f4'];
const SPEEDS = [110, 160, 220];
/** Loudness of the noise below the digits', in decibels. */
const SIGNAL_TO_NOISE = [40, 20, 10, 5];
const SHOWN_MS = [600, 1_600, 2_600, 3_600];
const REACTION_MS = 450;

/** The spoken part of what espeak-ng says, at 16 kHz. */
function spoken(language: keyof typeof DIGITS, voice: string, speed: number, word: string, folder: string) {
  const file = join(folder, 'word.wav');
  execFileSync('espeak-ng', ['-v', `${language}${voice}`, '-s', String(speed), '-w', file, word]);
  const bytes = readFileSync(file);
  const rate = bytes.readUInt32LE(24);
  const raw = Float32Array.from({ length: (bytes.length - 44) >> 1 }, (_, i) => bytes.readInt16LE(44 + 2 * i) / 32_768);
  const samples = Float32Array.from({ length: Math.floor((raw.length * RATE) / rate) }, (_, i) => {
    const at = (i * rate) / RATE;
    const left = Math.floor(at);
    return raw[left]! + (at - left) * ((raw[left + 1] ?? 0) - raw[left]!);
  });
  const loud = (sample: number): boolean => Math.abs(sample) > 0.01;
  return samples.slice(samples.findIndex(loud), samples.findLastIndex(loud) + 1);
}

async function loadVoice(): Promise<VoiceModel> {
  const manifest = modelManifestSchema.parse(JSON.parse(readFileSync(join(MODELS_FOLDER, 'manifest.json'), 'utf8')));
  const parts = { readFile: async (path: string) => readFileSync(path), runtime: await loadRuntime() };
  const loaded = await loadVoiceModel(manifest.voice!, MODELS_FOLDER, parts);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  return loaded.value;
}

const powerOf = (samples: Float32Array): number => samples.reduce((sum, v) => sum + v * v, 0) / samples.length;
const at = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.round(share * (sorted.length - 1))]!);
const spread = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return [0.05, 0.5, 0.95].map((share) => at(sorted, share)).join(' / ');
};

const model = await loadVoice();
const folder = mkdtempSync(join(tmpdir(), 'countersign-digits-'));
const random = seededRandom(9);
let windows = 0;
let spentMs = 0;
for (const language of ['cmn', 'en'] as const) {
  const words = language === 'cmn' ? [...DIGITS.cmn] : DIGITS.en.split(' ');
  const sounds = VOICES.flatMap((voice) =>
    SPEEDS.map((speed) => words.map((word) => spoken(language, voice, speed, word, folder))),
  );
  const lengths = sounds.flat().map((sound) => (1_000 * sound.length) / RATE);
  const fitting = lengths.filter((ms) => ms <= DIGIT_MS[1]).length;
  console.log(
    `${language}: ${lengths.length} digits of ${spread(lengths)} ms (5 % / median / 95 %), ${fitting} of a digit's length`,
  );
  for (const decibels of SIGNAL_TO_NOISE) {
    let [answered, runs, passed] = [0, 0, 0];
    const late: number[] = [];
    for (const reader of sounds) {
      for (let run = 0; run < 5; run++) {
        const digits = SHOWN_MS.map(() => reader[Math.floor(10 * random())]!);
        const power = digits.reduce((sum, sound) => sum + powerOf(sound), 0) / digits.length;
        const room = roomOf(5_500, random, Math.sqrt(3 * power * 10 ** (-decibels / 10)));
        digits.forEach((sound, i) => put(room, sound, SHOWN_MS[i]! + REACTION_MS));
        const track = createVoiceTrack(model.createDetector());
        const startMs = performance.now();
        await track.hear(pcmOf(room), 0);
        spentMs += performance.now() - startMs;
        windows += track.windows().length;
        const answers = answersTo(SHOWN_MS, voicedBursts(track.windows()));
        late.push(...answers.map(({ reactionMs }) => reactionMs - REACTION_MS));
        answered += answers.length;
        runs++;
        if (answers.length >= 3) passed++;
      }
    }
    console.log(
      `  ${decibels} dB: ${answered} of ${4 * runs} digits answered, ${passed} of ${runs} runs with three of four; onset late by ${spread(late)} ms`,
    );
  }
}
console.log(`${(spentMs / windows).toFixed(3)} ms for a window of 32 ms (${windows} windows, one thread)`);
rmSync(folder, { recursive: true });
await model.release();
