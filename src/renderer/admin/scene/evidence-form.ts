import {
  DEFAULT_EVIDENCE_POLICY,
  evidencePolicyOf,
  type EvidencePolicy,
  type Scene,
} from '../../../shared/domain/scene.ts';

/** What is kept of a certification, as the fields of the scene's form hold it. */
export interface EvidenceDraft {
  readonly evidenceKeep: EvidencePolicy['keep'];
  readonly evidenceClip: boolean;
}

export function evidenceDraft(scene: Pick<Scene, 'evidence'>): EvidenceDraft {
  const { keep, clip } = evidencePolicyOf(scene as Scene);
  return { evidenceKeep: keep, evidenceClip: clip };
}

/** Reads the fields: a policy like the one that comes with the program isn't kept. */
export function parseEvidence<Draft extends EvidenceDraft>({ evidenceKeep: keep, evidenceClip: clip, ...rest }: Draft) {
  const isUsual = keep === DEFAULT_EVIDENCE_POLICY.keep && clip === DEFAULT_EVIDENCE_POLICY.clip;
  return { evidence: isUsual ? {} : { evidence: { keep, clip } }, rest };
}
