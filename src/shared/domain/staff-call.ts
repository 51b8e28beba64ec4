import type { ReasonCode } from '../reasons.ts';
import type { KioskView } from '../ipc/kiosk-view.ts';

/** Somebody at the kiosk wants a person of the staff. It names nobody. */
export interface StaffCall {
  readonly callId: string;
  /** Wall clock, milliseconds since the epoch. */
  readonly sinceMs: number;
  /** What the kiosk showed when they pressed. */
  readonly screen: KioskView['screen'];
  /** Why the certification had ended, or why a step could not go on; null where nothing had gone wrong. */
  readonly reason: ReasonCode | null;
  /** The certification in hand; null where none was. */
  readonly certifyId: string | null;
  /** When somebody of the staff said that they come; null while nobody has. */
  readonly answeredAtMs: number | null;
}

/** What the kiosk tells the person who has called. */
export type StaffCallState = 'none' | 'waiting' | 'coming';

/** `waiting` until somebody of the staff has answered, `coming` from then on until the call is over. */
export function staffCallState(call: StaffCall | null): StaffCallState {
  if (call === null) return 'none';
  return call.answeredAtMs === null ? 'waiting' : 'coming';
}

/** Why a screen's person may want help, as far as the screen itself says. */
export function reasonOnScreen(view: KioskView): ReasonCode | null {
  if (view.screen === 'result') return view.result.reason;
  if (view.screen === 'maintenance') return view.reason;
  if (view.screen === 'card' || view.screen === 'document-capture') return view.problem;
  return null;
}
