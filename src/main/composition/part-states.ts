import type { CameraReport } from '../../shared/ipc/kiosk-capture.ts';
import type { ReaderStatus, VerifierStatus } from '../../shared/ipc/admin.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { PartState, PartStates } from '../store/uptime-rows.ts';

/** Without an exchange for this long nobody knows whether the verifier can be reached. */
const VERIFIER_SILENT_MS = 30 * 60_000;

export interface WatchedParts {
  readonly reader: () => Pick<ReaderStatus, 'state'>;
  /** What the page last said of its camera; null before it has said anything. */
  readonly camera: () => CameraReport | null;
  readonly inference: () => 'loading' | 'ready' | Failure;
  readonly verifier: () => Result<VerifierStatus, Failure>;
  readonly nowMs: () => number;
}

/** What each part of the terminal is known to be. Whatever nobody has set up, asked or heard of is unknown. */
export function partStates(parts: WatchedParts): PartStates {
  return {
    terminal: 'up',
    reader: readerState(parts.reader()),
    camera: cameraState(parts.camera()),
    inference: inferenceState(parts.inference()),
    verifier: verifierState(parts.verifier(), parts.nowMs()),
  };
}

function readerState({ state }: Pick<ReaderStatus, 'state'>): PartState {
  if (state === 'off') return 'unknown';
  return state === 'ready' ? 'up' : 'down';
}

function cameraState(report: CameraReport | null): PartState {
  if (report === null) return 'unknown';
  return report.type === 'ready' ? 'up' : 'down';
}

function inferenceState(state: 'loading' | 'ready' | Failure): PartState {
  if (state === 'loading') return 'unknown';
  return state === 'ready' ? 'up' : 'down';
}

function verifierState(status: Result<VerifierStatus, Failure>, nowMs: number): PartState {
  if (!status.ok || !status.value.enrolled) return 'unknown';
  const { lastFailure, lastSyncAtMs } = status.value;
  if (lastFailure !== null) return 'down';
  return lastSyncAtMs !== null && nowMs - lastSyncAtMs < VERIFIER_SILENT_MS ? 'up' : 'unknown';
}
