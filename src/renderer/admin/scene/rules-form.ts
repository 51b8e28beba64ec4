import {
  attemptLimitsOf,
  attemptLimitsSchema,
  DEFAULT_ATTEMPT_LIMITS,
  FALLBACK_METHODS,
  type FallbackMethod,
  type Scene,
} from '../../../shared/domain/scene.ts';
import type { Problem } from '../form-problem.ts';

/** How often somebody may try, which other ways there are, and on which ground: what a scene has or leaves as usual. */
export type RulesPart = Pick<
  Scene,
  'attempts' | 'oncePerIdentity' | 'fallbacks' | 'guardian' | 'returnsFace' | 'legalBasis' | 'review'
>;

/** The same as the fields of the scene's form hold it. */
export interface RulesDraft {
  readonly perVisit: string;
  /** Empty: no limit. */
  readonly perPersonDay: string;
  readonly once: NonNullable<Scene['oncePerIdentity']>;
  /** Ways in order, with commas between them. */
  readonly otherWays: string;
  readonly withGuardian: boolean;
  readonly givesFace: boolean;
  readonly legal: NonNullable<Scene['legalBasis']>;
  readonly bySecond: boolean;
}
export type RulesField = 'perVisit' | 'perPersonDay' | 'once' | 'otherWays' | 'withGuardian' | 'givesFace' | 'legal';

/** A scene without these parts, and these parts. */
export function splitRules<Rest extends RulesPart>(all: Rest) {
  const { attempts, oncePerIdentity, fallbacks, guardian, returnsFace, legalBasis, review, ...scene } = all;
  return { rules: { attempts, oncePerIdentity, fallbacks, guardian, returnsFace, legalBasis, review }, scene };
}

export function rulesDraft(rules: ReturnType<typeof splitRules>['rules']): RulesDraft {
  const { perVisit, perPersonDay } = attemptLimitsOf(rules as Scene);
  return {
    perVisit: String(perVisit),
    perPersonDay: perPersonDay === null ? '' : String(perPersonDay),
    once: rules.oncePerIdentity ?? 'no',
    otherWays: (rules.fallbacks ?? []).join(','),
    withGuardian: rules.guardian ?? false,
    givesFace: rules.returnsFace ?? false,
    legal: rules.legalBasis ?? 'consent',
    bySecond: rules.review?.secondPerson ?? false,
  };
}

export function waysOf({ otherWays }: Pick<RulesDraft, 'otherWays'>): readonly FallbackMethod[] {
  return otherWays.split(',').flatMap((name) => FALLBACK_METHODS.filter((way) => way === name));
}

function wholeNumber(text: string): number {
  return /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function readAttempts(draft: Pick<RulesDraft, 'perVisit' | 'perPersonDay'>) {
  const perPersonDay = draft.perPersonDay.trim() === '' ? null : wholeNumber(draft.perPersonDay);
  const attempts = { perVisit: wholeNumber(draft.perVisit), perPersonDay };
  const problems: { -readonly [Field in RulesField]?: Problem } = {};
  const { shape } = attemptLimitsSchema;
  if (!shape.perVisit.safeParse(attempts.perVisit).success) problems.perVisit = { key: 'scenes.problem.perVisit' };
  if (!shape.perPersonDay.safeParse(perPersonDay).success)
    problems.perPersonDay = { key: 'scenes.problem.perPersonDay' };
  const isUsual =
    attempts.perVisit === DEFAULT_ATTEMPT_LIMITS.perVisit && perPersonDay === DEFAULT_ATTEMPT_LIMITS.perPersonDay;
  return { attempts: isUsual ? {} : { attempts }, problems };
}

/** Reads the fields: what is as usual isn't kept. */
export function parseRules<Draft extends RulesDraft>(draft: Draft) {
  const { perVisit, perPersonDay, once, otherWays, withGuardian, givesFace, legal, bySecond, ...rest } = draft;
  const { attempts, problems } = readAttempts({ perVisit, perPersonDay });
  const ways = waysOf({ otherWays });
  const rules = {
    ...attempts,
    ...(once === 'no' ? {} : { oncePerIdentity: once }),
    ...(ways.length === 0 ? {} : { fallbacks: ways }),
    ...(withGuardian ? { guardian: true } : {}),
    ...(givesFace ? { returnsFace: true } : {}),
    ...(legal === 'consent' ? {} : { legalBasis: legal }),
    ...(bySecond ? { review: { secondPerson: true } } : {}),
  };
  return { rules, rulesProblems: problems, rest };
}
