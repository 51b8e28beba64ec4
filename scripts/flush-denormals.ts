import onnxProto from 'onnx-proto';

const FLOAT32 = 1;

/**
 * Sets every float32 weight with a magnitude under `below` to zero. Denormal weights send the processor down its slow
 * path: the embedding model takes six times as long with them, and its output differs by less than 1e-6 without.
 *
 * @returns the re-encoded ONNX model and the number of weights that were set.
 */
export function flushDenormals(model: Uint8Array, below: number): { model: Uint8Array; flushed: number } {
  const parsed = onnxProto.onnx.ModelProto.decode(model);
  let flushed = 0;
  for (const tensor of parsed.graph?.initializer ?? []) {
    if (tensor.dataType !== FLOAT32 || !tensor.rawData || tensor.rawData.length === 0) continue;
    const weights = Buffer.from(tensor.rawData);
    for (let at = 0; at < weights.length; at += 4) {
      const weight = weights.readFloatLE(at);
      if (weight === 0 || Math.abs(weight) >= below) continue;
      weights.writeFloatLE(0, at);
      flushed++;
    }
    tensor.rawData = weights;
  }
  return { model: onnxProto.onnx.ModelProto.encode(parsed).finish(), flushed };
}
