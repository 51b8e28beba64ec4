import onnxProto from 'onnx-proto';
import { SPEECH_SAMPLE_RATE } from '../../../src/shared/domain/voice-detector.ts';

const { ModelProto } = onnxProto.onnx;

const FLOAT = 1;
const INT64 = 7;
const BINS = 80;
/** The blank and ten digits. */
const TOKENS = ['<blk>', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
/** Tones far enough apart to have mel bins of their own. */
const TONE_HZ = [300, 450, 620, 820, 1_050, 1_320, 1_640, 2_020, 2_470, 3_000];
/** The logarithm of a mel bin's energy above which there is a tone. */
const TONE_ABOVE = -2;

const mel = (hertz: number): number => 1_127 * Math.log(1 + hertz / 700);
/** The mel bin of 80 between 20 Hz and 7,600 Hz (Kaldi's filter bank, its upper edge 400 Hz below half the rate). */
function binOf(hertz: number): number {
  const low = mel(20);
  const step = (mel(SPEECH_SAMPLE_RATE / 2 - 400) - low) / (BINS + 1);
  return Math.round((mel(hertz) - low) / step) - 1;
}

/**
 * A recogniser that is none, for a language of tones: each digit is a pure tone. Its file is a model like any other to
 * the speech runtime (a Zipformer CTC model's inputs and outputs), which makes its features, runs it and decodes it.
 */
export function toneModel(): Uint8Array {
  const weights = new Float32Array(BINS * TOKENS.length);
  TONE_HZ.forEach((hertz, digit) => {
    weights[binOf(hertz) * TOKENS.length + digit + 1] = 1;
  });
  const bias = new Float32Array(TOKENS.length);
  bias[0] = TONE_ABOVE;
  const value = (name: string, elemType: number, sides: readonly (string | number)[]): object => ({
    name,
    type: {
      tensorType: {
        elemType,
        shape: { dim: sides.map((side) => (typeof side === 'number' ? { dimValue: side } : { dimParam: side })) },
      },
    },
  });
  const tensor = (name: string, dims: readonly number[], values: Float32Array): object => ({
    name,
    dims,
    dataType: FLOAT,
    rawData: new Uint8Array(values.buffer),
  });
  const node = (opType: string, input: readonly string[], output: string): object => ({
    opType,
    name: output,
    input,
    output: [output],
  });
  return ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: 'tones',
      input: [value('x', FLOAT, ['N', 'T', BINS]), value('x_lens', INT64, ['N'])],
      output: [value('log_probs', FLOAT, ['N', 'T', TOKENS.length]), value('log_probs_len', INT64, ['N'])],
      initializer: [tensor('weights', [BINS, TOKENS.length], weights), tensor('bias', [TOKENS.length], bias)],
      node: [
        node('MatMul', ['x', 'weights'], 'scores'),
        node('Add', ['scores', 'bias'], 'biased'),
        node('LogSoftmax', ['biased'], 'log_probs'),
        node('Identity', ['x_lens'], 'log_probs_len'),
      ],
    },
    metadataProps: [{ key: 'model_type', value: 'zipformer2_ctc' }],
  }).finish();
}

export const TONE_TOKENS = TOKENS.map((token, i) => `${token} ${i}\n`).join('');

/** The digits as tones of 200 ms with 150 ms of silence around each. */
export function tonesOf(digits: string): Float32Array {
  const [tone, pause] = [0.2 * SPEECH_SAMPLE_RATE, 0.15 * SPEECH_SAMPLE_RATE];
  const samples = new Float32Array(pause + digits.length * (tone + pause));
  [...digits].forEach((digit, i) => {
    const start = pause + i * (tone + pause);
    const hertz = TONE_HZ[Number(digit)]!;
    for (let k = 0; k < tone; k++) {
      samples[start + k] =
        0.3 * Math.sin((2 * Math.PI * hertz * k) / SPEECH_SAMPLE_RATE) * Math.sin((Math.PI * k) / tone);
    }
  });
  return samples;
}
