import { describe, expect, it } from 'vitest';
import { kioskEn } from '../../../src/renderer/i18n/kiosk-words-en.ts';
import { kioskZhCn } from '../../../src/renderer/i18n/kiosk-words-zh-cn.ts';
import { translator } from '../../../src/renderer/i18n/translation.ts';
import { chipBars, chipGuide } from '../../../src/renderer/kiosk/chip-guide.ts';
import { DOCUMENT_FIXTURES } from '../../../src/renderer/kiosk/gallery/document-fixtures.ts';
import { fixtureView } from '../../../src/renderer/kiosk/gallery/fixtures.ts';
import { pictureProblem } from '../../../src/renderer/kiosk/screens/document-advice.ts';
import { documentLead, documentTitle } from '../../../src/renderer/kiosk/screens/document-words.ts';
import { spokenText } from '../../../src/renderer/kiosk/speech/spoken-text.ts';
import {
  DOCUMENT_HINTS,
  DOCUMENT_PAGES,
  FIELD_DOUBTS,
  ID_CARD_BACK_FIELDS,
  ID_CARD_FRONT_FIELDS,
} from '../../../src/shared/domain/document-reading.ts';
import { CHIP_STEPS } from '../../../src/shared/domain/travel-document.ts';
import { REASON_CODES } from '../../../src/shared/reasons.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
const zh = translator('zh-CN');

describe('the words for documents', () => {
  it('has one for every hint, page, doubt, field and step', () => {
    expect(Object.keys(kioskZhCn.document.hints)).toEqual([...DOCUMENT_HINTS]);
    expect(Object.keys(kioskZhCn.document.pages)).toEqual([...DOCUMENT_PAGES]);
    expect(Object.keys(kioskZhCn.confirm.doubts)).toEqual([...FIELD_DOUBTS]);
    expect(Object.keys(kioskZhCn.confirm.fields)).toEqual([...ID_CARD_FRONT_FIELDS, ...ID_CARD_BACK_FIELDS]);
    expect(Object.keys(kioskZhCn.chip.steps)).toEqual([...CHIP_STEPS]);
  });

  it('keeps hints short enough to be read at a glance', () => {
    expect(Object.values(kioskZhCn.document.hints).filter((hint) => [...hint].length > 12)).toEqual([]);
    expect(Object.values(kioskEn.document.hints).filter((hint) => hint.length > 24)).toEqual([]);
  });

  it.each(LANGUAGES)('says after every picture that could not be used what helps: %s', (language) => {
    const t = translator(language);
    const codes = REASON_CODES.filter((code) => /^(document|mrz|chip)\./.test(code));
    const silent = codes.filter((code) => pictureProblem(code, t, language).join('') === '');
    const helpless = codes.filter((code) => pictureProblem(code, t, language)[1] === '');
    expect([silent, helpless]).toEqual([[], ['document.wrong-side']]);
  });

  it.each(LANGUAGES)('speaks in whole sentences on every screen of a document: %s', (language) => {
    const t = translator(language);
    const broken = DOCUMENT_FIXTURES.filter((name) => {
      const { opening, now } = spokenText(fixtureView(name, { language, elder: false, demo: false }), null, t);
      return !/[。！？.!?]$/.test(now || opening);
    });
    expect(broken).toEqual([]);
  });

  it('never speaks what was read', () => {
    const view = fixtureView('confirm-doubts', { language: 'zh-CN', elder: false, demo: false });
    const { opening, now } = spokenText(view, null, zh);
    expect(opening + now).toBe('请对照证件，核对信息。有 4 项请您看一看，点一下可以修改。');
  });
});

describe('the instruction while a document is photographed', () => {
  const facts = {
    page: 'id-card-back',
    hint: null,
    reading: false,
    opening: false,
    good: false,
    mirrored: false,
  } as const;

  it('says one thing at a time, the most important first', () => {
    expect([
      documentTitle({ ...facts, opening: true }, zh),
      documentTitle(facts, zh),
      documentTitle({ ...facts, mirrored: true }, zh),
      documentTitle({ ...facts, hint: 'no-card' }, zh),
      documentTitle({ ...facts, hint: 'glare' }, zh),
      documentTitle({ ...facts, good: true }, zh),
      documentTitle({ ...facts, good: true, reading: true, hint: 'glare' }, zh),
    ]).toEqual([
      '正在打开摄像头',
      '请翻到背面，国徽朝上',
      '请翻到背面，国徽对准镜头',
      '请翻到背面，国徽朝上',
      '有反光，请换个角度',
      '很好，请保持不动',
      '拍好了，正在读取文字',
    ]);
  });

  it('tells of the swipe reader only where there is one', () => {
    expect(documentLead({ reading: false, maySwipe: true }, zh)).toContain('刷卡器');
    expect(documentLead({ reading: false, maySwipe: false }, zh)).not.toContain('刷卡器');
  });
});

describe('what to do with a passport', () => {
  const guide = (step: (typeof CHIP_STEPS)[number], problem: Parameters<typeof chipGuide>[0]['problem'] = null) =>
    chipGuide({ progress: { step, share: null }, problem });

  it('follows the reading, and after a problem says whether another try helps', () => {
    expect(CHIP_STEPS.map((step) => guide(step))).toEqual([
      'lay',
      'reading',
      'reading',
      'reading',
      'reading',
      'reading',
      'finished',
    ]);
    expect([guide('waiting', 'chip.stopped'), guide('access', 'chip.stopped')]).toEqual(['again', 'reading']);
    expect([guide('waiting', 'chip.reader-missing'), guide('waiting', 'chip.malformed')]).toEqual([
      'unreadable',
      'unreadable',
    ]);
  });

  it('fills the parts one after the other', () => {
    expect(chipBars({ step: 'waiting', share: null })).toEqual([0, 0, 0, 0, 0]);
    expect(chipBars({ step: 'portrait', share: 0.4 })).toEqual([1, 1, 1, 0.4, 0]);
    expect(chipBars({ step: 'security', share: 7 })).toEqual([1, 1, 1, 1, 1]);
    expect(chipBars({ step: 'done', share: null })).toEqual([1, 1, 1, 1, 1]);
  });
});
