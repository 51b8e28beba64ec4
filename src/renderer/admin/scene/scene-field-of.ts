import { MEASURED_REASONS } from '../../../shared/domain/face-quality.ts';
import { limitField } from './quality-limits-form.ts';
import type { SceneField } from './scene-form.ts';

const FIELDS: Readonly<Record<string, SceneField>> = {
  id: 'id',
  name: 'name',
  scheme: 'scheme',
  far: 'far',
  offlinePolicy: 'offlinePolicy',
  retentionDays: 'retentionDays',
  confirmation: 'confirmation',
  evidence: 'evidence',
  identification: 'identification',
  oncePerIdentity: 'once',
  fallbacks: 'otherWays',
  guardian: 'withGuardian',
  returnsFace: 'givesFace',
  legalBasis: 'legal',
  attempts: 'perVisit',
  liveness: 'livenessMode',
};
const NARROWER: Readonly<Record<string, SceneField>> = {
  'attempts.perPersonDay': 'perPersonDay',
  'liveness.fallback': 'livenessFallback',
};

/** Which field of the scene's form a path of main's rules stands for; null for what the form has no field for. */
export function sceneFieldOf(path: string): SceneField | null {
  const [first = '', second = ''] = path.split('.');
  const limit = MEASURED_REASONS.find((reason) => first === 'qualityLimits' && reason === second);
  if (limit !== undefined) return limitField(limit);
  return NARROWER[`${first}.${second}`] ?? FIELDS[first] ?? null;
}
