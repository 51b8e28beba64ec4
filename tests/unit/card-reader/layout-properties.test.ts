import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FOREIGNER_2017,
  FOREIGNER_2023,
  HMT,
  KIND_FLAG,
  RESIDENT,
  type Span,
} from '../../../src/main/card-reader/layout-fields.ts';
import { parseAppendedAddress, parseTextBlock } from '../../../src/main/card-reader/layouts.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { CARD_KINDS, type CardKind } from '../../../src/shared/domain/document.ts';
import { cardOf } from '../../support/card-reader/random-cards.ts';

const LAYOUTS: Readonly<Record<CardKind, Readonly<Record<string, Span>>>> = {
  resident: RESIDENT,
  hmt: HMT,
  'foreigner-2017': FOREIGNER_2017,
  'foreigner-2023': FOREIGNER_2023,
};
/** Places that the standard reserves, and the tail of resident cards. */
const RESERVED: Readonly<Record<CardKind, readonly Span[]>> = {
  resident: [
    [220, 28],
    [250, 6],
  ],
  hmt: [
    [32, 4],
    [242, 6],
    [250, 6],
  ],
  'foreigner-2017': [[250, 6]],
  'foreigner-2023': [[158, 30]],
};
const RUNS = 3000;

describe.each(CARD_KINDS)('%s', (kind) => {
  test('its fields, its reserved places and the flag fill the 256 bytes exactly once', () => {
    const spans = [...Object.values(LAYOUTS[kind]), ...RESERVED[kind], KIND_FLAG].sort((a, b) => a[0] - b[0]);
    let at = 0;
    for (const [offset, bytes] of spans) {
      expect(offset).toBe(at);
      at += bytes;
    }
    expect(at).toBe(256);
  });

  test('whatever a card says is read as it was written', () => {
    fc.assert(
      fc.property(cardOf(kind), (card) => {
        expect(parseTextBlock(encodeCard(card).text)).toEqual({ ok: true, value: card });
      }),
      { numRuns: RUNS },
    );
  });

  test('padded with U+0000 it reads the same', () => {
    fc.assert(
      fc.property(cardOf(kind), (card) => {
        const text = encodeCard(card).text;
        for (const [field, [offset, bytes]] of Object.entries(LAYOUTS[kind])) {
          // The space between two names at the seam is text.
          const isSeam = field === 'englishNameStart' && (card.fields.englishName?.length ?? 0) > bytes / 2;
          if (!isSeam) zeroPadding(text, offset, bytes);
        }
        expect(parseTextBlock(text)).toEqual({ ok: true, value: card });
      }),
      { numRuns: RUNS / 10 },
    );
  });

  test('reserved places are not looked at', () => {
    fc.assert(
      fc.property(cardOf(kind), fc.uint8Array({ minLength: 28, maxLength: 28 }), (card, junk) => {
        const text = encodeCard(card).text;
        for (const [offset, bytes] of RESERVED[kind]) text.set(junk.subarray(0, bytes), offset);
        expect(parseTextBlock(text)).toEqual({ ok: true, value: card });
      }),
      { numRuns: RUNS / 10 },
    );
  });
});

test('half a surrogate pair in any text field makes that field unreadable', () => {
  const texts = [
    'name',
    'address',
    'issuer',
    'passNumber',
    'number',
    'englishName',
    'englishNameStart',
    'englishNameEnd',
  ];
  let broken = 0;
  for (const kind of CARD_KINDS) {
    const [card] = fc.sample(cardOf(kind), { numRuns: 1, seed: 7 });
    for (const [field, [offset, bytes]] of Object.entries(LAYOUTS[kind])) {
      if (!texts.includes(field)) continue;
      for (const half of [0xd842, 0xdfb7]) {
        for (const at of [offset, offset + bytes - 2]) {
          const text = Buffer.from(encodeCard(card!).text);
          text.write('样'.repeat(bytes / 2), offset, 'utf16le');
          text.writeUInt16LE(half, at);
          expect(parseTextBlock(text)).toMatchObject({ ok: false, error: { code: 'card.malformed' } });
          broken++;
        }
      }
    }
  }
  expect(broken).toBe(4 * (4 + 5 + 4 + 4));
});

test('a pair that is cut by the seam of a long English name is whole again', () => {
  const englishName = `${'A'.repeat(34)}\u{20bb7} TEST`;
  const [card] = fc.sample(cardOf('foreigner-2023'), { numRuns: 1, seed: 7 });
  const { text } = encodeCard({ ...card!, fields: { ...card!.fields, englishName } });
  expect(parseTextBlock(text)).toMatchObject({ ok: true, value: { fields: { englishName } } });
});

test.each(['\u0000', '\u0007', '\u007f', '\u0085', '\ufffd', '\ufffe', '\uffff'])('%j inside a name', (bad) => {
  const [card] = fc.sample(cardOf('resident'), { numRuns: 1, seed: 7 });
  const text = Buffer.from(encodeCard(card!).text);
  text.write(`样${bad}本`, RESIDENT.name[0], 'utf16le');
  expect(parseTextBlock(text)).toEqual({ ok: false, error: { code: 'card.malformed', detail: 'unreadable: name' } });
});

test.each(['3', '8', 'M', '男', ' ', '\0'])('sex code %j', (code) => {
  const [card] = fc.sample(cardOf('resident'), { numRuns: 1, seed: 7 });
  const text = Buffer.from(encodeCard(card!).text);
  text.write(code, RESIDENT.sex[0], 'utf16le');
  expect(parseTextBlock(text)).toEqual({ ok: false, error: { code: 'card.malformed', detail: 'unreadable: sex' } });
});

describe('appended addresses', () => {
  const block = (text: string, padding = ' '): Uint8Array => Buffer.from(text.padEnd(35, padding), 'utf16le');

  test.each([
    ['测试省样例市新址路7号', '测试省样例市新址路7号'],
    ['址'.repeat(35), '址'.repeat(35)],
    [`${'址'.repeat(33)}𠮷`, `${'址'.repeat(33)}𠮷`],
    ['', null],
  ])('%j', (written, read) => {
    expect(parseAppendedAddress(block(written))).toEqual({ ok: true, value: read });
    expect(parseAppendedAddress(block(written, '\0'))).toEqual({ ok: true, value: read });
  });

  test('another length, or a cut character', () => {
    expect(parseAppendedAddress(new Uint8Array(69))).toMatchObject({ error: { code: 'card.malformed' } });
    expect(parseAppendedAddress(block(`${'址'.repeat(34)}\ud842`))).toEqual({
      ok: false,
      error: { code: 'card.malformed', detail: 'unreadable: appendedAddress' },
    });
  });

  test('are a view like any other', () => {
    const whole = new Uint8Array(80);
    whole.set(block('测试路'), 5);
    expect(parseAppendedAddress(whole.subarray(5, 75))).toEqual({ ok: true, value: '测试路' });
  });
});

/** Replaces the spaces behind a field's text by zeros. */
function zeroPadding(text: Uint8Array, offset: number, bytes: number): void {
  for (let at = offset + bytes - 2; at >= offset && text[at] === 0x20 && text[at + 1] === 0; at -= 2) text[at] = 0;
}
