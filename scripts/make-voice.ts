import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recordableSentences } from '../src/renderer/kiosk/gallery/spoken-sentences.ts';
import type { Language } from '../src/shared/reason-texts.ts';

/**
 * Records what the kiosk says, for machines whose system has no voice: one small file a sentence under
 * `resources/voice/{language}` and an index of them by their words. Needs `espeak-ng` and `ffmpeg`. Sentences that are
 * recorded already stay as they are; those that nobody says any more go.
 */
const FOLDER = path.resolve(import.meta.dirname, '../resources/voice');
const VOICES = { 'zh-CN': { voice: 'cmn', wordsPerMinute: 235 }, en: { voice: 'en-gb', wordsPerMinute: 165 } } as const;
/** Opus for speech in the longest frames: 6 kbit/s is about 0.8 KB a second. */
const OPUS = '-ac 1 -ar 12000 -c:a libopus -b:a 6k -vbr on -application voip -frame_duration 60'.split(' ');
const PLAIN_OGG = '-map_metadata -1 -fflags +bitexact -flags:a +bitexact -f ogg'.split(' ');
const SOFTENED = 'highpass=f=80,volume=1.4,alimiter=limit=0.9';

function nameOf(sentence: string): string {
  return createHash('sha256').update(sentence, 'utf8').digest('hex').slice(0, 10);
}

function record(sentence: string, language: Language, file: string, scratch: string): void {
  const { voice, wordsPerMinute } = VOICES[language];
  const wave = path.join(scratch, 'sentence.wav');
  execFileSync('espeak-ng', ['-v', voice, '-s', String(wordsPerMinute), '-w', wave, '--', sentence]);
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', wave, '-af', SOFTENED, ...OPUS, ...PLAIN_OGG, file]);
}

function makeVoice(language: Language): void {
  const folder = path.join(FOLDER, language);
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(path.join(tmpdir(), 'voice-'));
  const index = Object.fromEntries(recordableSentences(language).map((sentence) => [sentence, nameOf(sentence)]));
  for (const [sentence, name] of Object.entries(index)) {
    const file = path.join(folder, `${name}.ogg`);
    if (!existsSync(file)) record(sentence, language, file, scratch);
  }
  const wanted = new Set(Object.values(index).map((name) => `${name}.ogg`));
  const files = readdirSync(folder).filter((file) => file.endsWith('.ogg'));
  for (const file of files.filter((each) => !wanted.has(each))) rmSync(path.join(folder, file));
  writeFileSync(path.join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
  rmSync(scratch, { recursive: true });
  const bytes = [...wanted].reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
  console.log(`${language}: ${wanted.size} sentences, ${Math.round(bytes / 1024)} KB`);
}

makeVoice('zh-CN');
makeVoice('en');
