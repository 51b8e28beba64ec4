import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import type { DigitsChallenge } from '../../shared/domain/challenge.ts';
import type { SpeechRecogniserState } from '../../shared/domain/digit-liveness.ts';
import type { FramedEvidence } from '../../shared/domain/liveness.ts';
import { requireRecognition, withRecognition } from '../liveness/digits-recognition.ts';
import type { SpeechContract } from '../speech/contract.ts';
import { SPEECH_MANIFEST_FILE } from '../speech/speech-manifest.ts';
import { createSpeechRecogniser, noSpeechRecogniser, SPEECH_CODES } from '../speech/speech-recogniser.ts';
import { createSpeechRecording } from '../speech/speech-recording.ts';
import type { StartWorker } from '../worker-process/endpoint.ts';
import { superviseWorker } from '../worker-process/supervisor.ts';

/** The folder beside the database in which an operator puts a speech model. */
export const SPEECH_FOLDER_NAME = 'speech';

/** Hears what is said during a digits challenge and has it recognised, where there is a model to do it with. */
export interface SpeechService {
  /** Whether an operator has put a model there, good or bad. */
  readonly installed: boolean;
  state(): SpeechRecogniserState;
  /** Loads the model, if there is one. */
  start(): Promise<SpeechRecogniserState>;
  stop(): void;
  /** A digits challenge begins: forgets what was heard before. */
  begin(): void;
  hear(pcm: Uint8Array, startedAtMs: number): void;
  /**
   * The evidence with what was recognised in it. `alone`: the digits are all that is asked for, so that nothing passes
   * without a recogniser's word.
   */
  complete(evidence: FramedEvidence, challenge: DigitsChallenge, alone: boolean): Promise<FramedEvidence>;
}

export interface SpeechParts {
  readonly dataFolder: string;
  readonly startWorker: StartWorker;
  readonly clock: Clock;
}

/**
 * Looks for a model here and never again: without one no process is started. What was heard is zeroed once it was
 * recognised.
 */
export function createSpeechService({ dataFolder, startWorker, clock }: SpeechParts): SpeechService {
  const folder = join(dataFolder, SPEECH_FOLDER_NAME);
  const installed = existsSync(join(folder, SPEECH_MANIFEST_FILE));
  const worker = installed
    ? superviseWorker<SpeechContract>('speech', startWorker, SPEECH_CODES, clock, {
        onRestart: () => void recogniser.restarted(),
        onExhausted: () => undefined,
      })
    : null;
  const recogniser = worker ? createSpeechRecogniser(worker.caller, folder) : noSpeechRecogniser();
  const recording = createSpeechRecording();
  return {
    installed,
    state: () => recogniser.state(),
    start: () => recogniser.prepare(),
    stop: () => worker?.stop(),
    begin: () => recording.wipe(),
    hear: (pcm, startedAtMs) => {
      if (recogniser.state().state === 'ready') recording.hear(pcm, startedAtMs);
    },
    complete: async (evidence, { digits, language }, alone) => {
      const sound = recording.take();
      const heard = sound.length === 0 ? null : await recogniser.recognise(sound, language);
      sound.fill(0);
      const told = heard?.ok ? withRecognition(evidence, digits, heard.value.digits) : evidence;
      return alone ? requireRecognition(told) : told;
    },
  };
}
