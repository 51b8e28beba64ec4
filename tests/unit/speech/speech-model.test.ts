import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digitsIn } from '../../../src/main/speech/digit-words.ts';
import { checkSpeechModel } from '../../../src/main/speech/speech-model.ts';
import { readWave } from '../../../src/main/speech/wave-file.ts';
import { changedFiles, speechFiles, waveOf, type SpeechDescription } from '../../support/speech/speech-folder.ts';

const check = (files: ReadonlyMap<string, Uint8Array>) =>
  checkSpeechModel('/models/speech', async (path) => files.get(basename(path)) ?? null);

const without = (name: string) => {
  const files = speechFiles();
  files.delete(name);
  return files;
};
const replaced = (name: string, bytes: Uint8Array) => speechFiles().set(name, bytes);
const described = (change: (description: SpeechDescription) => void) => changedFiles({}, change);
const text = (value: string): Uint8Array => Buffer.from(value);
const sound = new Float32Array(1_600);

describe('checking a speech model', () => {
  it('takes a folder with everything in it', async () => {
    const checked = await check(speechFiles());
    expect(checked.ok && checked.value.manifest.name).toBe('Tones');
    expect(checked.ok && checked.value.paths).toEqual({
      model: '/models/speech/model.onnx',
      tokens: '/models/speech/tokens.txt',
    });
    expect(checked.ok && checked.value.utterance.length).toBe(24_800);
  });

  it.each([
    ['no description', without('speech.json'), /^speech\.json is missing$/],
    ['text', replaced('speech.json', text('hello')), /^speech\.json is not JSON$/],
    ['another version', described((d) => void (d['version'] = 2)), /^speech\.json: version /],
    ['an unknown kind', described((d) => void (d['kind'] = 'telepathy')), /^speech\.json: kind /],
    ['a field too many', described((d) => void (d['colour'] = 'red')), /colour/],
    ['no licence', described((d) => void delete d['licence']), /^speech\.json: licence /],
    ['no tokens', described((d) => void delete d.files['tokens']), /^speech\.json: files\.tokens /],
    ['a path out of the folder', described((d) => void (d.files['model']!.file = '../x')), /files\.model\.file /],
    ['a short hash', described((d) => void (d.files['model']!.sha256 = 'ab')), /files\.model\.sha256 /],
    ['no self-test', described((d) => void delete (d as Record<string, unknown>)['selfTest']), /selfTest /],
    ['no digits to expect', described((d) => void (d.selfTest['digits'] = 'abc')), /selfTest\.digits /],
    ['a foreign self-test', described((d) => void (d['languages'] = ['en'])), /selfTest\.language is none/],
    ['no model file', without('model.onnx'), /^model\.onnx is missing$/],
    ['other tokens', replaced('tokens.txt', text('x')), /^tokens\.txt does not match speech\.json$/],
    ['no utterance', without('selftest.wav'), /^selftest\.wav is missing$/],
    ['an utterance of text', changedFiles({ 'selftest.wav': text('x') }), /^selftest\.wav is not a wave file$/],
    ['one of 8 kHz', changedFiles({ 'selftest.wav': waveOf(sound, 8_000) }), /is not 16 kHz/],
    ['one cut off', changedFiles({ 'selftest.wav': waveOf(sound).subarray(0, 900) }), /is cut off$/],
  ])('names what is wrong: %s', async (_, files, detail) => {
    const checked = await check(files);
    expect(checked.ok).toBe(false);
    if (checked.ok) return;
    expect(checked.error.code).toBe('speech.unavailable');
    expect(checked.error.detail).toMatch(detail);
  });

  it('reads the samples of a wave file', () => {
    const samples = Float32Array.of(0, 0.5, -0.5);
    const read = readWave(waveOf(samples));
    expect(typeof read === 'string' ? read : [...read].map((value) => Math.round(100 * value))).toEqual([0, 50, -50]);
    expect(readWave(waveOf(samples).subarray(0, 36))).toBe('holds no sound');
  });
});

describe('digits in words', () => {
  it.each([
    ['zh-CN', '零幺二三', '0123'],
    ['zh-CN', '四五六 七八九。', '456789'],
    ['zh-CN', '嗯两？〇５2', '2052'],
    ['zh-CN', 'three', ''],
    ['en', 'Zero, one TWO three; four five six seven eight nine', '0123456789'],
    ['en', 'oh won to for ate 35', '0124835'],
    ['en', 'someone often foresees', ''],
    ['en', '三', ''],
  ] as const)('%s: %s', (language, words, digits) => {
    expect(digitsIn(words, language)).toBe(digits);
  });
});
