import {
  checkMaterialsSchema,
  missingMaterial,
  NEEDED_MATERIALS,
  type Capability,
  type Check,
  type CheckMaterials,
  type Material,
} from '../../shared/domain/verification.ts';
import type { Artifact, ArtifactName, SealedIdentity } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';
import { isMp4, jpegSize } from './picture-size.ts';

const ARTIFACT_MATERIALS: Readonly<Record<ArtifactName, Material>> = {
  'face.jpg': 'face',
  'reference.jpg': 'reference',
  'card-front.jpg': 'card-front',
  'card-back.jpg': 'card-back',
  'bank-card.jpg': 'bank-card-picture',
  'clip.mp4': 'clip',
};

const IDENTITY_MATERIALS: ReadonlySet<Material> = new Set(['identity', 'validity', 'phone', 'bank-card']);

/** Whether a check takes anything that has to come sealed. */
export function needsIdentity(check: Check): boolean {
  return NEEDED_MATERIALS[check].some((material) => IDENTITY_MATERIALS.has(material));
}

/**
 * What is wrong with the artifacts that a session announces: one twice, one that nobody who answers the check uses
 * (it would be kept without a purpose), or one missing that the check can't do without.
 */
export function announcementFault(
  check: Check,
  artifacts: readonly Artifact[],
  capabilities: readonly Capability[],
): string | null {
  const names = artifacts.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `${twice} is there twice`;
  const used = new Set<Material>(capabilities.flatMap(({ materials }) => [...materials]));
  const unused = names.find((name) => !used.has(ARTIFACT_MATERIALS[name]));
  if (unused !== undefined) return `${unused} is of no use for ${check}`;
  const clip = artifacts.find(({ name }) => name === 'clip.mp4');
  if (clip !== undefined && clip.clip === undefined) return 'clip.mp4 says nothing about its clip';
  const present = new Set(names.map((name) => ARTIFACT_MATERIALS[name]));
  const missing = missingArtifact(check, present);
  return missing === null ? null : `${check} needs ${missing}`;
}

/** `fake-face` takes a picture or a clip; every other check says itself what it needs. */
function missingArtifact(check: Check, present: ReadonlySet<Material>): Material | null {
  if (check === 'fake-face' && present.has('clip')) return null;
  const needed: readonly Material[] = NEEDED_MATERIALS[check];
  return needed.find((material) => !IDENTITY_MATERIALS.has(material) && !present.has(material)) ?? null;
}

/** Whether a file is what its name and announcement say; a picture may be stored turned by a quarter. */
export function isAsAnnounced(artifact: Artifact, bytes: Uint8Array): boolean {
  if (artifact.name === 'clip.mp4') return isMp4(bytes);
  const size = jpegSize(bytes);
  if (size === null) return false;
  const { width, height } = artifact;
  return (size.width === width && size.height === height) || (size.width === height && size.height === width);
}

/** What of an identity a check gets; a part that doesn't have its form is as good as missing. */
export function identityMaterials(identity: SealedIdentity | null): CheckMaterials {
  if (identity === null) return {};
  const { name, number, validFrom, validTo, phone, bankCard } = identity;
  const parts: Record<string, unknown> = {
    identity: name === undefined || number === undefined ? undefined : { name, number },
    validity: validFrom === undefined || validTo === undefined ? undefined : { from: validFrom, to: validTo },
    phone,
    bankCard,
  };
  const sound: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parts)) {
    if (value !== undefined && checkMaterialsSchema.safeParse({ [key]: value }).success) sound[key] = value;
  }
  return checkMaterialsSchema.parse(sound);
}

/** `identity_missing` names what the check needs and the identity doesn't have in its proper form. */
export function identityProblem(check: Check, identity: SealedIdentity | null): Problem | null {
  const materials = identityMaterials(identity);
  const missing = NEEDED_MATERIALS[check].find(
    (material) => IDENTITY_MATERIALS.has(material) && materials[fieldOf(material)] === undefined,
  );
  return missing === undefined ? null : problem('identity_missing', { detail: missing });
}

function fieldOf(material: Material): keyof CheckMaterials {
  return material === 'bank-card' ? 'bankCard' : (material as 'identity' | 'validity' | 'phone');
}

/** One artifact as a material. */
export interface LoadedArtifact {
  readonly artifact: Artifact;
  readonly bytes: Uint8Array;
}

/** Everything that a check's question carries; `artifacts_missing` names what isn't there. */
export function checkMaterials(
  check: Check,
  identity: SealedIdentity | null,
  loaded: readonly LoadedArtifact[],
): Result<CheckMaterials, Problem> {
  const pictures = loaded.map((each) => pictureMaterial(each));
  const parsed = checkMaterialsSchema.safeParse(Object.assign({}, identityMaterials(identity), ...pictures));
  if (!parsed.success) return err(problem('request_invalid', { detail: parsed.error.issues[0]?.path.join('.') ?? '' }));
  const materials = parsed.data;
  const missing = missingMaterial(check, materials);
  const clipInstead = check === 'fake-face' && materials.clip !== undefined;
  if (missing !== null && !clipInstead) return err(problem('artifacts_missing', { detail: missing }));
  return ok(materials);
}

function pictureMaterial({ artifact, bytes }: LoadedArtifact): Record<string, unknown> {
  const { width, height, clip } = artifact;
  if (clip !== undefined) {
    const { durationMs, sound, challenge } = clip;
    const codecs = { container: 'mp4', videoCodec: 'h264', audioCodec: sound ? 'aac' : null };
    return { clip: { bytes, ...codecs, width, height, durationMs, challenge } };
  }
  const material = ARTIFACT_MATERIALS[artifact.name];
  const field = { 'card-front': 'cardFront', 'card-back': 'cardBack', 'bank-card-picture': 'bankCardPicture' };
  const name = material in field ? field[material as keyof typeof field] : material;
  return { [name]: { bytes, format: 'jpeg', width, height } };
}
