import { checkMaterialsSchema, type CheckMaterials } from '../../shared/domain/verification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { VaultPart } from './vault-bundle.ts';

/** Materials that are files, and what each is called in its bundle. */
const FILES = {
  face: 'face',
  reference: 'reference',
  clip: 'clip',
  cardFront: 'card-front',
  cardBack: 'card-back',
  bankCardPicture: 'bank-card',
} as const satisfies Partial<Record<keyof CheckMaterials, string>>;
const FILE_FIELDS = Object.keys(FILES) as readonly (keyof typeof FILES)[];

/** Everything that isn't a file. */
const DESCRIPTION = 'materials.json';

/** The parts of the bundle `materials`: one for each file, and a description with all the rest. */
export function materialParts(materials: CheckMaterials): readonly VaultPart[] {
  const files = FILE_FIELDS.flatMap((field) => {
    const file = materials[field];
    return file === undefined ? [] : [{ name: FILES[field], bytes: file.bytes }];
  });
  const described = Object.entries(materials).map(([field, value]) => [field, withoutBytes(value)]);
  const description = new TextEncoder().encode(JSON.stringify(Object.fromEntries(described)));
  return [{ name: DESCRIPTION, bytes: description }, ...files];
}

/** @returns `store.corrupt` for parts that aren't the ones of `materialParts` */
export function materialsFromParts(parts: readonly VaultPart[]): Result<CheckMaterials, Failure> {
  const named = new Map(parts.map(({ name, bytes }) => [name, bytes]));
  const description = parseStoredJson(Buffer.from(named.get(DESCRIPTION) ?? []).toString('utf8'));
  if (typeof description !== 'object' || description === null) return unreadable();
  const whole = Object.entries(description).map(([field, value]) => {
    const bytes = named.get(FILES[field as keyof typeof FILES]);
    return [field, bytes === undefined ? (value as unknown) : { ...(value as object), bytes }];
  });
  const materials = checkMaterialsSchema.safeParse(Object.fromEntries(whole));
  return materials.success ? ok(materials.data) : unreadable();
}

function withoutBytes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('bytes' in value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'bytes'));
}

function unreadable(): Result<never, Failure> {
  return err(failure('store.corrupt', 'the materials of a check do not parse'));
}
