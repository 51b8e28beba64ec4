import onnxProto from 'onnx-proto';
import {
  floatsOf,
  integersOf,
  readTfliteModel,
  UnsupportedModelError,
  type TfliteModel,
  type TfliteOperator,
  type TfliteTensor,
} from './tflite-model.ts';

const { ModelProto } = onnxProto.onnx;
const FLOAT32 = 1;
const INT64 = 7;
/** The versions of the file format and of the operators' meaning; every runtime since 2020 knows them. */
const IR_VERSION = 7;
const OPSET = 13;

/** Where batch, channels, rows, columns are found in batch, rows, columns, channels. */
const TO_PLANAR = [0, 3, 1, 2] as const;

interface Graph {
  readonly nodes: object[];
  readonly initializers: object[];
}

/**
 * Converts a float TensorFlow Lite model of convolutions to ONNX. Tensors become planar (batch, channels, rows,
 * columns) throughout, so that the result takes the same input as the other models. Inputs are named `input0`…, outputs
 * `output0`…; the same bytes always give the same bytes.
 *
 * @throws UnsupportedModelError when something in the model is not understood.
 */
export function tfliteToOnnx(bytes: Uint8Array): Uint8Array {
  const model = readTfliteModel(bytes);
  const graph: Graph = { nodes: [], initializers: [] };
  const converter = createConverter(model, graph);
  for (const operator of model.operators) converter.convert(operator);
  const described = (prefix: string, indices: readonly number[]) =>
    indices.map((index, i) => ({ name: `${prefix}${i}`, type: tensorType(planarShape(model.tensors[index]!)) }));
  return ModelProto.encode(
    ModelProto.fromObject({
      irVersion: IR_VERSION,
      opsetImport: [{ domain: '', version: OPSET }],
      producerName: 'countersign',
      graph: {
        name: 'converted',
        node: graph.nodes,
        initializer: graph.initializers,
        input: described('input', model.inputs),
        output: described('output', model.outputs),
      },
    }),
  ).finish();
}

