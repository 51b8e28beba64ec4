import { flatBuffer, type FlatBuffer, type FlatTable } from './flat-buffer.ts';

/** The operators that are understood, by their number in TensorFlow Lite's schema (version 3). */
const OPERATORS = {
  0: 'add',
  3: 'convolution',
  4: 'depthwise-convolution',
  6: 'dequantize',
  17: 'max-pool',
  34: 'pad',
  54: 'prelu',
} as const;
export type TfliteOperatorName = (typeof OPERATORS)[keyof typeof OPERATORS];

const TENSOR_TYPES = { 0: 'float32', 1: 'float16', 2: 'int32' } as const;
type TensorType = (typeof TENSOR_TYPES)[keyof typeof TENSOR_TYPES];

export interface TfliteTensor {
  /** Batch, rows, columns, channels. */
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** Empty for everything that is computed. */
  readonly data: Uint8Array;
}

/** How a convolution or a pool walks over its input. */
export interface TfliteWindow {
  /** Padding so that the output has `ceil(input / stride)` rows; otherwise none. */
  readonly samePadding: boolean;
  readonly strides: readonly [rows: number, columns: number];
  readonly dilations: readonly [rows: number, columns: number];
  /** Only for pools; a convolution's size is that of its weights. */
  readonly size: readonly [rows: number, columns: number];
}

export interface TfliteOperator {
  readonly name: TfliteOperatorName;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly window: TfliteWindow;
  readonly activation: 'none' | 'relu';
}

export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Raised for a model with something in it that is not understood. */
export class UnsupportedModelError extends Error {}

/** Field numbers of an operator's options; a pool has a size, a convolution dilations. */
interface WindowFields {
  readonly activation: number;
  readonly dilationColumns?: number;
  readonly sizeColumns?: number;
}
const WINDOW_FIELDS: Partial<Record<TfliteOperatorName, WindowFields>> = {
  convolution: { activation: 3, dilationColumns: 4 },
  'depthwise-convolution': { activation: 4, dilationColumns: 5 },
  'max-pool': { activation: 5, sizeColumns: 3 },
};

/**
 * Reads a TensorFlow Lite model with one graph.
 *
 * @throws UnsupportedModelError when an operator, a type or an activation is not understood.
 */
export function readTfliteModel(bytes: Uint8Array): TfliteModel {
  const file = flatBuffer(bytes);
  const model = file.root();
  const names = file.tables(model, 1).map((code) => operatorName(file, code));
  const buffers = file.tables(model, 4).map((buffer) => file.bytes(buffer, 0));
  const [graph] = file.tables(model, 2);
  if (!graph) throw new UnsupportedModelError('the file holds no graph');
  return {
    tensors: file.tables(graph, 0).map((tensor) => ({
      shape: file.int32s(tensor, 0),
      type: known(TENSOR_TYPES, file.int8(tensor, 1), 'tensor type'),
      data: buffers[file.int32(tensor, 2)] ?? new Uint8Array(0),
    })),
    operators: file.tables(graph, 3).map((operator) => readOperator(file, operator, names)),
    inputs: file.int32s(graph, 1),
    outputs: file.int32s(graph, 2),
  };
}

function operatorName(file: FlatBuffer, code: FlatTable): TfliteOperatorName {
  // Numbers up to 127 are in the first field, which older files have alone.
  return known(OPERATORS, Math.max(file.int8(code, 0), file.int32(code, 3)), 'operator');
}

function readOperator(file: FlatBuffer, operator: FlatTable, names: readonly TfliteOperatorName[]): TfliteOperator {
  const name = names[file.int32(operator, 0)];
  const [output] = file.int32s(operator, 2);
  if (name === undefined || output === undefined) throw new UnsupportedModelError('an operator without name or output');
  const options = file.table(operator, 4);
  const fields = WINDOW_FIELDS[name];
  const int32 = (field: number | undefined, otherwise: number): number =>
    options && field !== undefined ? file.int32(options, field, otherwise) : otherwise;
  const int8 = (field: number): number => (options ? file.int8(options, field) : 0);
  const { dilationColumns, sizeColumns } = fields ?? {};
  const activation = fields ? int8(fields.activation) : name === 'add' ? int8(0) : 0;
  return {
    name,
    inputs: file.int32s(operator, 1),
    output,
    window: {
      samePadding: fields !== undefined && int8(0) === 0,
      strides: [int32(fields && 2, 1), int32(fields && 1, 1)],
      dilations: [int32(dilationColumns && dilationColumns + 1, 1), int32(dilationColumns, 1)],
      size: [int32(sizeColumns && sizeColumns + 1, 1), int32(sizeColumns, 1)],
    },
    activation: known({ 0: 'none', 1: 'relu' } as const, activation, 'activation'),
  };
}

function known<T>(names: Readonly<Record<number, T>>, number: number, what: string): T {
  const name = names[number];
  if (name === undefined) throw new UnsupportedModelError(`${what} ${number} is not understood`);
  return name;
}

/** The values of a constant float tensor; half-precision values are widened. */
export function floatsOf({ type, data }: TfliteTensor): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (type === 'float32') return Float32Array.from({ length: data.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  if (type === 'float16') {
    return Float32Array.from({ length: data.length / 2 }, (_, i) => widened(view.getUint16(2 * i, true)));
  }
  throw new UnsupportedModelError(`weights of type ${type}`);
}

/** The values of a constant int32 tensor. */
export function integersOf({ type, data }: TfliteTensor): readonly number[] {
  if (type !== 'int32') throw new UnsupportedModelError(`sizes of type ${type}`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: data.length / 4 }, (_, i) => view.getInt32(4 * i, true));
}

/** IEEE 754 half precision: 1 bit sign, 5 bits exponent, 10 bits fraction. */
function widened(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
