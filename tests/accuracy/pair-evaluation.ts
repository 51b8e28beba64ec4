import {
  measuredRate,
  TABLE_RATES,
  type KnownScore,
  type MeasuredRate,
} from '../../src/main/comparison/calibration.ts';
import { trialsNeededFor } from '../../src/main/comparison/intervals.ts';
import {
  bestThreshold,
  detCurve,
  equalErrorRate,
  foldedAccuracy,
  scoreSets,
  setsOf,
  type FoldedAccuracy,
  type OperatingPoint,
  type ScoreSets,
} from '../../src/main/comparison/roc.ts';
import { cosineSimilarity } from '../../src/main/comparison/similarity.ts';
import type { Embedding } from '../../src/main/inference/face-embedder.ts';
import type { PairKind } from '../../src/shared/domain/comparison.ts';
import type { LabelledPair } from './dataset.ts';
import type { EmbeddingCache, Missing, Side } from './embedding-cache.ts';

/** Rates that the summary shows. */
const SHOWN_RATES = [1e-2, 1e-3, 1e-4, 1e-5] as const;

/** The figures of one kind of pair. */
export interface PairEvaluation {
  readonly kind: PairKind;
  /** `cross`: every image with every other; `listed`: the pairs as the data has them. */
  readonly scored: 'cross' | 'listed';
  readonly images: number;
  readonly withoutFace: number;
  readonly unreadable: number;
  readonly genuinePairs: number;
  readonly impostorPairs: number;
  readonly subjects: number | null;
  readonly equalErrorRate: number | null;
  /** Of `TABLE_RATES`, those that the data supports. */
  readonly rates: readonly MeasuredRate[];
  readonly unsupported: readonly number[];
  readonly listed: ListedPairs;
  readonly curve: readonly OperatingPoint[];
}

/** The pairs as the data lists them; a pair without two faces counts as refused. */
export interface ListedPairs {
  readonly pairs: number;
  readonly refusedWithoutFace: number;
  /** Chosen on the very pairs it is judged on, so a little too good. */
  readonly best: { readonly threshold: number; readonly accuracy: number };
  readonly folded: FoldedAccuracy | null;
}

interface Image {
  readonly subject: string;
  readonly live: Embedding | Missing;
  /** The side that the other image of a pair shows: the same for live–live. */
  readonly other: Embedding | Missing;
}

/**
 * Scores pairs of one kind through the product's chain.
 *
 * @param cross scores every image with every other, which needs a subject for each; live–chip counts both directions.
 */
export async function evaluatePairs(
  pairs: readonly LabelledPair[],
  kind: PairKind,
  cross: boolean,
  cache: EmbeddingCache,
  random: () => number,
  progress: (done: number, total: number) => void,
): Promise<PairEvaluation> {
  const images = await embedAll(pairs, kind, cache, progress);
  const listed = pairs.map((pair) => ({ ...pair, similarity: similarityOf(images, pair) }));
  const scored = cross ? crossScores([...images.values()], kind) : listedScores(images, listed);
  const sides = [...images.values()].map(({ live, other }) => [live, other].find((side) => typeof side === 'string'));
  const supported = TABLE_RATES.filter((far) => scored.sets.impostor.length >= trialsNeededFor(far));
  const complete = scored.sets.genuine.length > 0 && scored.sets.impostor.length > 0;
  const subjects = new Set([...images.values()].map(({ subject }) => subject)).size;
  return {
    kind,
    scored: cross ? 'cross' : 'listed',
    images: images.size,
    withoutFace: sides.filter((side) => side === 'no-face').length,
    unreadable: sides.filter((side) => side === 'unreadable').length,
    genuinePairs: scored.sets.genuine.length,
    impostorPairs: scored.sets.impostor.length,
    subjects,
    equalErrorRate: complete ? equalErrorRate(scored.sets) : null,
    rates: complete ? supported.map((far) => measuredRate(scored.sets, scored.genuine, far, random)) : [],
    unsupported: SHOWN_RATES.filter((far) => !(supported as readonly number[]).includes(far)),
    listed: listedPairs(listed),
    curve: detCurve(scored.sets),
  };
}

