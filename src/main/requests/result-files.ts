import type { KeptMaterial } from '../../shared/domain/certification-result.ts';
import type { Output } from '../../shared/domain/scheme.ts';

/** One file of a result, by the name under which it is handed out. */
export interface ResultFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What each file of a result is, by its name without what follows the point. */
const MATERIALS = ['best-frame', 'clip', 'portrait', 'document-fields', 'card-front', 'card-back'] as const;

/** What may be kept for a caller, by the outputs of the scheme: nothing that the scheme doesn't give. */
const ALLOWED = {
  'best-frame': 'best-frame',
  clip: 'clip',
  portrait: 'portrait',
  'document-fields': 'document-fields',
  'card-front': 'card-pictures',
  'card-back': 'card-pictures',
} as const satisfies Record<KeptMaterial['name'], Output>;

/** By the name before the point; null for a file that no result has. */
export function materialOf(fileName: string): KeptMaterial['name'] | null {
  return MATERIALS.find((name) => fileName.startsWith(`${name}.`)) ?? null;
}

/** The files that a scheme gives; all others are left out. */
export function allowedFiles(files: readonly ResultFile[], outputs: readonly Output[]): readonly ResultFile[] {
  return files.filter(({ name }) => {
    const material = materialOf(name);
    return material !== null && outputs.includes(ALLOWED[material]);
  });
}

/** Leaves out files that no result has. `keptUntilMs` is wall time and holds for all of them. */
export function keptMaterials(files: readonly ResultFile[], keptUntilMs: number): readonly KeptMaterial[] {
  return files.flatMap(({ name, bytes }) => {
    const material = materialOf(name);
    return material === null ? [] : [{ name: material, bytes: bytes.length, keptUntilMs }];
  });
}

/** `.jpg` or `.png` by how the bytes begin; `.bin` for anything else, as chips hold portraits. */
export function pictureFile(
  name: 'best-frame' | 'portrait' | 'card-front' | 'card-back',
  bytes: Uint8Array,
): ResultFile {
  const ending =
    bytes[0] === 0xff && bytes[1] === 0xd8 ? 'jpg' : bytes[0] === 0x89 && bytes[1] === 0x50 ? 'png' : 'bin';
  return { name: `${name}.${ending}`, bytes };
}

/** Indented JSON in UTF-8, the fields in the order given. */
export function fieldsFile(fields: Readonly<Record<string, string>>): ResultFile {
  return { name: 'document-fields.json', bytes: new TextEncoder().encode(`${JSON.stringify(fields, null, 2)}\n`) };
}
