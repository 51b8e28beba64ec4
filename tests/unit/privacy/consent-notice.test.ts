import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  agreementsOf,
  CONSENT_VERSION,
  guardianAgreementsOf,
  NOTICE_SECTIONS,
  noticeHash,
  noticeOf,
  noticeText,
  type NoticeFacts,
} from '../../../src/shared/consent-notice.ts';
import { consentSchema } from '../../../src/shared/domain/certification.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
const facts: NoticeFacts = { siteName: '样例大厅', purpose: '开立账户', retentionDays: 1095 };
const VARIANTS: readonly NoticeFacts[] = [
  facts,
  { ...facts, contact: '010-00000000' },
  { ...facts, purpose: '补办证件' },
  { ...facts, siteName: '另一大厅' },
  { ...facts, legalBasis: 'contract' },
  { ...facts, legalBasis: 'legal-duty' },
  { ...facts, withoutFace: true },
  { ...facts, retentionDays: 30 },
  { ...facts, keepsPictures: true },
  { ...facts, keepsPictures: true, keepsClip: true },
  { ...facts, keepsForCaller: true },
  { ...facts, keepsForCaller: true, keepsPictures: true },
  { ...facts, recipient: 'verify.example', keepsForCaller: true },
  { ...facts, recipient: 'verify.example' },
  { ...facts, recipient: 'other.example' },
  { ...facts, recipient: 'verify.example', sends: 'identity' },
  { ...facts, recipient: 'verify.example', sends: 'face' },
  { ...facts, recipient: 'verify.example', sends: 'video' },
  { ...facts, returnsFace: true },
];
const sha256Hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const lines = (given: NoticeFacts, language: (typeof LANGUAGES)[number], id: string) =>
  noticeOf(given, language).find((section) => section.id === id)?.lines ?? [];

describe.each(LANGUAGES)('the notice in %s', (language) => {
  it('says everything that the law asks for, in one order', () => {
    for (const given of VARIANTS) {
      const ids = noticeOf(given, language).map(({ id }) => id);
      expect(ids).toEqual(NOTICE_SECTIONS.filter((id) => id !== 'returned' || given.returnsFace === true));
      for (const section of noticeOf(given, language)) {
        expect(section.title.length).toBeGreaterThan(3);
        expect(section.lines.every((line) => line.length > 0 && line.length <= 120)).toBe(true);
      }
    }
  });

  it('names who processes, what for, and whom it is sent to', () => {
    const named = { ...facts, recipient: 'verify.example', contact: '010-00000000' };
    expect(lines(named, language, 'who').join('')).toContain('样例大厅');
    expect(lines(named, language, 'who').join('')).toContain('010-00000000');
    expect(lines(named, language, 'purpose').join('')).toContain('开立账户');
    expect(lines(named, language, 'sent').join('')).toContain('verify.example');
  });

  it('has a hash of its own for everything that it depends on', () => {
    const hashes = VARIANTS.map((given) => noticeHash(given, language, sha256Hex));
    expect(new Set(hashes).size).toBe(VARIANTS.length);
    expect(consentSchema.shape.textHash.safeParse(hashes[0]).success).toBe(true);
  });

  it('never says that everything stays or goes at once where pictures wait for a caller', () => {
    const said = (given: NoticeFacts) => noticeOf(given, language).flatMap((section) => section.lines);
    const plain = new Set([...said(facts), ...said({ ...facts, recipient: 'verify.example' })]);
    for (const given of [
      { ...facts, keepsForCaller: true },
      { ...facts, recipient: 'verify.example', keepsForCaller: true },
    ]) {
      const added = said(given).filter((line) => !plain.has(line));
      expect(added).toHaveLength(2);
      expect(added.join('')).toContain('24');
      expect(
        said(given).filter((line) => /立即删除|所有信息|right after|Everything stays|everything stays/.test(line)),
      ).toEqual([]);
    }
  });

  it('puts what a guardian is asked for a child under the hash too', () => {
    const asked = { ...facts, recipient: 'verify.example', returnsFace: true };
    const agreements = guardianAgreementsOf(asked, language);
    expect(agreements.map(({ id }) => id)).toEqual(['capture', 'transmit', 'returnFace']);
    const text = noticeText(asked, language, 'guardian');
    for (const { label, detail } of agreements) expect(text).toContain(`[ ] ${label}\n${detail}\n`);
    expect(text.startsWith(noticeText(asked, language).trimEnd())).toBe(true);
    expect(noticeHash(asked, language, sha256Hex, 'guardian')).not.toBe(noticeHash(asked, language, sha256Hex));
  });

  it('puts every shown word under the hash', () => {
    for (const given of VARIANTS) {
      const text = noticeText(given, language);
      expect(text.startsWith(`${CONSENT_VERSION} ${language}\n`)).toBe(true);
      for (const section of noticeOf(given, language)) {
        for (const line of [section.title, ...section.lines]) expect(text).toContain(`${line}\n`);
      }
      for (const { label, detail } of agreementsOf(given, language)) expect(text).toContain(`${label}\n${detail}\n`);
    }
  });

  it('asks for sending and handing over only where there is somebody to send to', () => {
    const asked = (given: NoticeFacts) => agreementsOf(given, language).map(({ id }) => id);
    expect(asked(facts)).toEqual(['capture']);
    expect(asked({ ...facts, recipient: 'verify.example' })).toEqual(['capture', 'transmit']);
    expect(asked({ ...facts, recipient: 'verify.example', returnsFace: true })).toEqual([
      'capture',
      'transmit',
      'returnFace',
    ]);
  });
});

it('is another text in another language', () => {
  expect(noticeHash(facts, 'zh-CN', sha256Hex)).not.toBe(noticeHash(facts, 'en', sha256Hex));
});

it('says years where they are whole, and days otherwise', () => {
  expect(lines(facts, 'zh-CN', 'kept')[0]).toContain('3 年');
  expect(lines({ ...facts, retentionDays: 400 }, 'zh-CN', 'kept')[0]).toContain('400 天');
  expect(lines({ ...facts, retentionDays: 365 }, 'en', 'kept')[0]).toContain('1 year,');
});

it('promises deletion right after the check only where nothing is kept or sent', () => {
  const kept = (given: NoticeFacts) => lines(given, 'zh-CN', 'kept').join('');
  expect(kept(facts)).toContain('照片核验后立即删除');
  expect(kept({ ...facts, keepsPictures: true })).not.toContain('立即删除');
  expect(kept({ ...facts, recipient: 'verify.example', sends: 'face' })).toContain('得到答复后');
});
