import type { SpeechRecogniserState, SpokenLanguage } from '../../shared/domain/digit-liveness.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Caller } from '../worker-process/rpc.ts';
import type { SpeechContract } from './contract.ts';

/** Large models take seconds to be checked and loaded; this long means that the process hangs. */
const PREPARE_TIMEOUT_MS = 60_000;
/** Ten seconds of speech take a fraction of a second. */
const RECOGNISE_TIMEOUT_MS = 10_000;

/** How a speech process that ends or hangs is reported. */
export const SPEECH_CODES = { crashed: 'speech.unavailable', late: 'speech.unavailable' } as const;

/** This machine's own recogniser, as the certification and the screens see it. */
export interface SpeechRecogniser {
  /** Loads the model and has it recognise its self-test. */
  prepare(): Promise<SpeechRecogniserState>;
  state(): SpeechRecogniserState;
  /** The digits heard in 16-bit little-endian samples, 16 kHz. Fails with `speech.unavailable` unless ready. */
  recognise(pcm: Uint8Array, language: SpokenLanguage): Promise<Result<{ readonly digits: string }, Failure>>;
  /** The process was started anew: loads the model again, unless it is the model that ended it. */
  restarted(): Promise<SpeechRecogniserState>;
}

/** @param folder with the operator's model and its description. */
export function createSpeechRecogniser(caller: Caller<SpeechContract>, folder: string): SpeechRecogniser {
  let state: SpeechRecogniserState = { state: 'starting' };
  let preparing = false;

  const prepare = async (): Promise<SpeechRecogniserState> => {
    state = { state: 'starting' };
    preparing = true;
    const prepared = await caller.call('prepare', { folder }, PREPARE_TIMEOUT_MS);
    preparing = false;
    state = prepared.ok
      ? { state: 'ready', languages: prepared.value.languages }
      : { state: 'off', why: explained(prepared.error) };
    return state;
  };

  return {
    prepare,
    state: () => state,
    restarted: async () => (preparing || state.state === 'off' ? state : prepare()),
    recognise: (pcm, language) => {
      if (state.state === 'ready') return caller.call('recognise', { pcm, language }, RECOGNISE_TIMEOUT_MS);
      const why = state.state === 'off' ? state.why : failure('speech.unavailable', 'the speech model is loading');
      return Promise.resolve(err(why));
    },
  };
}

/** What a kiosk without a speech model has: an honest "no". */
export function noSpeechRecogniser(
  why: Failure = failure('speech.unavailable', 'no speech model is installed'),
): SpeechRecogniser {
  const state: SpeechRecogniserState = { state: 'off', why };
  return {
    prepare: () => Promise.resolve(state),
    state: () => state,
    restarted: () => Promise.resolve(state),
    recognise: () => Promise.resolve(err(why)),
  };
}

function explained({ code, detail }: Failure): Failure {
  return failure(code, detail ?? 'the speech process ended while it loaded the model');
}
