import {
  subjectBootstrapInterval,
  upperErrorRate,
  wilsonInterval,
  type Interval,
} from '../../../src/main/comparison/intervals.ts';
import { detCurve, equalErrorRate, scoreSets, type OperatingPoint } from '../../../src/main/comparison/roc.ts';
import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';
import { ATTACK_KINDS, UNGATED_KINDS, type AttackKind } from './corpus.ts';
import { TERMINALS, type TerminalState, type TrialResult } from './trial-judge.ts';

/** How often something wrong was decided, and how often nothing. */
export interface ErrorCount {
  readonly name: string;
  readonly presentations: number;
  /** Attacks taken for live, or live people refused. */
  readonly errors: number;
  readonly rate: number;
  readonly interval: Interval;
  /** 95 %, one-sided. */
  readonly upperLimit: number;
  /** Neither live nor spoof: the kiosk asks again, or for another challenge. */
  readonly undecided: number;
  readonly undecidedRate: number;
}

export interface AttackErrors extends ErrorCount {
  readonly gated: boolean;
  readonly variants: readonly ErrorCount[];
  /** Of the score that is the relief's where code, lag and strength are right, and 0 elsewhere. */
  readonly equalErrorRate: number | null;
  readonly curve: readonly OperatingPoint[];
}

export interface TerminalSummary {
  readonly attacks: readonly AttackErrors[];
  /** APCER of the worst kind that light has to stop, by its rate. */
  readonly worstAttackRate: number;
  readonly genuine: ErrorCount;
  /** Whole persons drawn again: the photos are few. */
  readonly genuineByPersons: Interval;
  readonly genuineBy: Readonly<Record<'ambient' | 'skin' | 'palette', readonly ErrorCount[]>>;
  readonly refusedFor: Readonly<Record<string, number>>;
  readonly undecidedFor: Readonly<Record<string, number>>;
  readonly wrongCodes: { readonly tried: number; readonly accepted: number; readonly upperLimit: number };
}

export type CorpusSummary = Readonly<Record<TerminalState, TerminalSummary>> & { readonly persons: number };

const AMBIENT_EDGES = [50, 100, 200, 300, 500, 750] as const;
const SKIN_EDGES = [0, 0.07, 0.12, 0.2, 0.3, 1] as const;

function count(name: string, results: readonly TrialResult[], state: TerminalState): ErrorCount {
  const wrong = (result: TrialResult): boolean =>
    result.verdicts[state].verdict === (result.truth.attack === 'genuine' ? 'spoof' : 'live');
  const errors = results.filter(wrong).length;
  const undecided = results.filter((result) => result.verdicts[state].verdict === 'undecided').length;
  const presentations = results.length;
  return {
    name,
    presentations,
    errors,
    rate: presentations === 0 ? 0 : errors / presentations,
    interval: wilsonInterval(errors, presentations),
    upperLimit: upperErrorRate(errors, presentations),
    undecided,
    undecidedRate: presentations === 0 ? 0 : undecided / presentations,
  };
}

function banded(
  results: readonly TrialResult[],
  state: TerminalState,
  edges: readonly number[],
  value: (result: TrialResult) => number,
): ErrorCount[] {
  return edges.slice(1).map((high, i) => {
    const low = edges[i]!;
    const last = i === edges.length - 2;
    const within = results.filter((result) => value(result) >= low && (value(result) < high || last));
    return count(`${low}–${high}`, within, state);
  });
}

/** Null for an undecided one: it has no place on a curve. */
function scoreOf(result: TrialResult, state: TerminalState): number | null {
  const { verdict, reasons, relief } = result.verdicts[state];
  if (verdict === 'undecided') return null;
  const refutedByOther = reasons.some((reason) => reason !== 'liveness.flat-response');
  return refutedByOther ? 0 : (relief ?? 0);
}

function attackErrors(
  kind: AttackKind,
  results: readonly TrialResult[],
  genuineScores: readonly number[],
  state: TerminalState,
): AttackErrors {
  const own = results.filter(({ truth }) => truth.attack === kind);
  const names = [...new Set(own.map(({ truth }) => truth.variant ?? ''))].sort();
  const scores = own.flatMap((result) => scoreOf(result, state) ?? []);
  const sets = scoreSets(genuineScores, scores);
  const scored = scores.length > 0 && genuineScores.length > 0;
  return {
    ...count(kind, own, state),
    gated: !UNGATED_KINDS.has(kind),
    variants: names.map((name) =>
      count(
        name,
        own.filter(({ truth }) => truth.variant === name),
        state,
      ),
    ),
    equalErrorRate: scored ? equalErrorRate(sets) : null,
    curve: scored ? detCurve(sets) : [],
  };
}

function reasonsOf(results: readonly TrialResult[], state: TerminalState, verdict: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdicts } of results) {
    if (verdicts[state].verdict !== verdict) continue;
    for (const reason of verdicts[state].reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

function summariseTerminal(results: readonly TrialResult[], state: TerminalState): TerminalSummary {
  const genuine = results.filter(({ truth }) => truth.attack === 'genuine');
  const scores = genuine.flatMap((result) => scoreOf(result, state) ?? []);
  const attacks = ATTACK_KINDS.map((kind) => attackErrors(kind, results, scores, state));
  const persons = [...new Set(genuine.map(({ person }) => person))];
  const byPerson = persons.map((person) => {
    const own = genuine.filter((result) => result.person === person);
    return { hits: own.filter(({ verdicts }) => verdicts[state].verdict === 'spoof').length, trials: own.length };
  });
  const tried = genuine.reduce((sum, { wrongCodes }) => sum + wrongCodes.tried, 0);
  const accepted = genuine.reduce((sum, { wrongCodes }) => sum + wrongCodes[state], 0);
  return {
    attacks,
    worstAttackRate: Math.max(...attacks.filter(({ gated }) => gated).map(({ rate }) => rate)),
    genuine: count('genuine', genuine, state),
    genuineByPersons: subjectBootstrapInterval(byPerson, seededRandom(1)),
    genuineBy: {
      ambient: banded(genuine, state, AMBIENT_EDGES, ({ truth }) => truth.ambientLux),
      skin: banded(genuine, state, SKIN_EDGES, ({ truth }) => truth.skinGreen),
      palette: (['vivid', 'gentle'] as const).map((palette) =>
        count(
          palette,
          genuine.filter(({ truth }) => truth.palette === palette),
          state,
        ),
      ),
    },
    refusedFor: reasonsOf(genuine, state, 'spoof'),
    undecidedFor: reasonsOf(genuine, state, 'undecided'),
    wrongCodes: { tried, accepted, upperLimit: upperErrorRate(accepted, tried) },
  };
}

/** Error rates by ISO/IEC 30107-3, for terminals that know their lag and for those that don't. */
export function summariseTrials(results: readonly TrialResult[]): CorpusSummary {
  const [calibrated, uncalibrated] = TERMINALS.map((state) => summariseTerminal(results, state));
  const persons = new Set(results.map(({ person }) => person)).size;
  return { persons, calibrated: calibrated!, uncalibrated: uncalibrated! };
}
