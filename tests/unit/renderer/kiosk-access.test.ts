import { describe, expect, it } from 'vitest';
import { createHeldKeys, HOLD_TO_SCAN_MS } from '../../../src/renderer/kiosk/access/held-keys.ts';
import { nextInScan } from '../../../src/renderer/kiosk/access/scan-cycle.ts';
import { levelOf } from '../../../src/renderer/kiosk/access/use-visit.ts';
import {
  CYCLE_FRAMES,
  FRAME_MS,
  MOVING_FRAMES,
  pictureAt,
  untilNext,
} from '../../../src/renderer/kiosk/attract-pictures.ts';
import { translator, wordingFor } from '../../../src/renderer/i18n/translation.ts';
import { textsOf, wordFiles } from '../../support/word-files.ts';

describe('the loudness', () => {
  it.each([
    [0, 1],
    [0.2, 1],
    [0.5, 3],
    [0.8, 4],
    [1, 5],
  ])('of %f is step %i of five', (volume, level) => expect(levelOf(volume)).toBe(level));
});

describe('the scan', () => {
  it('goes from the last to the first, and begins with the first', () => {
    expect([null, 'a', 'b', 'c', 'gone'].map((at) => nextInScan(['a', 'b', 'c'], at))).toEqual([
      'a',
      'b',
      'c',
      'a',
      'a',
    ]);
    expect(nextInScan([], null)).toBeNull();
  });

  it('begins once two switches have been held for two seconds', () => {
    const held = createHeldKeys();
    expect(held.press(' ', 0)).toBe(false);
    expect(held.press(' ', HOLD_TO_SCAN_MS + 1)).toBe(false);
    expect(held.press('Enter', 3_000)).toBe(false);
    expect(held.press('Enter', 3_000 + HOLD_TO_SCAN_MS - 1)).toBe(false);
    expect(held.press('Enter', 3_000 + HOLD_TO_SCAN_MS)).toBe(true);
  });

  it('does not begin by other keys, nor by one that was let go', () => {
    const held = createHeldKeys();
    held.press('a', 0);
    held.press(' ', 0);
    expect(held.press(' ', 9_000)).toBe(false);
    held.press('Enter', 9_000);
    held.release('Enter');
    expect(held.press(' ', 19_000)).toBe(false);
  });
});

describe('the motion of the first screen', () => {
  it('draws few pictures, and rests for longer than it moves', () => {
    let frames = 0;
    let timers = 0;
    let ms = 0;
    while (frames < CYCLE_FRAMES) {
      const wait = untilNext(frames);
      ms += wait;
      timers += 1;
      frames += Math.round(wait / FRAME_MS);
    }
    expect([frames, ms, timers]).toEqual([CYCLE_FRAMES, CYCLE_FRAMES * FRAME_MS, MOVING_FRAMES + 1]);
    expect(MOVING_FRAMES * 2).toBeLessThan(CYCLE_FRAMES);
    expect([0, 1, MOVING_FRAMES - 1, MOVING_FRAMES, CYCLE_FRAMES].map(pictureAt)).toEqual([
      0,
      1,
      MOVING_FRAMES - 1,
      0,
      0,
    ]);
  });
});

describe('the simpler words', () => {
  const chinese = wordFiles('zh-CN');
  const simple = [...wordFiles('zh-CN-elder')].flatMap(([file, tree]) =>
    textsOf(tree).map(([names, text]) => ({ file, name: names.join('.'), text })),
  );
  const usual = new Map(
    [...chinese].flatMap(([file, tree]) => textsOf(tree).map(([names, text]) => [`${file} ${names.join('.')}`, text])),
  );

  it('stand for texts that there are, and say each differently and with the same values', () => {
    expect(simple.length).toBeGreaterThan(30);
    expect(simple.filter(({ file, name }) => !usual.has(`${file} ${name}`))).toEqual([]);
    expect(simple.filter(({ file, name, text }) => usual.get(`${file} ${name}`) === text)).toEqual([]);
    const values = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name);
    expect(
      simple.filter(
        ({ file, name, text }) => String(values(text)) !== String(values(usual.get(`${file} ${name}`) ?? '')),
      ),
    ).toEqual([]);
  });

  it('are no longer than the usual ones by more than three characters', () => {
    const longer = simple.filter(
      ({ file, name, text }) => text.length > (usual.get(`${file} ${name}`) ?? '').length + 3,
    );
    expect(longer).toEqual([]);
  });

  it('are said where large text is asked for in Chinese, and the usual ones where there are none', () => {
    const t = translator(wordingFor('zh-CN', true));
    expect([t('card.title'), t('actions.cancel')]).toEqual(['请把身份证放平', '取消']);
    expect(translator(wordingFor('en', true))('card.title')).toBe(translator('en')('card.title'));
    expect(translator(wordingFor('zh-CN', false))('card.title')).toBe('请把身份证平放在读卡区');
  });
});
