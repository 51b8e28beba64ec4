import onnxProto from 'onnx-proto';

const { ModelProto } = onnxProto.onnx;
type Node = InstanceType<typeof onnxProto.onnx.NodeProto>;
type Tensor = InstanceType<typeof onnxProto.onnx.TensorProto>;

const FLOAT32 = 1;
const INTEGER = 2;
const INTEGERS = 7;

/**
 * Writes every PReLU of a convolutional model as two depthwise 1 × 1 convolutions and a ReLU. The runtime keeps
 * convolutions, ReLU and sums in its own blocked layout; for a PReLU it leaves that layout and comes back, which takes
 * more time than many of the convolutions. With slope `s`, `prelu(x) = s·x + (1 - s)·relu(x)` exactly; where no slope
 * is above 1, `(1 - s)·relu(x)` is `relu((1 - s)·x)`, which the runtime does in one pass.
 *
 * @returns the re-encoded ONNX model and how many were written anew; ones without a slope for each channel stay.
 */
export function expandPrelu(model: Uint8Array): { model: Uint8Array; expanded: number } {
  const parsed = ModelProto.decode(model);
  const graph = parsed.graph;
  if (!graph) return { model, expanded: 0 };
  const constants = new Map((graph.initializer ?? []).map((tensor) => [tensor.name, tensor]));
  const nodes: object[] = [];
  const added: object[] = [];
  let expanded = 0;
  for (const node of graph.node ?? []) {
    const slopes = node.opType === 'PRelu' ? slopesOf(constants.get(node.input?.[1] ?? '')) : null;
    if (!slopes) {
      nodes.push(node);
      continue;
    }
    const parts = expansionOf(node as Node, slopes, `prelu${expanded}`);
    nodes.push(...parts.nodes);
    added.push(...parts.initializers);
    expanded++;
  }
  graph.node = nodes;
  graph.initializer = [...(graph.initializer ?? []), ...added];
  return { model: ModelProto.encode(parsed).finish(), expanded };
}

/** One slope for each channel, or null when the tensor holds something else. */
function slopesOf(tensor: { dims?: unknown; dataType?: unknown; rawData?: unknown; floatData?: unknown } | undefined) {
  const { dims, dataType, rawData, floatData } = (tensor ?? {}) as Partial<Tensor>;
  const sizes = (dims ?? []).map(Number);
  const channels = sizes.at(-3) ?? 0;
  if (dataType !== FLOAT32 || sizes.reduce((product, size) => product * size, 1) !== channels) return null;
  const values = rawData?.length
    ? new Float32Array(Uint8Array.from(rawData).buffer)
    : Float32Array.from(floatData ?? []);
  return values.length === channels ? values : null;
}

interface Expansion {
  readonly nodes: readonly object[];
  readonly initializers: readonly object[];
}

function expansionOf({ input, output }: Node, slopes: Float32Array, name: string): Expansion {
  const [x, y] = [input[0]!, output[0]!];
  const [slope, rest] = [`${name}_slope`, `${name}_rest`];
  const [bent, kept, straight] = [`${name}_bent`, `${name}_kept`, `${name}_straight`];
  const scaled = (from: string, weights: string, to: string): object => depthwise(from, weights, to, slopes.length);
  const relu = (from: string, to: string): object => ({ opType: 'Relu', name: to, input: [from], output: [to] });
  const bend = slopes.every((value) => value <= 1)
    ? [scaled(x, rest, kept), relu(kept, bent)]
    : [relu(x, kept), scaled(kept, rest, bent)];
  return {
    nodes: [
      ...bend,
      scaled(x, slope, straight),
      { opType: 'Add', name: `${name}_sum`, input: [straight, bent], output: [y] },
    ],
    initializers: [
      weightsTensor(slope, slopes),
      weightsTensor(
        rest,
        slopes.map((value) => 1 - value),
      ),
    ],
  };
}

/** A convolution that multiplies each channel with its own weight. */
function depthwise(from: string, weights: string, to: string, channels: number): object {
  return {
    opType: 'Conv',
    name: to,
    input: [from, weights],
    output: [to],
    attribute: [
      { name: 'group', type: INTEGER, i: channels },
      { name: 'kernel_shape', type: INTEGERS, ints: [1, 1] },
    ],
  };
}

function weightsTensor(name: string, values: Float32Array): object {
  const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { name, dataType: FLOAT32, dims: [values.length, 1, 1, 1], rawData };
}
