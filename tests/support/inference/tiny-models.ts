import onnxProto from 'onnx-proto';

const { ModelProto } = onnxProto.onnx;
const FLOAT32 = 1;

function floats(name: string, shape: readonly number[]): object {
  const dim = shape.map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType: FLOAT32, shape: { dim } } } };
}

function encoded(graph: object): Uint8Array {
  return ModelProto.encode(
    ModelProto.fromObject({
      irVersion: 7,
      opsetImport: [{ domain: '', version: 13 }],
      graph: { name: 'tiny', ...graph },
    }),
  ).finish();
}

/** A model that gives the mean of each channel of its input. */
export function channelMeans(side: number): Uint8Array {
  return encoded({
    node: [
      { opType: 'GlobalAveragePool', input: ['picture'], output: ['means'] },
      { opType: 'Flatten', input: ['means'], output: ['values'] },
    ],
    input: [floats('picture', [1, 3, side, side])],
    output: [floats('values', [1, 3])],
  });
}

/** A detector that finds the same boxes in every picture: one logit and four corners each. */
export function fixedBoxes(side: number, logits: readonly number[], corners: readonly number[]): Uint8Array {
  const constant = (name: string, values: readonly number[], dims: readonly number[]): object => ({
    name,
    dims,
    dataType: FLOAT32,
    rawData: Buffer.from(Float32Array.from(values).buffer),
  });
  const count = logits.length;
  return encoded({
    node: [
      { opType: 'Identity', input: ['fixedScores'], output: ['scores'] },
      { opType: 'Identity', input: ['fixedBoxes'], output: ['boxes'] },
    ],
    initializer: [constant('fixedScores', logits, [1, count, 1]), constant('fixedBoxes', corners, [1, count, 4])],
    input: [floats('picture', [1, 3, side, side])],
    output: [floats('scores', [1, count, 1]), floats('boxes', [1, count, 4])],
  });
}
