import type { RiskCondition, RiskFinding, RiskPolicy, RiskRule } from '../../shared/domain/risk.ts';
import type { RiskDryRun } from '../../shared/ipc/admin-schemes.ts';
import type { VerdictState } from '../../shared/reasons.ts';
import { countsAsAttempt } from './attempt-counting.ts';
import { reached, type Measured } from './evaluate.ts';
import { isOutside } from './opening-hours.ts';
import { createSlidingCounts, type SlidingCounts } from './sliding-counts.ts';
import { certainSigns } from './virtual-signs.ts';

const HOUR_MS = 3_600_000;
const MOST_EXAMPLES = 20;

/** What a policy needs to know of a certification of the past. */
export interface PastCertification {
  readonly certifyId: string;
  readonly startedAtMs: number;
  readonly sceneId: string;
  readonly subjectKey: string | null;
  /** The verifier's word where it decided, else the record's. */
  readonly outcome: VerdictState;
  readonly reason: string;
  readonly cameraSigns: readonly string[];
}

export interface DryRunParts {
  readonly policy: RiskPolicy;
  readonly fromMs: number;
  /** When the camera in use was accepted; null: none was. */
  readonly cameraPinnedAtMs: number | null;
  readonly minuteOfDay: (atMs: number) => number;
}

/** Certifications go by one after the other; none of them is kept but the examples. */
export interface DryRun {
  /** In the order in which they were committed, from `warmUpMs` before `fromMs` on. */
  see(past: PastCertification): void;
  result(): RiskDryRun;
}

/** How far before its first day a dry run has to read, so that the first counts are whole. */
export function warmUpMs({ rules }: RiskPolicy): number {
  return Math.max(0, ...rules.map(({ when }) => ('hours' in when ? when.hours * HOUR_MS : 0)));
}

interface Hits {
  count: number;
  passed: number;
  examples: RiskDryRun['hits'][number]['examples'];
}

/**
 * What a policy would have found in certifications of the past. Only enabled rules are tried. Rules about faces can't be:
 * no record holds one. Of the clock, records tell only that it was set back.
 */
export function createDryRun(parts: DryRunParts): DryRun {
  const { policy, fromMs } = parts;
  const tried = policy.rules.filter((rule) => rule.enabled && !looksAtFaces(rule.when));
  const hits = new Map<string, Hits>(tried.map(({ id }) => [id, { count: 0, passed: 0, examples: [] }]));
  const sight = createSight(parts);
  let records = 0;
  return {
    see: (past) => {
      if (past.startedAtMs >= fromMs) {
        records += 1;
        for (const rule of tried) note(hits.get(rule.id)!, rule, past, sight.find(rule, past));
      }
      sight.pass(past);
    },
    result: () => ({
      records,
      untried: policy.rules.filter((rule) => rule.enabled && looksAtFaces(rule.when)).map(({ id }) => id),
      hits: tried.map(({ id, effect }) => ({ rule: id, effect: effect.kind, ...hits.get(id)! })),
    }),
  };
}

function looksAtFaces({ kind }: RiskCondition): boolean {
  return kind === 'number-faces' || kind === 'face-numbers';
}

function note(hits: Hits, rule: RiskRule, past: PastCertification, measured: Measured | null): void {
  if (measured === null) return;
  const finding: RiskFinding = { rule: rule.id, kind: rule.when.kind, effect: rule.effect.kind, ...measured };
  hits.count += 1;
  if (past.outcome === 'passed') hits.passed += 1;
  const example = { certifyId: past.certifyId, atMs: past.startedAtMs, finding };
  hits.examples = [example, ...hits.examples].slice(0, MOST_EXAMPLES);
}

interface Sight {
  find(rule: RiskRule, past: PastCertification): Measured | null;
  /** This certification belongs to the past of those that follow. */
  pass(past: PastCertification): void;
}

/** What could be seen at the time of each certification: those before it, and nothing of those after it. */
function createSight({ policy, cameraPinnedAtMs, minuteOfDay }: DryRunParts): Sight {
  const attempts: SlidingCounts = createSlidingCounts(warmUpMs(policy));
  let latestMs = Number.NEGATIVE_INFINITY;
  return {
    find: ({ sceneIds, when }, { sceneId, subjectKey, startedAtMs: atMs, cameraSigns }) => {
      if (sceneIds !== null && !sceneIds.includes(sceneId)) return null;
      switch (when.kind) {
        case 'person-attempts':
          return subjectKey === null
            ? null
            : reached(attempts.count(subjectKey, atMs - when.hours * HOUR_MS), when.atLeast);
        case 'terminal-attempts':
          return reached(attempts.countAll(atMs - when.hours * HOUR_MS), when.atLeast);
        case 'hours':
          return isOutside(minuteOfDay(atMs), when.from, when.to) ? { measured: null, limit: null } : null;
        case 'camera-changed':
          return cameraPinnedAtMs === null || atMs < cameraPinnedAtMs
            ? null
            : sinceChange(atMs - cameraPinnedAtMs, when.hours);
        case 'virtual-camera':
          return reached(certainSigns(cameraSigns), 1);
        case 'clock':
          return setBack(latestMs - atMs, when.minutes);
        case 'number-faces':
        case 'face-numbers':
          return null;
      }
    },
    pass: ({ startedAtMs, subjectKey, outcome, reason }) => {
      latestMs = Math.max(latestMs, startedAtMs);
      if (countsAsAttempt(outcome, reason)) attempts.add(subjectKey, startedAtMs);
    },
  };
}

/** Hours since another camera was accepted, where these are fewer than the rule says. */
export function sinceChange(sinceMs: number, hours: number): Measured | null {
  return sinceMs < hours * HOUR_MS ? { measured: Math.floor(Math.max(0, sinceMs) / HOUR_MS), limit: hours } : null;
}

/** Minutes by which the clock moved, where these are more than the rule allows. */
export function setBack(movedMs: number, minutes: number): Measured | null {
  return movedMs > minutes * 60_000 ? { measured: Math.floor(movedMs / 60_000), limit: minutes } : null;
}
