import { z } from 'zod';
import { SETUP_OUTCOMES, SETUP_STEPS, type Setup } from '../domain/terminal-state.ts';
import type { ReasonCode, VerdictState } from '../reasons.ts';
import { ADMIN_CONNECTION_CHANNELS, type AdminConnectionAnswers } from './admin-connection.ts';
import { ADMIN_EFFECT_CHANNELS, type AdminEffectAnswers } from './admin-effect.ts';
import type { KioskView } from './kiosk-view.ts';

/** A certification that tries the terminal out, as the set-up follows it. */
export type SetupTest =
  | { readonly state: 'none' }
  | {
      readonly state: 'running';
      readonly certifyId: string;
      readonly screen: KioskView['screen'];
      readonly startedAtMs: number;
    }
  | {
      readonly state: 'ended';
      readonly certifyId: string;
      readonly verdict: VerdictState;
      readonly reason: ReasonCode;
      /** Which field, which limit; null where there is no more to say. */
      readonly detail: string | null;
      readonly tookMs: number;
      /** Simulated devices took part. */
      readonly simulated: boolean;
    };

/** Channels of the first set-up: request schema by channel. */
export const ADMIN_SETUP_CHANNELS = {
  'admin:setup': z.null(),
  /** Keeps how far it has come. */
  'admin:save-setup': z.strictObject({
    at: z.enum(SETUP_STEPS),
    outcomes: z.partialRecord(z.enum(SETUP_STEPS), z.enum(SETUP_OUTCOMES)),
  }),
  'admin:finish-setup': z.null(),
  'admin:setup-test': z.null(),
  'admin:start-setup-test': z.null(),
  'admin:stop-setup-test': z.null(),
  ...ADMIN_CONNECTION_CHANNELS,
  ...ADMIN_EFFECT_CHANNELS,
} as const;

export interface AdminSetupAnswers extends AdminConnectionAnswers, AdminEffectAnswers {
  'admin:setup': Setup;
  'admin:save-setup': Setup;
  'admin:finish-setup': Setup;
  'admin:setup-test': SetupTest;
  'admin:start-setup-test': SetupTest;
  'admin:stop-setup-test': SetupTest;
}
