import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import type { DocumentGuidance, DocumentHint } from '../../../../src/shared/domain/document-reading.ts';
import type { FoundCard } from '../../../../src/main/inference/documents/contract.ts';
import {
  createDocumentWatch,
  lookForCard,
  type LookedAt,
} from '../../../../src/main/inference/documents/watch/document-watch.ts';
import {
  createDocumentWatches,
  MOST_WATCHES,
} from '../../../../src/main/inference/documents/watch/document-watches.ts';
import { problemWith, type CardSight } from '../../../../src/main/inference/documents/watch/document-problem.ts';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import { renderScene, type SceneCard } from '../../../support/documents/card-scene.ts';

const PICTURE: Frame = { width: 640, height: 360, rgb: new Uint8Array(640 * 360 * 3) };
const GOOD: CardSight = {
  share: 0.6,
  tilt: 5,
  cut: 0,
  dotsPerMm: 4.5,
  bright: 180,
  glare: 0,
  blurMm: 0.15,
  moved: 0,
};

function cardAt(x: number): FoundCard {
  return {
    quad: [
      [x, 60],
      [x + 380, 60],
      [x + 380, 300],
      [x, 300],
    ],
    size: 'ID-1',
    score: 0.9,
    cut: 0,
  };
}
const NOTHING: LookedAt = { cards: [], sight: null };
const still = (change: Partial<CardSight> = {}, x = 100): LookedAt => ({
  cards: [cardAt(x)],
  sight: { ...GOOD, ...change },
});

/** Shows one sight after another, 100 ms apart. */
function shown(sights: readonly LookedAt[], again: readonly number[] = []): DocumentGuidance[] {
  let next = NOTHING;
  const watch = createDocumentWatch('id-card-front', () => next);
  return sights.map((sight, i) => {
    next = sight;
    if (again.includes(i)) watch.again();
    return watch.see({ picture: PICTURE, capturedAtMs: 1_000 + 100 * i });
  });
}
const times = (count: number, sight: LookedAt): LookedAt[] => Array.from({ length: count }, () => sight);
const takes = (answers: readonly DocumentGuidance[]): number[] => answers.flatMap(({ take }, i) => (take ? [i] : []));

describe('watching a document', () => {
  it('takes the picture once, when the card has been still for long enough', () => {
    const answers = shown(times(30, still()));
    expect(takes(answers)).toEqual([7]);
    expect(answers.slice(0, 9).map(({ progress }) => Math.round(progress * 7))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 7]);
    expect(answers.at(-1)).toMatchObject({ hint: null, progress: 1, take: false });
  });

  it('takes another one when it is asked to, or when the card left and one came', () => {
    expect(takes(shown(times(30, still()), [12]))).toEqual([7, 19]);
    expect(takes(shown([...times(10, still()), ...times(10, NOTHING), ...times(10, still())]))).toEqual([7, 27]);
    expect(takes(shown([...times(10, still()), ...times(4, NOTHING), ...times(16, still())]))).toEqual([7]);
  });

  it('waits for a card that moves, and follows it without falling behind', () => {
    const moving = Array.from({ length: 20 }, (_, i) => still({}, 60 + 10 * i));
    const answers = shown([...moving, ...times(12, still({}, 250))]);
    expect(takes(answers)).toEqual([27]);
    expect(answers[10]!.hint).toBe('moving');
    const behind = answers.slice(0, 20).map(({ outline }, i) => Math.abs(outline![0][0] * 640 - (60 + 10 * i)));
    expect(Math.max(...behind)).toBeLessThan(1);
  });

  it('quietens the unrest of a card that lies', () => {
    const unrest = Array.from({ length: 20 }, (_, i) => still({}, 100 + (i % 2)));
    const xs = shown(unrest).map(({ outline }) => outline![0][0] * 640);
    const steps = xs.slice(1).map((x, i) => Math.abs(x - xs[i]!));
    expect(Math.max(...steps)).toBeLessThan(0.75);
    expect(takes(shown(unrest))).toEqual([7]);
  });

  it('keeps outline and progress when a card is missed for a moment, and lets go after it', () => {
    const answers = shown([...times(4, still()), ...times(2, NOTHING), ...times(6, still()), ...times(8, NOTHING)]);
    expect(answers[5]).toMatchObject({ hint: null, progress: 3 / 7 });
    expect(answers[5]!.outline).not.toBeNull();
    expect(takes(answers)).toEqual([7]);
    expect(answers.at(-1)).toEqual({ outline: null, hint: 'no-card', progress: 0, take: false });
  });

  it('says one thing at a time and lets it go when it is gone, without flicker', () => {
    const bad: Partial<Record<DocumentHint, LookedAt>> = {
      'no-card': NOTHING,
      'several-cards': { cards: [cardAt(100), cardAt(60)], sight: GOOD },
      closer: still({ share: 0.2 }),
      further: still({ share: 0.99 }),
      'border-cut': still({ cut: 1 }),
      tilted: still({ tilt: 40 }),
      dark: still({ bright: 30 }),
      glare: still({ glare: 0.05 }),
      blurred: still({ blurMm: 0.6 }),
    };
    for (const [hint, sight] of Object.entries(bad)) {
      const answers = shown([...times(4, still()), ...times(7, sight), ...times(12, still())]);
      expect([hint, answers[4]!.hint, answers[10]!.hint, answers.at(-1)!.hint]).toEqual([hint, null, hint, null]);
      expect([hint, takes(answers)]).toEqual([hint, [18]]);
    }
    const flicker = Array.from({ length: 20 }, (_, i) => still({ glare: i % 2 === 0 ? 0 : 0.05 }));
    expect(new Set(shown(flicker).map(({ hint }) => hint))).toEqual(new Set([null]));
  });

  it('names the most important thing first, and keeps a hint until its cause is clearly gone', () => {
    const all = { ...GOOD, share: 0.2, cut: 1, tilt: 50, bright: 10, glare: 0.1, blurMm: 1, moved: 0.1 };
    expect(problemWith(all, 'id-card-front', null)).toBe('closer');
    expect(problemWith({ ...all, share: 0.6 }, 'id-card-front', null)).toBe('border-cut');
    expect(problemWith({ ...all, share: 0.6, cut: 0 }, 'id-card-front', null)).toBe('tilted');
    const nearly = { ...GOOD, tilt: 26 };
    expect([null, 'tilted' as const].map((hint) => problemWith(nearly, 'id-card-front', hint))).toEqual([
      null,
      'tilted',
    ]);
  });
});

