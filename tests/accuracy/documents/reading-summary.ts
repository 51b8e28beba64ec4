import { wilsonInterval } from '../../../src/main/comparison/intervals.ts';
import {
  ID_CARD_BACK_FIELDS,
  ID_CARD_FRONT_FIELDS,
  type IdCardField,
} from '../../../src/shared/domain/document-reading.ts';
import type { TrialOutcome } from './reading-trial.ts';

/** So many of so many, with the 95 % interval after Wilson. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

export interface FieldRow {
  readonly field: IdCardField;
  /** Whole values that are right, sure or not; a refused picture counts as wrong. */
  readonly exact: Share;
  /** Characters that are right. */
  readonly characters: Share;
  /** Values with a doubt, of the pictures that were read. */
  readonly unsure: Share;
  /** Wrong values without a doubt, of the pictures that were read: nobody would look at them again. */
  readonly wrongThoughSure: Share;
  /** Those of them that hold a character which the reading model doesn't know. */
  readonly wrongUnknownCharacter: number;
}

export interface SideRow {
  readonly side: 'front' | 'back';
  readonly read: Share;
  readonly upright: Share;
  readonly refusals: Readonly<Record<string, number>>;
  /** Warnings on pictures that deserve none but those about the picture. */
  readonly raised: Readonly<Record<string, number>>;
  readonly cornerErrorMedian: number | null;
  readonly cornerErrorP95: number | null;
  readonly medianMs: number;
  readonly p95Ms: number;
}

export interface GroupSummary {
  /** A level, or `only glare` and the like. */
  readonly group: string;
  readonly sides: readonly SideRow[];
  readonly fields: readonly FieldRow[];
  /** Pictures of which every field is right. */
  readonly allFields: Share;
}

export function groupOf({ level, cause }: Pick<TrialOutcome, 'level' | 'cause'>): string {
  return cause === null ? level : `only ${cause}`;
}

export function summarise(outcomes: readonly TrialOutcome[]): readonly GroupSummary[] {
  const groups = Map.groupBy(outcomes, groupOf);
  return [...groups].map(([group, of]) => ({
    group,
    sides: (['front', 'back'] as const).flatMap((side) => {
      const trials = of.filter((outcome) => outcome.side === side);
      return trials.length === 0 ? [] : [sideRow(side, trials)];
    }),
    fields: [...ID_CARD_FRONT_FIELDS, ...ID_CARD_BACK_FIELDS].flatMap((field) => fieldRow(field, of)),
    allFields: share(of, (outcome) => Object.values(outcome.fields).every(({ errors }) => errors === 0)),
  }));
}

function sideRow(side: 'front' | 'back', trials: readonly TrialOutcome[]): SideRow {
  const read = trials.filter(({ refused }) => refused === null);
  const corners = read.flatMap(({ cornerError }) => (cornerError === null ? [] : [cornerError]));
  const times = trials.map(({ tookMs }) => tookMs);
  return {
    side,
    read: share(trials, ({ refused }) => refused === null),
    upright: share(read, ({ turns, turnsRead }) => turns === turnsRead),
    refusals: counted(trials.flatMap(({ refused }) => (refused === null ? [] : [refused]))),
    raised: counted(read.flatMap(({ raised }) => raised)),
    cornerErrorMedian: quantile(corners, 0.5),
    cornerErrorP95: quantile(corners, 0.95),
    medianMs: quantile(times, 0.5) ?? 0,
    p95Ms: quantile(times, 0.95) ?? 0,
  };
}

function fieldRow(field: IdCardField, trials: readonly TrialOutcome[]): FieldRow[] {
  const all = trials.flatMap(({ fields, refused }) => (fields[field] ? [{ ...fields[field], refused }] : []));
  if (all.length === 0) return [];
  const read = all.filter(({ refused }) => refused === null);
  const characters = all.reduce((sum, outcome) => sum + outcome.characters, 0);
  const wrong = all.reduce((sum, outcome) => sum + Math.min(outcome.characters, outcome.errors), 0);
  return [
    {
      field,
      exact: share(all, ({ errors }) => errors === 0),
      characters: ofCounts(characters - wrong, characters),
      unsure: share(read, ({ doubt }) => doubt !== null),
      wrongThoughSure: share(read, ({ doubt, errors }) => doubt === null && errors > 0),
      wrongUnknownCharacter: read.filter(({ doubt, errors, spellable }) => doubt === null && errors > 0 && !spellable)
        .length,
    },
  ];
}

function share<T>(trials: readonly T[], isHit: (trial: T) => boolean): Share {
  return ofCounts(trials.filter(isHit).length, trials.length);
}

function ofCounts(hits: number, of: number): Share {
  return { hits, of, ...wilsonInterval(hits, of) };
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** @param part 0..1; null without values. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? null;
}
