import type { CaptureSummary, InferenceContract } from '../../src/main/inference/contract.ts';
import type { FramedEvidence } from '../../src/shared/domain/liveness.ts';
import { failure } from '../../src/shared/reasons.ts';
import { err, ok } from '../../src/shared/result.ts';
import type { InferenceProcess } from '../../src/verifier/adapters/inference-process.ts';
import { noiseJpeg } from './questioner.ts';

/** How a person in front of a phone turns out. */
export type ScriptedPerson = 'live' | 'spoof' | 'undecided' | 'crashes';

export interface ScriptedInference extends Pick<InferenceProcess, 'call'> {
  readonly called: string[];
  /** Captures that are open. */
  readonly open: Set<string>;
  person: ScriptedPerson;
  /** Pictures of the challenge that are needed until it ends. */
  framesToEnd: number;
}

/** Stands in for the inference process: whoever is looked at is well placed at once, and turns out as the script says. */
export function scriptedInference(person: ScriptedPerson = 'live'): ScriptedInference {
  const open = new Set<string>();
  const frames = new Map<string, number>();
  const own: ScriptedInference = {
    called: [],
    open,
    person,
    framesToEnd: 2,
    call: (async (method: keyof InferenceContract, params: { captureId?: string }) => {
      own.called.push(method);
      const captureId = params.captureId ?? '';
      const isKnown = open.has(captureId) || ['openCapture', 'closeCapture', 'verifierPicture'].includes(method);
      if (!isKnown) return err(failure('request.invalid', 'no such capture is open'));
      switch (method) {
        case 'openCapture':
          open.add(captureId);
          frames.set(captureId, 0);
          return ok(null);
        case 'closeCapture':
          open.delete(captureId);
          return ok(null);
        case 'guide':
          return ok({
            faces: 1,
            box: { x: 0.3, y: 0.3, width: 0.4, height: 0.4 },
            hint: null,
            ready: true,
            quality: 90,
          });
        case 'addEvidence':
          return ok({ accepted: true });
        case 'beginChallenge':
          return ok(null);
        case 'challengeFrame': {
          const seen = (frames.get(captureId) ?? 0) + 1;
          frames.set(captureId, seen);
          if (own.person === 'crashes') {
            open.clear();
            return err(failure('inference.crashed'));
          }
          return ok({
            ...{ kind: 'action', action: 'open-mouth', index: 0, count: 2, done: 0.5, hint: null },
            ended: seen >= own.framesToEnd,
          });
        }
        case 'judgeChallenge':
          return ok(evidenceOf(own.person));
        case 'summarise':
          return ok(SUMMARY);
        case 'bestFrames':
          return ok({ frames: [{ jpeg: new Uint8Array(noiseJpeg(2_000)), quality: 90, capturedAtMs: 1 }] });
        case 'verifierPicture':
          return ok({ jpeg: new Uint8Array(noiseJpeg(3_000)), width: 480, height: 640 });
        default:
          return err(failure('request.invalid', method));
      }
    }) as unknown as InferenceProcess['call'],
  };
  return own;
}

function evidenceOf(person: ScriptedPerson): FramedEvidence {
  return {
    state: 'measured',
    kind: 'action',
    refuted: person === 'spoof' ? ['liveness.still-picture'] : [],
    missing: person === 'undecided' ? ['capture.action-not-done'] : [],
    measures: {},
  };
}

const SUMMARY: CaptureSummary = {
  frames: 12,
  framesWithoutFace: 0,
  framesWithSeveralFaces: 0,
  spoofScores: Array.from({ length: 12 }, () => 0.9),
  spoofMedian: 0.9,
  embeddings: 12,
  continuityMin: 0.8,
  best: null,
};
