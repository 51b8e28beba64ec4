import type { CheckState } from './check-delivery.ts';

/**
 * What can happen to a question on this device.
 * - `commit`: it is on the disk together with its record. `upload`, `submit`: how far it got.
 * - `defer`: a try failed and another one is due later. `refuse`: no try helps until somebody has acted.
 * - `lose`: it may have been decided and billed, and nobody knows. `decide`: the answer is kept.
 * - `acknowledge`: whoever answered knows that. `erase`: the materials are gone.
 * - `retry`, `give-up`: a clerk's decision. `expire`: its materials have been kept for as long as they may be.
 */
export const CHECK_EVENTS = [
  'commit',
  'upload',
  'submit',
  'defer',
  'refuse',
  'lose',
  'decide',
  'acknowledge',
  'erase',
  'retry',
  'give-up',
  'expire',
] as const;
export type CheckEvent = (typeof CHECK_EVENTS)[number];

/** States in which a question is sent without anybody's doing. */
export const SENDING_STATES = ['sealed', 'uploading', 'submitted'] as const satisfies readonly CheckState[];

/** From where each event leads where; what isn't listed is refused and changes nothing. */
const TRANSITIONS: Readonly<Record<CheckState, Partial<Readonly<Record<CheckEvent, CheckState>>>>> = {
  draft: { commit: 'sealed' },
  sealed: {
    upload: 'uploading',
    submit: 'submitted',
    defer: 'sealed',
    refuse: 'stopped',
    lose: 'unknown',
    decide: 'decided',
    expire: 'stopped',
  },
  uploading: {
    upload: 'uploading',
    submit: 'submitted',
    defer: 'uploading',
    refuse: 'stopped',
    lose: 'unknown',
    decide: 'decided',
    expire: 'stopped',
  },
  submitted: {
    submit: 'submitted',
    defer: 'submitted',
    refuse: 'stopped',
    lose: 'unknown',
    decide: 'decided',
    expire: 'stopped',
  },
  decided: { defer: 'decided', acknowledge: 'acked' },
  acked: { erase: 'erased' },
  erased: {},
  // An answer that comes after all is kept; asking again stays a clerk's decision.
  unknown: { decide: 'decided', retry: 'sealed', 'give-up': 'stopped', expire: 'unknown' },
  stopped: { decide: 'decided', retry: 'sealed', 'give-up': 'stopped', expire: 'stopped' },
};

/** The state after an event; null where the event can't happen in this state. */
export function stateAfter(state: CheckState, event: CheckEvent): CheckState | null {
  return TRANSITIONS[state][event] ?? null;
}
