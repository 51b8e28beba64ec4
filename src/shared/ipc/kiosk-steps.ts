import type { Scheme } from '../domain/scheme.ts';

/** What the person does first: lay a card down, type, or have a document photographed. */
export const IDENTIFYING_STEPS = ['card', 'typing', 'pictures'] as const;
/** What comes then: the camera, their own phone, or nothing that they do while somebody compares. */
export const CHECKING_STEPS = ['camera', 'phone', 'matching'] as const;

/** The named steps that a kiosk shows before the last one, `done`; null where a scheme has no such step. */
export interface KioskStepPlan {
  readonly identifying: (typeof IDENTIFYING_STEPS)[number] | null;
  readonly checking: (typeof CHECKING_STEPS)[number] | null;
}

/** The steps of a scheme that has a card and a camera, and of every screen without a certification. */
export const USUAL_STEPS: KioskStepPlan = { identifying: 'card', checking: 'camera' };

const IDENTIFYING_BY = {
  'chip-card': 'card',
  typed: 'typing',
  'card-pictures': 'pictures',
  given: null,
  none: null,
} as const satisfies Record<Scheme['identity'], KioskStepPlan['identifying']>;

/** The steps that a person sees in a certification by this scheme. */
export function stepPlanOf(scheme: Pick<Scheme, 'actor' | 'identity' | 'liveness' | 'check' | 'asks'>): KioskStepPlan {
  const identifying = IDENTIFYING_BY[scheme.identity] ?? (scheme.asks.length > 0 ? 'typing' : null);
  if (scheme.actor === 'phone') return { identifying, checking: 'phone' };
  if (scheme.liveness !== 'none') return { identifying, checking: 'camera' };
  return { identifying, checking: scheme.check === null ? null : 'matching' };
}
