import onnxProto from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { expandPrelu } from '../../../scripts/models/expand-prelu.ts';

const { ModelProto } = onnxProto.onnx;
const FLOAT32 = 1;

/** One PReLU on `1 × 3 × 2 × 4` values, with slopes of the given dimensions. */
function preluModel(slopes: readonly number[], dims: readonly number[]): Uint8Array {
  const planes = { tensorType: { elemType: FLOAT32, shape: { dim: [1, 3, 2, 4].map((dimValue) => ({ dimValue })) } } };
  return ModelProto.encode(
    ModelProto.fromObject({
      irVersion: 7,
      opsetImport: [{ domain: '', version: 13 }],
      graph: {
        name: 'test',
        node: [{ opType: 'PRelu', name: 'prelu', input: ['x', 'slope'], output: ['y'] }],
        initializer: [
          { name: 'slope', dataType: FLOAT32, dims, rawData: new Uint8Array(Float32Array.from(slopes).buffer) },
        ],
        input: [{ name: 'x', type: planes }],
        output: [{ name: 'y', type: planes }],
      },
    }),
  ).finish();
}

const INPUT = Float32Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? -1 : 1) * (0.25 + i));

async function outputOf(model: Uint8Array): Promise<number[]> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const { y } = await session.run({ x: new Tensor('float32', INPUT, [1, 3, 2, 4]) });
  await session.release();
  return Array.from(y!.data as Float32Array);
}

function operatorsOf(model: Uint8Array): (string | null | undefined)[] {
  return (ModelProto.decode(model).graph?.node ?? []).map(({ opType }) => opType);
}

describe('writing PReLU as convolutions', () => {
  it.each([
    ['below 1', [0.25, 0, -0.5], ['Conv', 'Relu', 'Conv', 'Add']],
    ['on both sides of 1', [0.25, 1, 3], ['Relu', 'Conv', 'Conv', 'Add']],
  ])('gives the same for slopes %s', async (_, slopes, operators) => {
    const { model, expanded } = expandPrelu(preluModel(slopes, [3, 1, 1]));
    expect([expanded, operatorsOf(model)]).toEqual([1, operators]);
    const values = await outputOf(model);
    const expected = Array.from(INPUT, (x, i) => (x < 0 ? x * slopes[Math.floor(i / 8)]! : x));
    expect(values.length).toBe(24);
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
  });

  it('leaves a PReLU alone that has no slope for each channel', () => {
    const shared = preluModel([0.25], [1]);
    const each = preluModel(
      Array.from({ length: 24 }, () => 0.5),
      [3, 2, 4],
    );
    const column = preluModel([0.1, 0.2, 0.3, 0.4], [4]);
    for (const original of [shared, each, column]) {
      const { model, expanded } = expandPrelu(original);
      expect([expanded, operatorsOf(model)]).toEqual([0, ['PRelu']]);
    }
  });

  it('gives the same bytes for the same model', () => {
    const model = preluModel([0.1, 0.2, 0.3], [3, 1, 1]);
    expect(Buffer.compare(expandPrelu(model).model, expandPrelu(model).model)).toBe(0);
  });
});