async function embedAll(
  pairs: readonly LabelledPair[],
  kind: PairKind,
  cache: EmbeddingCache,
  progress: (done: number, total: number) => void,
): Promise<Map<string, Image>> {
  const otherSide: Side = kind === 'live-chip' ? 'chip' : 'live';
  const subjects = subjectsOf(pairs);
  const images = new Map<string, Image>();
  for (const [file, subject] of subjects) {
    const live = await cache.embed(file, 'live');
    images.set(file, { subject, live, other: otherSide === 'live' ? live : await cache.embed(file, otherSide) });
    progress(images.size, subjects.size);
  }
  return images;
}

/** Every image with its subject; where none is named, images joined by same-person pairs are one person's. */
function subjectsOf(pairs: readonly LabelledPair[]): Map<string, string> {
  const parents = new Map<string, string>();
  const rootOf = (file: string): string => {
    const parent = parents.get(file) ?? file;
    return parent === file ? file : rootOf(parent);
  };
  const named = new Map<string, string>();
  for (const { a, b, same, subjectA, subjectB } of pairs) {
    if (subjectA !== undefined) named.set(a, subjectA);
    if (subjectB !== undefined) named.set(b, subjectB);
    for (const file of [a, b]) if (!parents.has(file)) parents.set(file, file);
    if (same) parents.set(rootOf(a), rootOf(b));
  }
  return new Map([...parents.keys()].map((file) => [file, named.get(file) ?? rootOf(file)]));
}

function similarityOf(images: ReadonlyMap<string, Image>, { a, b }: LabelledPair): number | null {
  const first = images.get(a)!.live;
  const second = images.get(b)!.other;
  return typeof first === 'string' || typeof second === 'string' ? null : cosineSimilarity(first, second);
}

interface Scored {
  readonly sets: ScoreSets;
  readonly genuine: readonly KnownScore[];
}

function listedScores(
  images: ReadonlyMap<string, Image>,
  listed: readonly (LabelledPair & { readonly similarity: number | null })[],
): Scored {
  const scores = listed.flatMap(({ a, same, similarity }) =>
    similarity === null ? [] : [{ similarity, same, subject: images.get(a)!.subject }],
  );
  return { sets: setsOf(scores), genuine: scores.filter(({ same }) => same) };
}

function crossScores(images: readonly Image[], kind: PairKind): Scored {
  const genuine: KnownScore[] = [];
  const impostor = new Float64Array(images.length * (images.length - 1));
  let impostors = 0;
  for (const [i, first] of images.entries()) {
    if (typeof first.live === 'string') continue;
    for (let k = kind === 'live-chip' ? 0 : i + 1; k < images.length; k++) {
      const second = images[k]!;
      if (k === i || typeof second.other === 'string') continue;
      const similarity = cosineSimilarity(first.live, second.other);
      if (first.subject === second.subject) genuine.push({ similarity, same: true, subject: first.subject });
      else impostor[impostors++] = similarity;
    }
  }
  const sets = scoreSets(
    genuine.map(({ similarity }) => similarity),
    impostor.subarray(0, impostors),
  );
  return { sets, genuine };
}

/** Below every cosine: such a pair is refused at any threshold. */
const REFUSED = -2;

function listedPairs(listed: readonly (LabelledPair & { readonly similarity: number | null })[]): ListedPairs {
  const scores = listed.map(({ similarity, same, fold }) => ({
    similarity: similarity ?? REFUSED,
    same,
    fold: fold ?? 0,
  }));
  const folded = listed.every(({ fold }) => fold !== undefined) ? foldedAccuracy(scores) : null;
  return {
    pairs: listed.length,
    refusedWithoutFace: listed.filter(({ similarity }) => similarity === null).length,
    best: bestThreshold(setsOf(scores)),
    folded,
  };
}
