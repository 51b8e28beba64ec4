import { z } from 'zod';
import { schemeIdSchema } from './scheme-id.ts';

/**
 * What a rule does when it finds something. `review`: a clerk decides, whatever the rest says. `block`: the
 * certification ends undecided and the staff takes over. `step-up`: a stronger scheme is carried out; where it is too
 * late for that, a clerk decides.
 */
export const riskEffectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('review') }),
  z.strictObject({ kind: z.literal('block') }),
  z.strictObject({ kind: z.literal('step-up'), scheme: schemeIdSchema }),
]);
export type RiskEffect = z.infer<typeof riskEffectSchema>;

const count = z.int().min(1).max(10_000);
/** Local time of day, `HH:MM`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');

/**
 * What a rule looks at, and from which limit on it finds something. All counts are of this terminal's own records.
 * - `person-attempts`: undecided or failed certifications of one person within `hours`.
 * - `terminal-attempts`: the same of everybody together.
 * - `number-faces`: different faces that came with one number within `hours`. `face-numbers`: different numbers that
 *   came with one face. Both need recent faces to be remembered, in memory only, which the site has to allow.
 * - `hours`: outside of `from`–`to`. `camera-changed`: within `hours` after another camera was accepted.
 * - `virtual-camera`: signs of a camera that is none. `clock`: the clock moved by more than `minutes` without cause.
 */
export const riskConditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person-attempts'), atLeast: count, hours: z.int().min(1).max(720) }),
  z.strictObject({ kind: z.literal('terminal-attempts'), atLeast: count, hours: z.int().min(1).max(720) }),
  z.strictObject({ kind: z.literal('number-faces'), atLeast: z.int().min(2).max(20), hours: z.int().min(1).max(72) }),
  z.strictObject({ kind: z.literal('face-numbers'), atLeast: z.int().min(2).max(20), hours: z.int().min(1).max(72) }),
  z.strictObject({ kind: z.literal('hours'), from: timeOfDay, to: timeOfDay }),
  z.strictObject({ kind: z.literal('camera-changed'), hours: z.int().min(1).max(720) }),
  z.strictObject({ kind: z.literal('virtual-camera') }),
  z.strictObject({ kind: z.literal('clock'), minutes: z.int().min(1).max(1_440) }),
]);
export type RiskCondition = z.infer<typeof riskConditionSchema>;
export type RiskKind = RiskCondition['kind'];

export const riskRuleSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  enabled: z.boolean(),
  /** Null: all scenes. */
  sceneIds: z
    .array(z.string().regex(/^[A-Za-z0-9-]{1,20}$/))
    .min(1)
    .max(50)
    .nullable(),
  when: riskConditionSchema,
  effect: riskEffectSchema,
});
export type RiskRule = z.infer<typeof riskRuleSchema>;

export const riskPolicySchema = z
  .strictObject({
    rules: z.array(riskRuleSchema).max(20),
    /** Faces of the last hours are remembered in memory, so that `number-faces` and `face-numbers` can be found. */
    rememberFaces: z.boolean(),
  })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    path: ['rules'],
    message: 'each id once',
  });
export type RiskPolicy = z.infer<typeof riskPolicySchema>;

export const DEFAULT_RISK_POLICY: RiskPolicy = {
  rememberFaces: false,
  rules: [
    {
      id: 'person-attempts',
      enabled: true,
      sceneIds: null,
      when: { kind: 'person-attempts', atLeast: 5, hours: 24 },
      effect: { kind: 'review' },
    },
    {
      id: 'virtual-camera',
      enabled: true,
      sceneIds: null,
      when: { kind: 'virtual-camera' },
      effect: { kind: 'block' },
    },
  ],
};

/** What one rule found: numbers and limits, nobody's name. */
export const riskFindingSchema = z.strictObject({
  rule: z.string().max(40),
  kind: z.string().max(40),
  effect: z.enum(['review', 'block', 'step-up']),
  /** What was counted or measured, where that is a number. */
  measured: z.number().nullable(),
  limit: z.number().nullable(),
});
export type RiskFinding = z.infer<typeof riskFindingSchema>;

/** What all rules together say at one moment of a certification: the gravest effect, and every finding behind it. */
export interface RiskRuling {
  readonly effect: RiskEffect | null;
  readonly findings: readonly RiskFinding[];
}
export const NO_RISK: RiskRuling = { effect: null, findings: [] };
