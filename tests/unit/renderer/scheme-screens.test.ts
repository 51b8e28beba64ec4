import { describe, expect, it } from 'vitest';
import { kioskEn } from '../../../src/renderer/i18n/kiosk-words-en.ts';
import { kioskZhCn } from '../../../src/renderer/i18n/kiosk-words-zh-cn.ts';
import { translator } from '../../../src/renderer/i18n/translation.ts';
import { FIXTURE_NAMES, fixtureView } from '../../../src/renderer/kiosk/gallery/fixtures.ts';
import { clockText } from '../../../src/renderer/kiosk/screens/clock-text.ts';
import { keptLines } from '../../../src/renderer/kiosk/screens/kept-lines.ts';
import { orderText } from '../../../src/renderer/kiosk/screens/order-text.ts';
import { outcomeLines } from '../../../src/renderer/kiosk/screens/outcome-lines.ts';
import { resultKind, resultSentences, resultTitle } from '../../../src/renderer/kiosk/screens/result-words.ts';
import { guardianGuide } from '../../../src/renderer/kiosk/guardian-guide.ts';
import { FALLBACK_METHODS } from '../../../src/shared/domain/scene.ts';
import type { KioskView, ResultView } from '../../../src/shared/ipc/kiosk-view.ts';
import { REASON_CODES, REASONS, stateOf, type ReasonCode } from '../../../src/shared/reasons.ts';

const plain = { language: 'zh-CN', elder: false, demo: false } as const;
const zh = translator('zh-CN');
const en = translator('en');

/** Every screen that a view can name; a new one is missing here until it has a fixture. */
const SCREENS = {
  attract: true,
  guide: true,
  consent: true,
  'guardian-card': true,
  'guardian-consent': true,
  'element-entry': true,
  methods: true,
  'hand-off': true,
  awaiting: true,
  'withdrawal-card': true,
  'withdrawal-review': true,
  'withdrawal-erasing': true,
  'withdrawal-done': true,
  card: true,
  'document-capture': true,
  'document-confirm': true,
  'travel-chip': true,
  'identity-entry': true,
  'card-photo': true,
  position: true,
  light: true,
  challenge: true,
  deciding: true,
  result: true,
  'other-method': true,
  maintenance: true,
} as const satisfies Record<KioskView['screen'], true>;

describe('the fixtures', () => {
  it('show every screen', () => {
    const shown = new Set(FIXTURE_NAMES.map((name) => fixtureView(name, plain).screen));
    expect(Object.keys(SCREENS).filter((screen) => !shown.has(screen as KioskView['screen']))).toEqual([]);
  });

  it('hold no screen whose name the watchdog could not be told', () => {
    expect(Object.keys(SCREENS).filter((screen) => screen.length > 20)).toEqual([]);
  });
});

function resultOf(reason: ReasonCode, more: Partial<ResultView> = {}): ResultView {
  return {
    state: stateOf(reason),
    reason,
    next: REASONS[reason].next,
    nameMasked: null,
    receiptNumber: null,
    receiptCode: null,
    provisional: false,
    clearsInSeconds: 8,
    mayRetry: false,
    ...more,
  };
}

describe('the words of a result', () => {
  it('exist for every reason, in both languages', () => {
    for (const reason of REASON_CODES) {
      const result = resultOf(reason);
      for (const [language, t] of [
        ['zh-CN', zh],
        ['en', en],
      ] as const) {
        expect([reason, resultTitle(result, t) === '']).toEqual([reason, false]);
        expect([reason, resultSentences(result, true, language, t).length > 0]).toEqual([reason, true]);
      }
    }
  });

  it('say of nothing but a match or a confirmation that somebody is verified', () => {
    const verified = REASON_CODES.filter((reason) => resultTitle(resultOf(reason), zh) === kioskZhCn.result.passed);
    expect(verified).toEqual(['ok.matched', 'ok.confirmed']);
  });

  it('show what is still to be decided as neither a doubt nor an error', () => {
    const kinds = REASON_CODES.filter(
      (reason) => !['passed', 'failed', 'review', 'error'].includes(resultKind(resultOf(reason))),
    );
    expect(kinds).toEqual(['verification.pending', 'verification.captured']);
    expect(resultTitle(resultOf('verification.pending'), zh)).toBe('审核中');
    expect(resultSentences(resultOf('verification.captured'), true, 'zh-CN', zh).join('')).toContain('联网后自动核验');
  });

  it('speak of a card only where there is one', () => {
    expect(resultSentences(resultOf('ok.matched'), false, 'zh-CN', zh)).toEqual(['请回柜台继续办理。']);
    expect(resultSentences(resultOf('ok.matched'), true, 'zh-CN', zh)).toEqual(['请拿好证件，回柜台继续办理。']);
  });

  it('ask for the card’s pictures where they help, instead of sending the person away', () => {
    const result = resultOf('source.photo-unusable', { mayUseCard: true });
    expect(resultSentences(result, true, 'zh-CN', zh)).toEqual([kioskZhCn.result.useCardLead]);
  });
});

