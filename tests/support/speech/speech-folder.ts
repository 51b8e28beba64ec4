import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SPEECH_SAMPLE_RATE } from '../../../src/shared/domain/voice-detector.ts';
import { pcmOf } from './synthetic-voice.ts';
import { TONE_TOKENS, toneModel, tonesOf } from './tone-model.ts';

/** A 16-bit wave file of one channel. */
export function waveOf(samples: Float32Array, sampleRate = SPEECH_SAMPLE_RATE): Uint8Array {
  const pcm = pcmOf(samples);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + pcm.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(2 * sampleRate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
}

const TEST_DIGITS = '0351';

/** The files of a folder with the model of tones, its description included. */
export function speechFiles(): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([
    ['model.onnx', toneModel()],
    ['tokens.txt', Buffer.from(TONE_TOKENS)],
    ['selftest.wav', waveOf(tonesOf(TEST_DIGITS))],
  ]);
  const described = (file: string) => ({ file, sha256: createHash('sha256').update(files.get(file)!).digest('hex') });
  const manifest = {
    version: 1,
    kind: 'zipformer-ctc',
    name: 'Tones',
    licence: 'Apache-2.0',
    languages: ['zh-CN', 'en'],
    files: { model: described('model.onnx'), tokens: described('tokens.txt') },
    selfTest: { ...described('selftest.wav'), language: 'zh-CN', digits: TEST_DIGITS },
  };
  return files.set('speech.json', Buffer.from(JSON.stringify(manifest)));
}

export type SpeechDescription = Record<string, unknown> & {
  files: Record<string, { file: string; sha256: string }>;
  selfTest: Record<string, unknown>;
};

/** Replaces files and their hashes in the description, then changes the description itself. */
export function changedFiles(
  replaced: Readonly<Record<string, Uint8Array>>,
  change: (description: SpeechDescription) => void = () => undefined,
): Map<string, Uint8Array> {
  const files = speechFiles();
  const description = JSON.parse(Buffer.from(files.get('speech.json')!).toString()) as SpeechDescription;
  for (const [name, bytes] of Object.entries(replaced)) {
    files.set(name, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    for (const entry of [...Object.values(description.files), description.selfTest]) {
      if (entry['file'] === name) entry['sha256'] = sha256;
    }
  }
  change(description);
  return files.set('speech.json', Buffer.from(JSON.stringify(description)));
}

export async function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
}