// Rendering takes longer than looking.
vi.setConfig({ testTimeout: 120_000 });

describe('a card in a live picture', () => {
  const look = async (card: Partial<SceneCard>, more: { blur?: number; light?: number } = {}) => {
    const { picture } = await renderScene({
      seed: 3,
      width: 640,
      height: 360,
      ground: 'wood',
      cards: [{ face: 'id-front', x: 0.5, y: 0.5, width: 0.55, turn: 5, tiltX: 4, tiltY: 4, ...card }],
      blur: 0.5,
      ...more,
    });
    const { cards, sight } = lookForCard(picture, 'id-card-front');
    expect(cards).toHaveLength(1);
    return problemWith({ ...sight!, moved: 0 }, 'id-card-front', null);
  };

  it('shows what is wrong with it', async () => {
    expect({
      good: await look({}),
      back: await look({ face: 'id-back' }),
      closer: await look({ width: 0.3 }),
      tilted: await look({ tiltY: 36 }),
      dark: await look({}, { light: 0.22 }),
      glare: await look({ glare: { x: 0.4, y: 0.5, radius: 0.09 } }),
      blurred: await look({}, { blur: 2.2 }),
    }).toEqual({
      good: null,
      back: null,
      closer: 'closer',
      tilted: 'tilted',
      dark: 'dark',
      glare: 'glare',
      blurred: 'blurred',
    });
  });
});

describe('the watches of a process', () => {
  it('are kept apart, bounded, and begin anew with another page', async () => {
    const jpeg = new Uint8Array(
      await sharp({ create: { width: 64, height: 48, channels: 3, background: '#888' } })
        .jpeg()
        .toBuffer(),
    );
    const seen: Frame[] = [];
    const watches = createDocumentWatches((picture) => {
      seen.push(picture);
      return still();
    });
    const watch = (watchId: string, page: 'id-card-front' | 'id-card-back', capturedAtMs: number) =>
      watches.watch({ watchId, jpeg, page, capturedAtMs });
    await watch('a', 'id-card-front', 0);
    expect(await watch('a', 'id-card-front', 800)).toMatchObject({ ok: true, value: { take: true } });
    expect(await watch('a', 'id-card-back', 1_600)).toMatchObject({ ok: true, value: { take: false, progress: 0 } });
    for (let i = 0; i < 10; i++) await watch(`b${i}`, 'id-card-front', 0);
    expect(watches.count()).toBe(MOST_WATCHES);
    watches.end('b9');
    watches.end('unknown');
    expect(watches.count()).toBe(MOST_WATCHES - 1);
    expect(seen.every(({ rgb }) => rgb.every((value) => value === 0))).toBe(true);
    expect(
      await watches.watch({ watchId: 'a', jpeg: jpeg.subarray(0, 40), page: 'id-card-back', capturedAtMs: 0 }),
    ).toMatchObject({
      ok: false,
      error: { code: 'inference.image-invalid' },
    });
  });
});
