import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';

/** SHA-256, hex, of everything that decides how a request is carried out. */
export function schemeHash({ scene, scheme }: { readonly scene: Scene; readonly scheme: Scheme }): string {
  return createHash('sha256').update(canonicalJson({ scene, scheme })).digest('hex');
}

/** What is kept of a token: its SHA-256, hex. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
