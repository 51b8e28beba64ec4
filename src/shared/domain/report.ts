import type { ReasonCode, VerdictState } from '../reasons.ts';
import type { Stage } from './certification.ts';
import type { ReportWindow } from './report-window.ts';

/** Certifications by what they came to: the verdicts of the device, or of whoever had the last word. */
export interface ReportCounts {
  readonly submitted: number;
  readonly passed: number;
  readonly failed: number;
  readonly review: number;
  readonly error: number;
}

/** Certifications in which two faces were compared, by what that came to; apart from verdicts. */
export interface ComparisonCounts {
  readonly match: number;
  readonly grey: number;
  readonly noMatch: number;
}

export interface ReportTotals extends ReportCounts {
  readonly comparisons: ComparisonCounts;
}

/** One day, or one hour of a day. */
export interface ReportSlot extends ReportTotals {
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Null in a report by days. */
  readonly hour: number | null;
  /** Minutes that local time is ahead of UTC, where the same hour comes twice; null for all others. */
  readonly repeatedAtMin: number | null;
}

export interface ReasonCount {
  readonly reason: ReasonCode;
  readonly state: VerdictState;
  readonly count: number;
}

/** One scene with one scheme. */
export interface SceneCounts extends ReportTotals {
  readonly sceneId: string;
  readonly scheme: string;
}

export interface StepDuration {
  readonly stage: Stage;
  readonly count: number;
  readonly meanMs: number;
  /** Exact to the histogram's buckets. */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** What is watched; `terminal` is this program itself. */
export const UPTIME_PARTS = ['terminal', 'reader', 'camera', 'inference', 'verifier'] as const;
export type UptimePart = (typeof UPTIME_PARTS)[number];

/** How long a part worked, didn't, or nobody knows; together the span of the report up to now. */
export interface PartUptime {
  readonly part: UptimePart;
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  /** How often it went from working to not working. */
  readonly failures: number;
}

export interface Report {
  readonly window: ReportWindow;
  /** The local day that it is now, and the last one that can be asked for: later where the clock was set back. */
  readonly today: string;
  readonly lastDay: string;
  /** Of before there were reports: in the sums of their days, and not told apart yet by hour, scheme and reason. */
  readonly plain: number;
  readonly totals: ReportTotals;
  readonly slots: readonly ReportSlot[];
  /** The most frequent first. */
  readonly reasons: readonly ReasonCount[];
  readonly scenes: readonly SceneCounts[];
  readonly steps: readonly StepDuration[];
  readonly uptime: readonly PartUptime[];
  /** What can be chosen: what there is, and what was counted within the window. A removed scene has no name. */
  readonly choices: {
    readonly scenes: readonly { readonly sceneId: string; readonly name: string | null }[];
    readonly schemes: readonly string[];
  };
}

/** Passes as a share of all submissions, 0..1; null when nothing was submitted, which is not the same as 0. */
export function passRate({ passed, submitted }: Pick<ReportCounts, 'passed' | 'submitted'>): number | null {
  return submitted === 0 ? null : passed / submitted;
}

/** Certifications in which faces were compared. */
export function comparedIn({ match, grey, noMatch }: ComparisonCounts): number {
  return match + grey + noMatch;
}
