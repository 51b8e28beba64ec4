import type { Clock } from '../../shared/clock.ts';
import type { CameraSign } from '../../shared/domain/camera-identity.ts';
import {
  NO_RISK,
  type RiskCondition,
  type RiskFinding,
  type RiskPolicy,
  type RiskRuling,
} from '../../shared/domain/risk.ts';
import { attemptLimitsOf, type Scene } from '../../shared/domain/scene.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RiskDesk } from '../certification/ports/risk-desk.ts';
import { createClockWatch, type ClockWatch } from '../risk/clock-watch.ts';
import { setBack, sinceChange } from '../risk/dry-run.ts';
import { evaluateRules, reached, rulesAt, type Measured } from '../risk/evaluate.ts';
import { isOutside, localMinuteOf, startOfLocalDay } from '../risk/opening-hours.ts';
import { createRecentFaces, type RecentFaces, type CompareFaces } from '../risk/recent-faces.ts';
import { certainSigns } from '../risk/virtual-signs.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { localDayOf } from '../store/local-day.ts';
import type { RiskQueries } from '../store/risk-queries.ts';

const HOUR_MS = 3_600_000;

export interface RiskDeskParts {
  readonly settings: SettingsStore;
  readonly queries: RiskQueries;
  readonly clock: Clock;
  /** What speaks against the camera of the certification in hand. */
  readonly cameraSigns: (certifyId: string) => readonly CameraSign[];
  /** What is known of the face of an open capture. */
  readonly faces: {
    faceTemplate(certifyId: string): Promise<Result<Float32Array, Failure>>;
    readonly compareFaces: CompareFaces;
  };
}

export interface RiskService extends RiskDesk {
  /** Drops what is remembered of one person's face. */
  forget(subjectKey: string): void;
  /** The machine has slept, so its clocks have a cause to differ. */
  resumed(): void;
  /** Drops every remembered face. */
  stop(): void;
}

/** The rules about risk, with what this device knows. */
export function createRiskDesk(parts: RiskDeskParts): RiskService {
  const watch = createClockWatch(parts.clock);
  const recent = createRecentFaces(parts.clock, parts.faces.compareFaces);
  return {
    atStart: (sceneId) => {
      watch.observe();
      const policy = readPolicy(parts, recent);
      if (!policy.ok) return policy;
      return evaluateRules(policy.value, sceneId, 'start', (condition) => observeStart(parts, watch, condition));
    },
    atIdentity: ({ scene }, subjectKey) => {
      watch.observe();
      const policy = readPolicy(parts, recent);
      if (!policy.ok) return policy;
      const limited = personLimit(parts, watch, scene, subjectKey);
      if (!limited.ok) return limited;
      const once = onceFinding(parts, watch, scene, subjectKey);
      if (!once.ok) return once;
      const ruling = evaluateRules(policy.value, scene.id, 'identity', (condition) =>
        observePerson(parts, watch, condition, subjectKey),
      );
      return ruling.ok ? ok(withFinding(ruling.value, once.value)) : ruling;
    },
    atFace: async ({ certifyId, scene, test = false }, subjectKey) => {
      const policy = readPolicy(parts, recent);
      if (!policy.ok) return policy;
      if (rulesAt(policy.value, scene.id, 'face').length === 0 && !policy.value.rememberFaces) return ok(NO_RISK);
      const template = policy.value.rememberFaces ? await parts.faces.faceTemplate(certifyId) : ok(null);
      if (!template.ok) return template;
      const ruling = evaluateRules(policy.value, scene.id, 'face', (condition) =>
        observeFace(recent, condition, subjectKey, template.value, () => parts.cameraSigns(certifyId)),
      );
      if (template.value !== null && subjectKey !== null && !test) recent.add(subjectKey, template.value);
      else template.value?.fill(0);
      return ruling;
    },
    forget: (subjectKey) => recent.forget(subjectKey),
    resumed: () => watch.excuse(),
    stop: () => recent.clear(),
  };
}

/** The policy as it is now; faces that may not be remembered any more are dropped at once. */
function readPolicy({ settings }: RiskDeskParts, recent: RecentFaces): Result<RiskPolicy, Failure> {
  const policy = settings.read('risk');
  if (policy.ok && !policy.value.rememberFaces) recent.clear();
  return policy;
}

