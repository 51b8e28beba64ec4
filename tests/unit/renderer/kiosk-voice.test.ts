import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { recordableSentences } from '../../../src/renderer/kiosk/gallery/spoken-sentences.ts';
import { recordedSpeaker, type Player } from '../../../src/renderer/kiosk/speech/recorded-speaker.ts';
import { recordingsFor } from '../../../src/renderer/kiosk/speech/recordings.ts';
import { sentencesIn } from '../../../src/renderer/kiosk/speech/sentences.ts';
import { firstOf, type Speaker, type Voice } from '../../../src/renderer/kiosk/speech/voice.ts';
import type { Language } from '../../../src/shared/reason-texts.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../resources/voice');
const LANGUAGES = ['zh-CN', 'en'] as const;

function indexOf(language: Language): Readonly<Record<string, string>> {
  const text = readFileSync(path.join(FOLDER, language, 'index.json'), 'utf8');
  return z.record(z.string(), z.string()).parse(JSON.parse(text));
}

describe('the recordings', () => {
  it.each(LANGUAGES)('are there for every sentence that is spoken without a value: %s', (language) => {
    const index = indexOf(language);
    const spoken = recordableSentences(language);
    expect(spoken.length).toBeGreaterThan(300);
    expect(spoken.filter((sentence) => index[sentence] === undefined)).toEqual([]);
    expect(Object.keys(index).filter((sentence) => !spoken.includes(sentence))).toEqual([]);
  });

  it.each(LANGUAGES)('are each an Ogg file that holds something: %s', (language) => {
    const files = Object.values(indexOf(language)).map((name) => path.join(FOLDER, language, `${name}.ogg`));
    const broken = files.filter((file) => {
      const bytes = readFileSync(file);
      return bytes.subarray(0, 4).toString('latin1') !== 'OggS' || bytes.length < 300;
    });
    expect(broken).toEqual([]);
  });

  it('take at most 2 MB', () => {
    const sizes = LANGUAGES.flatMap((language) =>
      readdirSync(path.join(FOLDER, language)).map((file) => statSync(path.join(FOLDER, language, file)).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000_000);
  });
});

describe('the sentences of a text', () => {
  it('end where a stop ends them, and not within an address', () => {
    expect(sentencesIn('请看镜头。您还在吗？请稍候。', 'zh-CN')).toEqual(['请看镜头', '您还在吗', '请稍候']);
    expect(sentencesIn('Sent to check.example.org. Is that right? Yes.', 'en')).toEqual([
      'Sent to check.example.org',
      'Is that right',
      'Yes',
    ]);
  });
});

const RECORDED = new Map([
  ['甲', 'a'],
  ['乙', 'b'],
  ['看屏幕', 'screen'],
]);

describe('what is played for a text', () => {
  it('is each sentence, with one that sends to the screen for a run of those that hold a value', () => {
    expect(recordingsFor('甲。保存 30 天。保存 31 天。乙。', 'zh-CN', RECORDED, '看屏幕')).toEqual([
      'a',
      'screen',
      'b',
    ]);
  });

  it('is nothing where nothing is said or recorded', () => {
    expect(recordingsFor('', 'zh-CN', RECORDED, '看屏幕')).toEqual([]);
    expect(recordingsFor('保存 30 天。', 'zh-CN', new Map(), '看屏幕')).toEqual([]);
  });
});

interface Played extends Player {
  readonly address: string;
  ended(): void;
}

function players() {
  const played: Played[] = [];
  const paused: string[] = [];
  const open = (address: string): Player => {
    const player: Played = {
      address,
      volume: 1,
      playbackRate: 1,
      onended: null,
      onerror: null,
      play: () => Promise.resolve(),
      pause: () => void paused.push(address),
      ended: () => (player.onended as () => void)(),
    };
    played.push(player);
    return player;
  };
  return { played, paused, open };
}

const VOICE: Voice = { language: 'zh-CN', slow: true, volume: 0.4 };

describe('the speaker of recordings', () => {
  it('plays one sentence after the other, as loud and as slow as asked, and says when it has ended', () => {
    const { played, open } = players();
    const speaker = recordedSpeaker({ 'zh-CN': RECORDED, en: new Map() }, () => '看屏幕', open);
    let ends = 0;
    speaker.speak('甲。乙。', VOICE, () => (ends += 1));
    expect(played.map(({ address, volume, playbackRate }) => [address, volume, playbackRate])).toEqual([
      ['a', 0.4, 0.85],
    ]);
    played[0]!.ended();
    expect([played.length, ends]).toEqual([2, 0]);
    played[1]!.ended();
    expect([played.length, ends]).toEqual([2, 1]);
    expect([speaker.canSpeak('zh-CN'), speaker.canSpeak('en')]).toEqual([true, false]);
  });

  it('stops at once, and ends what was cut short once', () => {
    const { played, paused, open } = players();
    const speaker = recordedSpeaker({ 'zh-CN': RECORDED, en: new Map() }, () => '看屏幕', open);
    const ended: string[] = [];
    speaker.speak('甲。乙。', VOICE, () => ended.push('first'));
    speaker.speak('乙。', VOICE, () => ended.push('second'));
    speaker.stop();
    speaker.stop();
    played[0]!.ended();
    expect([ended, paused, played.length]).toEqual([['first', 'second'], ['a', 'b'], 2]);
  });
});

describe('several speakers', () => {
  it('stand in for each other by language', () => {
    const said: string[] = [];
    const speaker = (name: string, languages: readonly Language[]): Speaker => ({
      canSpeak: (language) => languages.includes(language),
      onVoices: () => () => undefined,
      speak: (text) => void said.push(`${name}: ${text}`),
      stop: () => undefined,
    });
    const both = firstOf([speaker('system', ['en']), speaker('recorded', ['en', 'zh-CN'])]);
    both.speak('甲', VOICE);
    both.speak('a', { ...VOICE, language: 'en' });
    expect(said).toEqual(['recorded: 甲', 'system: a']);
    let ended = false;
    firstOf([]).speak('甲', VOICE, () => (ended = true));
    expect(ended).toBe(true);
  });
});
