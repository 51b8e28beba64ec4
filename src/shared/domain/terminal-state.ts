import { z } from 'zod';

/** The steps of the first set-up, in their order. */
export const SETUP_STEPS = ['language', 'camera', 'reader', 'verifier', 'scene', 'test'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** How a step was left: done, found to be needless here, or left for later. */
export const SETUP_OUTCOMES = ['done', 'not-here', 'skipped'] as const;
export type SetupOutcome = (typeof SETUP_OUTCOMES)[number];

/** How far the first set-up has come. */
export const setupSchema = z.strictObject({
  finishedAtMs: z.int().nonnegative().nullable(),
  /** Where it goes on after a break. */
  at: z.enum(SETUP_STEPS).default('language'),
  /** What became of each step that was left. */
  outcomes: z.partialRecord(z.enum(SETUP_STEPS), z.enum(SETUP_OUTCOMES)).default({}),
});
export type Setup = z.infer<typeof setupSchema>;
export const DEFAULT_SETUP: Setup = { finishedAtMs: null, at: 'language', outcomes: {} };

/** Staff have taken the kiosk out of service; what visitors read then is the kiosk's own sentence. */
export const maintenanceSchema = z.strictObject({ on: z.boolean() });
export type Maintenance = z.infer<typeof maintenanceSchema>;
export const DEFAULT_MAINTENANCE: Maintenance = { on: false };