function observeStart(
  { settings, queries, clock }: RiskDeskParts,
  watch: ClockWatch,
  condition: RiskCondition,
): Result<Measured | null, Failure> {
  const nowMs = clock.wallMs();
  switch (condition.kind) {
    case 'terminal-attempts':
      return counted(queries.terminalAttempts(nowMs - watch.shiftMs() - condition.hours * HOUR_MS), condition.atLeast);
    case 'hours':
      return ok(isOutside(localMinuteOf(nowMs), condition.from, condition.to) ? { measured: null, limit: null } : null);
    case 'camera-changed': {
      const trust = settings.read('camera-trust');
      if (!trust.ok) return trust;
      return ok(trust.value.pin === null ? null : sinceChange(nowMs - trust.value.pin.pinnedAtMs, condition.hours));
    }
    case 'clock': {
      const latest = queries.latestStartMs();
      if (!latest.ok) return latest;
      return ok(setBack(Math.max(watch.movedMs(), (latest.value ?? nowMs) - nowMs), condition.minutes));
    }
    default:
      return ok(null);
  }
}

function observePerson(
  { queries, clock }: RiskDeskParts,
  watch: ClockWatch,
  condition: RiskCondition,
  subjectKey: string,
): Result<Measured | null, Failure> {
  if (condition.kind !== 'person-attempts') return ok(null);
  const sinceMs = clock.wallMs() - watch.shiftMs() - condition.hours * HOUR_MS;
  return counted(queries.personAttempts(subjectKey, sinceMs), condition.atLeast);
}

function observeFace(
  recent: RecentFaces,
  condition: RiskCondition,
  subjectKey: string | null,
  template: Float32Array | null,
  signs: () => readonly CameraSign[],
): Result<Measured | null, Failure> {
  switch (condition.kind) {
    case 'virtual-camera':
      return ok(reached(certainSigns(signs()), 1));
    case 'number-faces':
      if (template === null || subjectKey === null) return ok(null);
      return ok(reached(recent.facesOf(subjectKey, template, condition.hours), condition.atLeast));
    case 'face-numbers':
      if (template === null) return ok(null);
      return ok(reached(recent.numbersOf(subjectKey, template, condition.hours), condition.atLeast));
    default:
      return ok(null);
  }
}

function counted(count: Result<number, Failure>, atLeast: number): Result<Measured | null, Failure> {
  return count.ok ? ok(reached(count.value, atLeast)) : count;
}

/** Midnight of the day that it is, or that it was before the clock was moved over midnight. */
function startOfDayMs(clock: Clock, watch: ClockWatch): number {
  return startOfLocalDay(clock.wallMs() - watch.shiftMs());
}

/** The limit of one person and day. */
function personLimit(
  { queries, clock }: RiskDeskParts,
  watch: ClockWatch,
  scene: Scene,
  subjectKey: string,
): Result<null, Failure> {
  const { perPersonDay } = attemptLimitsOf(scene);
  if (perPersonDay === null) return ok(null);
  const lifted = queries.liftedAtMs(subjectKey, localDayOf(clock.wallMs()));
  if (!lifted.ok) return lifted;
  const attempts = queries.personAttempts(subjectKey, Math.max(startOfDayMs(clock, watch), lifted.value ?? 0));
  if (!attempts.ok) return attempts;
  if (attempts.value < perPersonDay) return ok(null);
  return err(failure('attempts.person-day', `${attempts.value} of ${perPersonDay} today`));
}

/**
 * Whether this identity was used up in the scene. A certification that the verifier hasn't decided may still pass: then
 * a clerk has to look, because neither yes nor no would be right.
 */
function onceFinding(
  { queries, clock }: RiskDeskParts,
  watch: ClockWatch,
  { id, oncePerIdentity = 'no' }: Scene,
  subjectKey: string,
): Result<RiskFinding | null, Failure> {
  if (oncePerIdentity === 'no') return ok(null);
  const found = queries.passes(subjectKey, id, oncePerIdentity === 'ever' ? 0 : startOfDayMs(clock, watch));
  if (!found.ok) return found;
  const { passed, open } = found.value;
  if (passed > 0) return err(failure('identity.already-used', `once per identity: ${oncePerIdentity}`));
  if (open === 0) return ok(null);
  return ok({ rule: 'once-per-identity', kind: 'once-per-identity', effect: 'review', measured: open, limit: 1 });
}

function withFinding(ruling: RiskRuling, finding: RiskFinding | null): RiskRuling {
  if (finding === null) return ruling;
  return { effect: ruling.effect ?? { kind: 'review' }, findings: [...ruling.findings, finding] };
}
