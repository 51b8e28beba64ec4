import type { ComparisonSummary, LivenessSummary } from '../../shared/domain/certification.ts';
import type { FaceInference } from '../certification/ports.ts';
import { createThresholdTable, type ThresholdTable } from '../comparison/threshold-table.ts';
import type { CaptureSummary, InferenceContract } from '../inference/contract.ts';
import { judgeLiveness } from '../liveness/judge.ts';
import type { LightEvidence, LivenessJudgement } from '../../shared/domain/liveness.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Caller } from '../worker-process/rpc.ts';

/** One frame's analysis takes tens of milliseconds; this long means that the process hangs. */
const CALL_TIMEOUT_MS = 10_000;
const PREPARE_TIMEOUT_MS = 60_000;
/** Evidence frames without exactly one face that a capture may hold before it counts as broken. */
const MAX_FRAMES_WITHOUT_FACE = 2;
const MAX_FRAMES_WITH_SEVERAL_FACES = 1;

/** The inference process as the certification sees it, with the models' own thresholds. */
export interface PreparedInference extends FaceInference {
  /** Loads the models; until it has succeeded every capture ends with `inference.unavailable`. */
  prepare(): Promise<Result<{ loadMs: number }, Failure>>;
  /** `loading`, `ready`, or why the models were refused. */
  state(): 'loading' | 'ready' | Failure;
}

export function createFaceInference(
  caller: Caller<InferenceContract>,
  options: { readonly modelsFolder: string; readonly threads: number },
): PreparedInference {
  let state: 'loading' | 'ready' | Failure = 'loading';
  let table: ThresholdTable | null = null;
  let loaded: Promise<unknown> = Promise.resolve();

  const call = <M extends keyof InferenceContract>(
    method: M,
    params: InferenceContract[M]['params'],
  ): Promise<Result<InferenceContract[M]['result'], Failure>> =>
    state === 'ready'
      ? caller.call(method, params, CALL_TIMEOUT_MS)
      : Promise.resolve(err(state === 'loading' ? failure('inference.unavailable', 'models are loading') : state));

  return {
    prepare: async () => {
      state = 'loading';
      const preparing = caller.call('prepare', options, PREPARE_TIMEOUT_MS);
      loaded = preparing;
      const prepared = await preparing;
      if (!prepared.ok) {
        state = prepared.error;
        return prepared;
      }
      table = createThresholdTable(prepared.value.thresholds);
      state = 'ready';
      return ok({ loadMs: prepared.value.loadMs });
    },
    state: () => state,
    openCapture: async (captureId, limits) => {
      // Somebody who is quicker than the models waits for them; the card takes its time anyway.
      await loaded;
      return call('openCapture', { captureId, limits });
    },
    closeCapture: (captureId) => call('closeCapture', { captureId }),
    guide: (captureId, frame) => call('guide', { captureId, ...frame }),
    addEvidence: (captureId, frame) => call('addEvidence', { captureId, ...frame }),
    addLightFrame: (captureId, frame) => call('lightFrame', { captureId, ...frame }),
    judge: async (captureId, challenge, display) => {
      const light = await call('judgeLight', { captureId, challenge, display });
      if (!light.ok) return light;
      const summary = await call('summarise', { captureId });
      if (!summary.ok) return summary;
      return ok(summaryOf(light.value, summary.value, judge(light.value, summary.value)));
    },
    compare: async (captureId, portrait, far) => {
      const compared = await call('comparePortrait', { captureId, portrait });
      if (!compared.ok) return compared;
      const { faceFound, similarity } = compared.value;
      if (!faceFound) return ok({ outcome: 'no-face' });
      if (similarity === null || table === null) return err(failure('capture.too-few-frames', 'nothing to compare'));
      return ok(comparisonOf(table, similarity, far));
    },
  };
}

function judge(light: LightEvidence, summary: CaptureSummary): LivenessJudgement {
  return judgeLiveness({
    light,
    spoofMedian: summary.spoofMedian,
    spoofFrames: summary.spoofScores.length,
    continuityMin: summary.continuityMin,
    faceLost: summary.framesWithoutFace > MAX_FRAMES_WITHOUT_FACE,
    severalFaces: summary.framesWithSeveralFaces > MAX_FRAMES_WITH_SEVERAL_FACES,
  });
}

function summaryOf(light: LightEvidence, capture: CaptureSummary, judged: LivenessJudgement): LivenessSummary {
  const measured = light.state === 'measured' ? light : null;
  return {
    verdict: judged.verdict,
    reasons: [...judged.reasons],
    codeCorrelation: measured?.rho ?? null,
    lagMs: measured?.lagMs ?? null,
    spoofMedian: capture.spoofMedian,
    spoofFrames: capture.spoofScores.length,
    continuity: capture.continuityMin,
    lightFrames: measured?.frames ?? 0,
  };
}

function comparisonOf(table: ThresholdTable, similarity: number, far: number): ComparisonSummary {
  const { score } = table.compare(similarity, 'live-chip');
  return { similarity, score, far, kind: 'live-chip', outcome: table.decide(similarity, 'live-chip', far) };
}
