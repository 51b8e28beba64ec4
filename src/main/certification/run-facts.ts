import type { Consent } from '../../shared/domain/certification.ts';
import { attemptLimitsOf, evidencePolicyOf, asksForClip } from '../../shared/domain/scene.ts';
import { looksAtFace, usesCamera } from '../../shared/domain/scheme-materials.ts';
import { NEEDED_MATERIALS, type Check, type Material } from '../../shared/domain/verification.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { Run } from './run.ts';

/** Name and number of whoever a certification is about. */
export interface KnownIdentity {
  readonly name: string;
  readonly number: string;
}

/** Whether name and number that a caller gives are enough: where no face is compared with a card's portrait. */
function takesGiven({ identity, liveness, reference }: Scheme): boolean {
  return identity === 'given' || (identity === 'chip-card' && liveness === 'none' && reference === 'none');
}

/** By the card that lay there, by what was typed or photographed, or by the caller's word; null while nobody knows. */
export function identityOf(run: Run): KnownIdentity | null {
  return run.document?.fields ?? run.typed ?? run.read ?? givenIdentity(run);
}

/** Name and number by the caller's word; null where it gave none, or where its word isn't enough. */
export function givenIdentity({ request, scheme }: Pick<Run, 'request' | 'scheme'>): KnownIdentity | null {
  const { name, number } = request?.inputs ?? {};
  return name !== undefined && number !== undefined && takesGiven(scheme) ? { name, number } : null;
}

/** What tells the person from others; null where nobody is identified. */
export function subjectOf(run: Run): string | null {
  return (run.document?.fields ?? run.typed)?.number ?? run.read?.subject ?? identityOf(run)?.number ?? null;
}

/** Whether the kiosk's camera looks at the person's face. */
export function facesCamera({ scheme }: Pick<Run, 'scheme'>): boolean {
  return usesCamera(scheme);
}

/** What the verifier is asked about this certification; null: nothing. */
export function checkOf({
  scene,
  scheme,
  fallback,
  test = false,
}: Pick<Run, 'scene' | 'scheme' | 'fallback'> & Partial<Pick<Run, 'test'>>): Check | null {
  if (test) return null;
  if (scheme.actor === 'phone') return null;
  const ownWay = fallback === null || fallback.method === 'another-liveness';
  return (ownWay ? scene.confirmation : undefined) ?? scheme.check;
}

/** Whether the verifier needs this material to answer the check. */
export function checkNeeds(check: Check, material: Material): boolean {
  return (NEEDED_MATERIALS[check] as readonly Material[]).includes(material);
}

/** What consent to sending covers beside the record; null: the record alone. */
export function sentBy(
  run: Pick<Run, 'scene' | 'scheme' | 'fallback'> & Partial<Pick<Run, 'test'>>,
): 'identity' | 'face' | 'video' | null {
  if (run.scheme.actor === 'phone') return 'identity';
  const check = checkOf(run);
  if (check === null) return null;
  if (checkNeeds(check, 'clip')) return 'video';
  return looksAtFace(check) ? 'face' : 'identity';
}

/** Whether a clip is recorded: where some certification would keep it, or the verifier wants it. */
export function recordsClipOf(run: Run): boolean {
  const check = checkOf(run);
  return asksForClip(evidencePolicyOf(run.scene)) || (check !== null && checkNeeds(check, 'clip'));
}

/**
 * Whether a consent lets the certification go on. Where nobody is looked at, agreeing to the sending is what there is to
 * agree to.
 */
export function agreesEnough(run: Run, { capture, transmit }: Pick<Consent, 'capture' | 'transmit'>): boolean {
  return capture || (!facesCamera(run) && transmit && sentBy(run) !== null);
}

/** Nothing may be decided here: the verifier can't be reached, and the scene then only captures. */
export function onlyCaptures({ scene, online }: Pick<Run, 'scene' | 'online'>): boolean {
  return !online && scene.offlinePolicy === 'capture_only';
}

/** No more tries of this visitor. */
export function isLocked({ attempt, scene }: Pick<Run, 'attempt' | 'scene'>): boolean {
  return attempt >= attemptLimitsOf(scene).perVisit;
}

/** Whether somebody is the person whom the caller has named; what it left open, anybody is. */
export function isTheNamed({ request }: Pick<Run, 'request'>, identity: KnownIdentity): boolean {
  const { name, number } = request?.inputs ?? {};
  const sameName = name === undefined || plain(name) === plain(identity.name);
  return sameName && (number === undefined || number.toUpperCase() === identity.number.toUpperCase());
}

/** A name without what is written in more than one way: spaces, and the dot within names. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·・•‧.]/gu, '');
}
