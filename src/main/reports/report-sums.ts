import type { ReasonCount, ReportSlot, ReportTotals, SceneCounts } from '../../shared/domain/report.ts';
import type { ReasonCode, VerdictState } from '../../shared/reasons.ts';

/** Counted certifications that have the same place, outcome and reason. */
export interface Counted {
  readonly day: string;
  readonly hour: number | null;
  readonly offsetMin: number | null;
  readonly sceneId: string;
  readonly scheme: string;
  readonly state: VerdictState;
  /** Null for what is not told apart. */
  readonly reason: ReasonCode | null;
  readonly count: number;
  readonly match: number;
  readonly grey: number;
  readonly noMatch: number;
}

/** Where counts go that belong together. */
export type SlotPlace = Pick<ReportSlot, 'day' | 'hour' | 'repeatedAtMin'> & { readonly offsetMin: number | null };

interface Sum {
  passed: number;
  failed: number;
  review: number;
  error: number;
  match: number;
  grey: number;
  noMatch: number;
}

interface SceneSum {
  readonly sceneId: string;
  readonly scheme: string;
  readonly sum: Sum;
}

export interface ReportSums {
  readonly plain: number;
  readonly totals: ReportTotals;
  readonly slots: readonly ReportSlot[];
  readonly reasons: readonly ReasonCount[];
  readonly scenes: readonly SceneCounts[];
}

/** Adds rows up, in one pass, into the slots of the window, reasons, and scenes with their schemes. */
export function sumReport(rows: Iterable<Counted>, places: readonly SlotPlace[]): ReportSums {
  const slots = new Map<string, Sum>(places.map((place) => [slotKey(place), noSum()]));
  const scenes = new Map<string, SceneSum>();
  const reasons = new Map<string, { readonly reason: ReasonCode; readonly state: VerdictState; count: number }>();
  let plain = 0;
  let scene: SceneSum | undefined;
  for (const row of rows) {
    const slot = slots.get(slotKey(row));
    if (slot) add(slot, row);
    const { sceneId, scheme, reason, state } = row;
    // Rows come in the order of days, scenes and schemes: most belong where the one before did.
    if (scene === undefined || scene.scheme !== scheme || scene.sceneId !== sceneId) {
      scene = at(scenes, `${sceneId} ${scheme}`, () => ({ sceneId, scheme, sum: noSum() }));
    }
    add(scene.sum, row);
    if (reason === null) plain += row.count;
    else at(reasons, `${reason} ${state}`, () => ({ reason, state, count: 0 })).count += row.count;
  }
  const total = noSum();
  for (const { sum } of scenes.values()) merge(total, sum);
  return {
    plain,
    totals: totalsOf(total),
    slots: places.map(({ offsetMin, ...place }) => ({
      ...place,
      ...totalsOf(slots.get(slotKey({ ...place, offsetMin })) ?? noSum()),
    })),
    reasons: [...reasons.values()].sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason)),
    scenes: [...scenes.values()]
      .map(({ sceneId, scheme, sum }) => ({ sceneId, scheme, ...totalsOf(sum) }))
      .sort((a, b) => b.submitted - a.submitted || a.sceneId.localeCompare(b.sceneId)),
  };
}

function slotKey({ day, hour, offsetMin }: Pick<SlotPlace, 'day' | 'hour' | 'offsetMin'>): string {
  return hour === null ? day : `${day} ${hour} ${offsetMin ?? ''}`;
}

function at<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

const SUMMED = ['passed', 'failed', 'review', 'error', 'match', 'grey', 'noMatch'] as const;

function noSum(): Sum {
  return { passed: 0, failed: 0, review: 0, error: 0, match: 0, grey: 0, noMatch: 0 };
}

function add(sum: Sum, row: Counted): void {
  sum[row.state] += row.count;
  sum.match += row.match;
  sum.grey += row.grey;
  sum.noMatch += row.noMatch;
}

function merge(into: Sum, from: Sum): void {
  for (const name of SUMMED) into[name] += from[name];
}

function totalsOf({ passed, failed, review, error, match, grey, noMatch }: Sum): ReportTotals {
  const submitted = passed + failed + review + error;
  return { submitted, passed, failed, review, error, comparisons: { match, grey, noMatch } };
}