describe('what is kept of somebody', () => {
  const kept = {
    records: 1,
    recordsUntilMs: Date.parse('2029-11-21T04:00:00Z'),
    pictures: 1,
    waiting: 0,
    requests: 2,
    returnedFaces: 0,
    sent: false,
  };

  it('is told in numbers, without a line about nothing', () => {
    const { gone, stays } = keptLines(kept, en, 'en');
    expect(gone).toEqual([
      { key: 'pictures', count: 1, text: 'verification with its pictures or video', note: null },
      { key: 'requests', count: 2, text: 'orders with what was filled in', note: null },
    ]);
    expect(stays).toEqual([
      {
        key: 'records',
        count: 1,
        text: 'record, name and number masked, no pictures',
        note: 'until 21 November 2029',
      },
    ]);
  });

  it('says so where there is nothing to erase, and that the verifier is told', () => {
    const { gone } = keptLines({ ...kept, pictures: 0, requests: 0, sent: true }, zh, 'zh-CN');
    expect(gone.map(({ key }) => key)).toEqual(['nothing', 'sent']);
  });
});

describe('the end of a withdrawal', () => {
  it('tells what was erased, what stays and until when, and how far the verifier is', () => {
    const erased = {
      kind: 'erased',
      receiptNumber: '4C8M-19XW',
      receiptCode: 'x',
      erased: { pictures: 1, waiting: 0, requests: 0 },
      remaining: { records: 2, untilMs: Date.parse('2029-11-21T04:00:00Z') },
      verifier: 'queued',
    } as const;
    expect(outcomeLines(erased, en, 'en')).toEqual([
      '1 item was erased',
      '2 masked records stay, as the law asks, until 21 November 2029',
      'The verifier is told once there is a network',
    ]);
    const nothing = {
      ...erased,
      erased: { pictures: 0, waiting: 0, requests: 0 },
      remaining: { records: 0, untilMs: null },
    };
    expect(outcomeLines({ ...nothing, verifier: 'none' }, zh, 'zh-CN')).toEqual([
      '没有需要删除的照片或内容',
      '没有向核验方发送过资料',
    ]);
  });

  it('gives the reason of a failure and what helps', () => {
    expect(outcomeLines({ kind: 'failed', reason: 'store.unavailable' }, zh, 'zh-CN')[0]).toMatch(/请到柜台办理。$/);
  });
});

describe('the other ways', () => {
  it('have a name and one short line each, none of them in Latin letters alone', () => {
    const { names, notes } = kioskZhCn.methods;
    expect([Object.keys(names), Object.keys(notes)]).toEqual([[...FALLBACK_METHODS], [...FALLBACK_METHODS]]);
    expect([...Object.values(names), ...Object.values(notes)].filter((text) => [...text].length > 16)).toEqual([]);
    const english = kioskEn.methods;
    expect(
      [...Object.values(english.names), ...Object.values(english.notes)].filter((text) => text.length > 32),
    ).toEqual([]);
  });
});

describe('small parts', () => {
  it('counts down in minutes and seconds', () => {
    expect([600, 61, 59.2, 5, 0, -3].map(clockText)).toEqual(['10:00', '1:01', '1:00', '0:05', '0:00', '0:00']);
  });

  it('keeps both ends of a long order', () => {
    expect(orderText('CT-20261121-0042')).toBe('CT-20261121-0042');
    const long = 'BRANCH0755.COUNTER-12.20261121.000001942';
    expect(orderText(long)).toBe('BRANCH0755.COUN…00001942');
  });

  it('asks for another card where the child’s was laid down again', () => {
    const guide = (problem: ReasonCode | null) => guardianGuide({ phase: 'searching', problem });
    expect(
      [null, 'guardian.same-card', 'card.left-on-reader', 'card.pulled'].map((code) => guide(code as ReasonCode)),
    ).toEqual(['lay', 'swap', 'swap', 'stay']);
    expect(guardianGuide({ phase: 'reading', problem: null })).toBe('reading');
  });

  it('has Chinese words wherever it has words', () => {
    const latin: string[] = [];
    const look = (tree: object, path: string): void => {
      for (const [key, value] of Object.entries(tree)) {
        if (typeof value !== 'string') look(value as object, `${path}${key}.`);
        else if (!/\p{Script=Han}/u.test(value)) latin.push(path + key);
      }
    };
    look(kioskZhCn, '');
    expect(latin).toEqual(['top.english', 'entry.toLetters', 'entry.toDigits']);
  });
});
