import { faceReturnSchema, type FaceReturn } from '../../../shared/domain/face-return.ts';
import type { AdminRequest } from '../admin-request.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export const FACE_RETURN_KINDS = ['none', 'folder', 's3', 'oss'] as const;
export type FaceReturnKind = (typeof FACE_RETURN_KINDS)[number];

/** Where face pictures go, as the form holds it; keys are held apart from it. */
export interface FaceReturnDraft {
  readonly kind: FaceReturnKind;
  readonly folder: string;
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
}
export interface FaceKeysDraft {
  readonly id: string;
  readonly secret: string;
}
export const NO_FACE_KEYS: FaceKeysDraft = { id: '', secret: '' };
export type FaceReturnField = Exclude<keyof FaceReturnDraft, 'kind'> | 'keyId' | 'keySecret';
export const STORE_FIELDS = ['endpoint', 'region', 'bucket', 'prefix'] as const;

const EMPTY: FaceReturnDraft = { kind: 'none', folder: '', endpoint: '', region: '', bucket: '', prefix: '' };

export function faceReturnDraft(destination: FaceReturn | null): FaceReturnDraft {
  return destination === null ? EMPTY : { ...EMPTY, ...destination };
}

/** Stores ask for keys; a folder doesn't. */
export function takesKeys(kind: FaceReturnKind): boolean {
  return kind === 's3' || kind === 'oss';
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function endpointProblem(address: string): Problem | null {
  if (address.length > 300 || !URL.canParse(address)) return { key: 'privacy.face.problem.endpoint' };
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))) return null;
  return { key: 'privacy.face.problem.https' };
}

function destinationOf(draft: FaceReturnDraft): unknown {
  const text = (field: Exclude<keyof FaceReturnDraft, 'kind'>): string => draft[field].trim();
  if (draft.kind === 'none') return null;
  if (draft.kind === 'folder') return { kind: 'folder', folder: text('folder') };
  return { kind: draft.kind, ...Object.fromEntries(STORE_FIELDS.map((field) => [field, text(field)])) };
}

function keyProblems(keys: FaceKeysDraft): Partial<Record<FaceReturnField, Problem>> {
  const isWrong = (key: string): boolean => key.trim() === '' || key.trim().length > 200;
  const problem = { key: 'privacy.face.problem.key' } as const;
  return {
    ...(isWrong(keys.id) ? { keyId: problem } : {}),
    ...(isWrong(keys.secret) ? { keySecret: problem } : {}),
  };
}

/** Reads the form. `keys`: null where those that are kept stay. */
export function parseFaceReturn(
  draft: FaceReturnDraft,
  keys: FaceKeysDraft | null,
): Parsed<AdminRequest<'admin:save-face-return'>, FaceReturnField> {
  const problems: { -readonly [Field in FaceReturnField]?: Problem } = {};
  const destination = destinationOf(draft);
  const checked = faceReturnSchema.nullable().safeParse(destination);
  for (const { path } of checked.success ? [] : checked.error.issues) {
    const field = path[0] as FaceReturnField;
    if (field === 'folder' || STORE_FIELDS.some((one) => one === field))
      problems[field] = { key: `privacy.face.problem.${field as 'folder'}` };
  }
  if (takesKeys(draft.kind)) {
    const wrong = endpointProblem(draft.endpoint.trim());
    if (wrong !== null) problems.endpoint = wrong;
    if (keys !== null) Object.assign(problems, keyProblems(keys));
  }
  const sent =
    keys === null || !takesKeys(draft.kind) ? {} : { keys: { id: keys.id.trim(), secret: keys.secret.trim() } };
  return parsed(problems, () => ({ destination: faceReturnSchema.nullable().parse(destination), ...sent }));
}
