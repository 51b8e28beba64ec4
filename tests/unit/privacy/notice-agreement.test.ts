import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { consentFacts, consentHash, type ConsentContext } from '../../../src/main/certification/consent-view.ts';
import { noticeFacts, type ConsentView } from '../../../src/renderer/kiosk/notice-facts.ts';
import { noticeHash, noticeOf } from '../../../src/shared/consent-notice.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import { sampleRun } from '../certification/samples.ts';

const sha256Hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const context: ConsentContext = { siteName: '样例大厅', purpose: '开立账户', recipient: null, returnsFaces: true };
const SCENES: readonly Scene[] = [
  DEFAULT_SCENE,
  { ...DEFAULT_SCENE, retentionDays: 30, legalBasis: 'legal-duty' },
  { ...DEFAULT_SCENE, evidence: { keep: 'all', clip: true }, returnsFace: true },
  { ...DEFAULT_SCENE, confirmation: 'face-authority' },
];

it('hashes the very words that the screen shows', () => {
  const hashes = new Set<string>();
  for (const scene of SCENES) {
    for (const recipient of [null, 'verify.example']) {
      for (const language of ['zh-CN', 'en'] as const) {
        const run = { ...sampleRun(), scene };
        const asked = { ...context, recipient };
        const view = {
          screen: 'consent',
          siteName: asked.siteName,
          ...consentFacts(run, asked),
        } as unknown as ConsentView;
        const shown = noticeHash(noticeFacts(view), language, sha256Hex);
        expect(consentHash(run, asked, language, sha256Hex)).toBe(shown);
        hashes.add(shown);
      }
    }
  }
  // With nobody to send to, the first and the last scene say the same.
  expect(hashes.size).toBe(SCENES.length * 4 - 2);
});

it.each([
  ['zh-CN', '联系方式：010-0000 0000。', '联系方式：请找本柜台的工作人员。'],
  ['en', 'Contact: 010-0000 0000.', 'Contact: the staff at this counter.'],
] as const)('names the contact of the site in the words and in their hash (%s)', (language, named, staff) => {
  const run = sampleRun();
  const linesOf = (asked: ConsentContext): readonly string[] => {
    const view = { screen: 'consent', siteName: asked.siteName, ...consentFacts(run, asked) } as unknown as ConsentView;
    const facts = noticeFacts(view);
    expect(consentHash(run, asked, language, sha256Hex)).toBe(noticeHash(facts, language, sha256Hex));
    return noticeOf(facts, language).flatMap(({ lines }) => lines);
  };
  const reachable = { ...context, contact: '010-0000 0000' };
  expect(linesOf(reachable)).toContain(named);
  expect(linesOf(context)).toContain(staff);
  expect(consentHash(run, reachable, language, sha256Hex)).not.toBe(consentHash(run, context, language, sha256Hex));
});