function createConverter(model: TfliteModel, graph: Graph) {
  /** Half-precision constants stand for the results of their widening. */
  const constants = new Map<number, TfliteTensor>();
  const tensor = (index: number): TfliteTensor => {
    const found = constants.get(index) ?? model.tensors[index];
    if (!found) throw new UnsupportedModelError(`tensor ${index} does not exist`);
    return found;
  };
  const name = (index: number): string => {
    const input = model.inputs.indexOf(index);
    const output = model.outputs.indexOf(index);
    return input >= 0 ? `input${input}` : output >= 0 ? `output${output}` : `tensor${index}`;
  };
  const add = (opType: string, operator: TfliteOperator, input: readonly string[], attributes: Attributes = {}) => {
    const output = name(operator.output);
    const direct = operator.activation === 'none' ? output : `${output}.linear`;
    graph.nodes.push({ opType, name: `${opType}.${output}`, input, output: [direct], attribute: listed(attributes) });
    if (direct !== output) {
      graph.nodes.push({ opType: 'Relu', name: `Relu.${output}`, input: [direct], output: [output] });
    }
  };
  const weights = (label: string, values: Float32Array, dims: readonly number[]): string => {
    const rawData = Buffer.alloc(4 * values.length);
    values.forEach((value, i) => rawData.writeFloatLE(value, 4 * i));
    graph.initializers.push({ name: label, dims, dataType: FLOAT32, rawData });
    return label;
  };
  const convolve = (operator: TfliteOperator, order: readonly number[], depthwise: boolean): void => {
    const [source, kernel, bias] = operator.inputs as readonly [number, number, number?];
    const { values, shape } = transposed(floatsOf(tensor(kernel)), tensor(kernel).shape, order);
    const label = name(operator.output);
    const inputs = [name(source), weights(`${label}.weights`, values, shape)];
    if (bias !== undefined && bias >= 0) {
      inputs.push(weights(`${label}.bias`, floatsOf(tensor(bias)), tensor(bias).shape));
    }
    const size = [shape[2]!, shape[3]!] as const;
    const window = windowAttributes(operator, tensor(source), size);
    const { dilations } = operator.window;
    add('Conv', operator, inputs, { ...window, dilations, group: depthwise ? tensor(source).shape[3]! : 1 });
  };
  const prelu = (operator: TfliteOperator): void => {
    const [source, slope] = operator.inputs as readonly [number, number];
    const values = floatsOf(tensor(slope));
    if (values.length !== tensor(source).shape[3]) throw new UnsupportedModelError('a slope for each pixel');
    add('PRelu', operator, [name(source), weights(`${name(operator.output)}.slope`, values, [values.length, 1, 1])]);
  };
  const pad = (operator: TfliteOperator): void => {
    const [source, amounts] = operator.inputs as readonly [number, number];
    const pairs = integersOf(tensor(amounts));
    const ends = [0, 1].flatMap((end) => TO_PLANAR.map((axis) => pairs[2 * axis + end]!));
    const rawData = Buffer.alloc(8 * ends.length);
    ends.forEach((end, i) => rawData.writeBigInt64LE(BigInt(end), 8 * i));
    const label = `${name(operator.output)}.pads`;
    graph.initializers.push({ name: label, dims: [ends.length], dataType: INT64, rawData });
    add('Pad', operator, [name(source), label]);
  };
  const convert = (operator: TfliteOperator): void => {
    const [first] = operator.inputs;
    if (first === undefined) throw new UnsupportedModelError(`${operator.name} without an input`);
    switch (operator.name) {
      case 'dequantize':
        constants.set(operator.output, tensor(first));
        return;
      case 'convolution':
        return convolve(operator, TO_PLANAR, false);
      case 'depthwise-convolution':
        return convolve(operator, [3, 0, 1, 2], true);
      case 'max-pool':
        return add('MaxPool', operator, [name(first)], windowAttributes(operator, tensor(first), operator.window.size));
      case 'add':
        return add('Add', operator, operator.inputs.map(name));
      case 'prelu':
        return prelu(operator);
      case 'pad':
        return pad(operator);
    }
  };
  return { convert };
}

type Attributes = Readonly<Record<string, number | readonly number[]>>;

function listed(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([name, value]) =>
    typeof value === 'number' ? { name, type: 2, i: value } : { name, type: 7, ints: value },
  );
}

function windowAttributes(
  { window }: TfliteOperator,
  source: TfliteTensor,
  size: readonly [number, number],
): Attributes {
  const around = [0, 1].map((axis) => {
    if (!window.samePadding) return [0, 0];
    const length = source.shape[axis + 1]!;
    const stride = window.strides[axis]!;
    const reach = (size[axis]! - 1) * window.dilations[axis]! + 1;
    const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
    return [total >> 1, total - (total >> 1)];
  });
  const pads = [around[0]![0]!, around[1]![0]!, around[0]![1]!, around[1]![1]!];
  return { kernel_shape: size, strides: window.strides, pads };
}

function planarShape({ shape }: TfliteTensor): readonly number[] {
  if (shape.length !== 4) throw new UnsupportedModelError(`an input or output of ${shape.length} dimensions`);
  return TO_PLANAR.map((axis) => shape[axis]!);
}

function tensorType(shape: readonly number[]): object {
  return { tensorType: { elemType: FLOAT32, shape: { dim: shape.map((dimValue) => ({ dimValue })) } } };
}

function transposed(values: Float32Array, shape: readonly number[], order: readonly number[]) {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const target = order.map((axis) => shape[axis]!);
  const [a, b, c, d] = target as [number, number, number, number];
  const [sa, sb, sc, sd] = order.map((axis) => strides[axis]!) as [number, number, number, number];
  const moved = new Float32Array(values.length);
  let at = 0;
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++) for (let l = 0; l < d; l++) moved[at++] = values[i * sa + j * sb + k * sc + l * sd]!;
  return { values: moved, shape: target };
}
