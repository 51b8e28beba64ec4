import { wilsonInterval, type Interval } from '../../../../src/main/comparison/intervals.ts';
import {
  DOCUMENT_WARNING_KINDS,
  DOCUMENT_WARNING_REASONS,
  type DocumentWarning,
  type DocumentWarningKind,
} from '../../../../src/shared/domain/document-warning.ts';
import type { ReasonCode } from '../../../../src/shared/reasons.ts';
import type { Photo } from './camera.ts';
import type { FlatCard } from './flat-card.ts';
import { rendered, type Variant } from './variants.ts';

/** What came of one photograph: its warnings, or why it was refused before there were any. */
export type Judgement = readonly DocumentWarning[] | { readonly refused: ReasonCode };

export interface WarningTrial {
  readonly variant: string;
  /** Null for a genuine card. */
  readonly expects: DocumentWarningKind | null;
  readonly page: FlatCard['page'];
  readonly seed: number;
  /** Kinds that were looked for, and those that were raised; a refusal raises the warning it stands for. */
  readonly judged: readonly DocumentWarningKind[];
  readonly raised: readonly DocumentWarningKind[];
}

export interface WarningRun {
  readonly variants: readonly Variant[];
  readonly seeds: readonly number[];
  /** The card of a seed and somebody else's of the same page, at least 1600 pixels wide. */
  readonly cards: (seed: number) => Promise<readonly [card: FlatCard, other: FlatCard]>;
  readonly judge: (photo: Photo, card: FlatCard) => Promise<Judgement>;
  readonly onTrial?: (trial: WarningTrial) => void;
}

/** Renders and judges every variant of every seed. */
export async function runWarningTrials(run: WarningRun): Promise<readonly WarningTrial[]> {
  const trials: WarningTrial[] = [];
  for (const seed of run.seeds) {
    const [usual, other] = await run.cards(seed);
    for (const variant of run.variants) {
      const card = variant.subject ? await variant.subject(seed) : usual;
      if (variant.pages && !variant.pages.includes(card.page)) continue;
      const photo = await rendered(variant, card, other, seed);
      const trial = trialOf(variant, card, seed, await run.judge(photo, card));
      trials.push(trial);
      run.onTrial?.(trial);
    }
  }
  return trials;
}

function trialOf(variant: Variant, { page }: FlatCard, seed: number, judgement: Judgement): WarningTrial {
  const { name, expects } = variant;
  if ('refused' in judgement) {
    const raised = DOCUMENT_WARNING_KINDS.filter((kind) => DOCUMENT_WARNING_REASONS[kind] === judgement.refused);
    return { variant: name, expects, page, seed, judged: DOCUMENT_WARNING_KINDS, raised };
  }
  const raised = judgement.filter((warning) => warning.raised).map(({ kind }) => kind);
  return { variant: name, expects, page, seed, judged: judgement.map(({ kind }) => kind), raised };
}

/** So many of so many, with the 95 % interval after Wilson. */
export interface Share extends Interval {
  readonly hits: number;
  readonly trials: number;
}

export interface WarningRates {
  readonly kind: DocumentWarningKind;
  /** Raised where it should be. */
  readonly found: Share;
  /** Raised on genuine cards. */
  readonly falseAlarms: Share;
  readonly foundByVariant: Readonly<Record<string, Share>>;
  readonly falseAlarmsByVariant: Readonly<Record<string, Share>>;
}

/** Rates of every warning that some trial looked for. */
export function warningRates(trials: readonly WarningTrial[]): readonly WarningRates[] {
  return DOCUMENT_WARNING_KINDS.flatMap((kind) => {
    const attacks = trials.filter(({ expects }) => expects === kind);
    const genuine = trials.filter(({ expects, judged }) => expects === null && judged.includes(kind));
    if (attacks.length === 0 && genuine.length === 0) return [];
    return [
      {
        kind,
        found: shareOf(attacks, kind),
        falseAlarms: shareOf(genuine, kind),
        foundByVariant: byVariant(attacks, kind),
        falseAlarmsByVariant: byVariant(genuine, kind),
      },
    ];
  });
}

function shareOf(trials: readonly WarningTrial[], kind: DocumentWarningKind): Share {
  const hits = trials.filter(({ raised }) => raised.includes(kind)).length;
  return { hits, trials: trials.length, ...wilsonInterval(hits, trials.length) };
}

function byVariant(trials: readonly WarningTrial[], kind: DocumentWarningKind): Readonly<Record<string, Share>> {
  const names = [...new Set(trials.map(({ variant }) => variant))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      shareOf(
        trials.filter(({ variant }) => variant === name),
        kind,
      ),
    ]),
  );
}

/** A Markdown table: a line for each warning, and below it those of its variants that stay under 95 %. */
export function warningTable(rates: readonly WarningRates[]): readonly string[] {
  return [
    '| warning | found | 95 % interval | false alarms | 95 % interval |',
    '|---|---|---|---|---|',
    ...rates.flatMap(({ kind, found, falseAlarms, foundByVariant }) => [
      `| **${kind}** | ${countText(found)} | ${intervalText(found)} | ${countText(falseAlarms)} | ${intervalText(falseAlarms)} |`,
      ...Object.entries(foundByVariant)
        .filter(([, { hits, trials }]) => hits / trials < 0.95)
        .map(([name, share]) => `| ↳ ${name} | ${countText(share)} | ${intervalText(share)} | | |`),
    ]),
  ];
}

function countText({ hits, trials }: Share): string {
  return trials === 0 ? '–' : `${((100 * hits) / trials).toFixed(1)} % (${hits}/${trials})`;
}

function intervalText({ low, high, trials }: Share): string {
  return trials === 0 ? '–' : `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %`;
}
