import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAppendedAddress, parseTextBlock } from '../../../src/main/card-reader/layouts.ts';
import { applyChange } from '../../../src/main/card-reader/simulator/control.ts';
import { deckOf, loadDeck, type DeckCard } from '../../../src/main/card-reader/simulator/deck.ts';
import { loadScript, runScript } from '../../../src/main/card-reader/simulator/script.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { ruleOnDocument } from '../../../src/main/certification/document-rules.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { numberAgreesWith } from '../../../src/shared/domain/number-agreement.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

const DECK = join(import.meta.dirname, '../../../resources/cards/deck');
const TODAY = '2026-11-21';

async function shippedCards(): Promise<readonly DeckCard[]> {
  const deck = await loadDeck(DECK);
  if (!deck.ok) throw new Error(deck.error.detail);
  return deck.value.cards;
}

describe('the deck that ships', () => {
  test('has cards of all four kinds, each with a portrait that fits', async () => {
    const cards = await shippedCards();
    expect(cards.length).toBeGreaterThanOrEqual(12);
    expect(new Set(cards.map(({ card }) => card.kind))).toEqual(new Set(CARD_KINDS));
    for (const { card } of cards) expect(card.portrait?.length).toBeLessThanOrEqual(1024);
  });

  test('reads as its files say', async () => {
    for (const { card } of await shippedCards()) {
      const { text, appendedAddress } = encodeCard(card);
      const { appendedAddress: written, ...fields } = card.fields;
      expect(parseTextBlock(text)).toEqual({ ok: true, value: { kind: card.kind, fields } });
      if (appendedAddress) expect(parseAppendedAddress(appendedAddress)).toEqual({ ok: true, value: written });
    }
  });

  test('is ruled on as the names of its files say', async () => {
    const rulings = (await shippedCards()).map(({ id, card }) => {
      const document = {
        kind: card.kind,
        fields: card.fields,
        portrait: { state: 'absent' as const },
        simulated: true,
      };
      const ruling = ruleOnDocument(document, TODAY, numberAgreesWith(card.kind, card.fields, TODAY).ok);
      return [id, ruling.kind === 'accepted' ? null : ruling.reason];
    });
    expect(rulings.filter(([, reason]) => reason !== null)).toEqual([
      ['08-resident-expired', 'document.expired'],
      ['09-resident-not-yet-valid', 'document.not-yet-valid'],
      ['10-resident-under-14', 'document.guardian-needed'],
      ['11-resident-wrong-check-digit', 'document.number-invalid'],
    ]);
  });

  test('covers what cards can hold', async () => {
    const fields = (await shippedCards()).map(({ card }) => ({ ...card.fields, ...card }));
    const having = {
      longTerm: fields.filter(({ validTo }) => validTo === 'long-term'),
      middleDot: fields.filter(({ name }) => name.includes('·')),
      surrogates: fields.filter(({ name }) => /[\ud800-\udbff]/.test(name)),
      longEnglish: fields.filter(({ englishName }) => (englishName?.length ?? 0) > 35),
      unknownNation: fields.filter(({ nation }) => nation?.startsWith('代码')),
      appended: fields.filter(({ appendedAddress }) => appendedAddress !== undefined),
      fingerprints: fields.filter(({ fingerprintBytes }) => (fingerprintBytes ?? 0) > 0),
      former: fields.filter(({ formerNumber }) => formerNumber !== undefined),
      numberX: fields.filter(({ number }) => number.endsWith('X')),
    };
    for (const [what, cards] of Object.entries(having)) expect([what, cards.length > 0]).toEqual([what, true]);
  });
});

describe('decks and scripts', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deck-test-'));
    await writeFile(join(folder, 'a.json'), JSON.stringify(CARDS.resident));
    await writeFile(join(folder, 'b.json'), JSON.stringify(CARDS.hmt));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const script = async (steps: unknown) => {
    const path = join(folder, 'script.day');
    await writeFile(path, typeof steps === 'string' ? steps : JSON.stringify(steps));
    return loadScript(path);
  };

  test('a deck begins again after its last card, and is dealt by control lines', async () => {
    const loaded = await loadDeck(folder);
    if (!loaded.ok) throw new Error(loaded.error.detail);
    const reader = new SimulatedReader(new VirtualTiming());
    expect(await applyChange(reader, { deck: 'next' }, loaded.value)).toEqual({ ok: true, value: null });
    expect(reader.hasCard).toBe(true);
    expect([loaded.value.next().id, loaded.value.next().id]).toEqual(['b', 'a']);
    expect(await applyChange(reader, { deck: 'next' })).toMatchObject({ error: { code: 'request.invalid' } });
    expect(() => deckOf([])).toThrow(RangeError);
  });

  test('a folder that is missing, empty, or holds a wrong card', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'));
    for (const path of [join(folder, 'none'), empty]) {
      expect(await loadDeck(path)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    }
    await writeFile(join(empty, 'wrong.json'), '{}');
    expect(await loadDeck(empty)).toMatchObject({
      error: { detail: expect.stringMatching(/^wrong\.json: /) as string },
    });
  });

  test('a script is carried out at its times', async () => {
    const loaded = await script([
      { atMs: 0, card: 'a.json' },
      { atMs: 1500, fault: 'no-card@60' },
      { atMs: 2500.5, card: null, fault: 'none' },
    ]);
    if (!loaded.ok) throw new Error(loaded.error.detail);
    const timing = new VirtualTiming();
    const reader = new SimulatedReader(timing);
    const startMs = timing.clock.monotonicMs();
    const seen: unknown[] = [];
    await timing.run(
      runScript(reader, loaded.value, timing, new AbortController().signal, ({ cardName, fault }) => {
        seen.push([timing.clock.monotonicMs() - startMs, reader.hasCard, cardName, fault]);
      }),
    );
    expect(seen).toEqual([
      [0, true, 'a.json', undefined],
      [1500, true, undefined, 'no-card@60'],
      [2500.5, false, undefined, 'none'],
    ]);
  });

  test('an aborted script stops where it is', async () => {
    const loaded = await script([
      { atMs: 0, card: 'a.json' },
      { atMs: 10, card: null },
    ]);
    if (!loaded.ok) throw new Error(loaded.error.detail);
    const timing = new VirtualTiming();
    const reader = new SimulatedReader(timing);
    const stop = new AbortController();
    await timing.run(runScript(reader, loaded.value, timing, stop.signal, () => stop.abort()));
    expect(reader.hasCard).toBe(true);
  });

  test.each([
    ['no JSON', '[', /script \(/],
    ['no step', [], /script/],
    ['an empty step', [{ atMs: 1 }], /neither card nor fault/],
    [
      'steps out of order',
      [
        { atMs: 2, fault: 'none' },
        { atMs: 1, fault: 'none' },
      ],
      /order of atMs/,
    ],
    ['an unknown fault', [{ atMs: 0, fault: 'explode' }], /step 0: unknown fault/],
    ['a card that is missing', [{ atMs: 0, card: 'c.json' }], /step 0: the card file can not be read/],
  ])('%s is refused before anything happens', async (_, steps, detail) => {
    expect(await script(steps)).toMatchObject({
      error: { code: 'request.invalid', detail: expect.stringMatching(detail) as string },
    });
  });
});
