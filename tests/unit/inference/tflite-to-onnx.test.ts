import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cacheFolderOf } from '../../../scripts/prepare-models.ts';
import { sha256Of } from '../../../scripts/package-file.ts';
import { expandPrelu } from '../../../scripts/models/expand-prelu.ts';
import { tfliteToOnnx } from '../../../scripts/models/tflite-to-onnx.ts';
import { modelManifestSchema } from '../../../src/main/inference/model-manifest.ts';

const mesh = modelManifestSchema
  .parse(JSON.parse(readFileSync('models/manifest.json', 'utf8')))
  .models.find(({ id }) => id === 'mesh')!;
const source = (): Uint8Array => {
  const { source: from, transform } = mesh;
  if (from.kind !== 'npm' || transform.kind !== 'tflite-to-onnx') throw new Error('the mesh is not converted');
  const folder = `${from.package.replace('/', '+')}-${from.version}`;
  const packed = readFileSync(join(cacheFolderOf(process.cwd()), 'packages', folder, from.path));
  return new Uint8Array(packed.subarray(transform.offset, transform.offset + transform.bytes));
};

describe('converting TensorFlow Lite', () => {
  it('gives the bytes of the manifest, every time', () => {
    const converted = (): string => sha256Of(expandPrelu(tfliteToOnnx(source())).model);
    expect([converted(), converted()]).toEqual([mesh.sha256, mesh.sha256]);
  });

  it('refuses an operator that it does not understand', () => {
    const bytes = source();
    // Operator codes are tables; the deprecated one-byte code of PRELU is 54, and 97 resizes.
    const at = codeOf(bytes, 54);
    bytes[at] = 97;
    expect(() => tfliteToOnnx(bytes)).toThrow('operator 97 is not understood');
  });
});

/** Where the one-byte code of an operator stands in the list of operator codes of the file. */
function codeOf(bytes: Uint8Array, code: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const field = (table: number, number: number): number =>
    table + view.getUint16(table - view.getInt32(table, true) + 4 + 2 * number, true);
  const list = field(view.getUint32(0, true), 1);
  const first = list + view.getUint32(list, true);
  for (let i = 0; i < view.getUint32(first, true); i++) {
    const entry = first + 4 + 4 * i;
    const table = entry + view.getUint32(entry, true);
    if (view.getInt8(field(table, 0)) === code) return field(table, 0);
  }
  throw new Error(`no operator ${code}`);
}
