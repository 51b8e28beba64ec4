import type { DisplayLog, LightChallenge } from '../../shared/domain/challenge.ts';
import type { LightEvidence, LightFrame } from '../../shared/domain/liveness.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { Caller } from '../worker-process/rpc.ts';
import type { CaptureSummary, FaceGuidance, InferenceContract, PortraitComparison } from './contract.ts';
import type { EvidenceAnswer } from './session.ts';

type Answer<M extends keyof InferenceContract> = Promise<Result<InferenceContract[M]['result'], Failure>>;

/** How long the main process waits; a process that is slower than this is taken for hung. */
const TIMEOUT_MS = { prepare: 60_000, frame: 5_000, decision: 15_000 } as const;

/** The inference process as the main process uses it. */
export interface InferenceHost {
  prepare(modelsFolder: string, threads?: number): Answer<'prepare'>;
  openCapture(captureId: string): Promise<Result<null, Failure>>;
  closeCapture(captureId: string): Promise<Result<null, Failure>>;
  guide(captureId: string, frame: { jpeg: Uint8Array; capturedAtMs: number }): Promise<Result<FaceGuidance, Failure>>;
  addEvidence(
    captureId: string,
    frame: { jpeg: Uint8Array; capturedAtMs: number; phase: 'neutral' | 'light' },
  ): Promise<Result<EvidenceAnswer, Failure>>;
  addLightFrame(captureId: string, frame: LightFrame): Promise<Result<null, Failure>>;
  judgeLight(
    captureId: string,
    challenge: LightChallenge,
    display: DisplayLog,
  ): Promise<Result<LightEvidence, Failure>>;
  summarise(captureId: string): Promise<Result<CaptureSummary, Failure>>;
  comparePortrait(captureId: string, portrait: Uint8Array): Promise<Result<PortraitComparison, Failure>>;
}

/** A typed client over the channel; it holds no state, so it survives restarts of the process. */
export function createInferenceHost(caller: Caller<InferenceContract>): InferenceHost {
  const { call } = caller;
  return {
    prepare: (modelsFolder, threads = 1) => call('prepare', { modelsFolder, threads }, TIMEOUT_MS.prepare),
    openCapture: (captureId) => call('openCapture', { captureId }, TIMEOUT_MS.frame),
    closeCapture: (captureId) => call('closeCapture', { captureId }, TIMEOUT_MS.frame),
    guide: (captureId, frame) => call('guide', { captureId, ...frame }, TIMEOUT_MS.frame),
    addEvidence: (captureId, frame) => call('addEvidence', { captureId, ...frame }, TIMEOUT_MS.frame),
    addLightFrame: (captureId, frame) => call('lightFrame', { captureId, ...frame }, TIMEOUT_MS.frame),
    judgeLight: (captureId, challenge, display) =>
      call('judgeLight', { captureId, challenge, display }, TIMEOUT_MS.decision),
    summarise: (captureId) => call('summarise', { captureId }, TIMEOUT_MS.decision),
    comparePortrait: (captureId, portrait) => call('comparePortrait', { captureId, portrait }, TIMEOUT_MS.decision),
  };
}
