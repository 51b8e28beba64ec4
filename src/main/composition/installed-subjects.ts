import { v7 as uuid } from 'uuid';
import type { Clock } from '../../shared/clock.ts';
import { createSubjectErasureRows, type SubjectErasureRows } from '../store/subject-erasure-rows.ts';
import { createSubjectKept } from '../store/subject-kept.ts';
import type { Installation } from './installation.ts';
import { createSubjectDesk, type KeptSubjectDesk, type SubjectDeskParts } from './subject-desk.ts';
import { subjectVaults } from './subject-vaults.ts';

export interface InstalledSubjectsParts {
  readonly installation: Installation;
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Drops what rules about risk remember of a person's face. */
  readonly forgetFace: (subjectKey: string) => void;
  /** Something was erased: the verifier can be told. */
  readonly onErased: () => void;
  /** Vaults that the caller writes to as well. */
  readonly destroy?: Partial<SubjectDeskParts['destroy']>;
}

/** Erasing people from this machine, wired. */
export function createInstalledSubjects(parts: InstalledSubjectsParts): {
  readonly desk: KeptSubjectDesk;
  readonly erasures: SubjectErasureRows;
} {
  const { installation, dataFolder, clock } = parts;
  const { database, audit, identity, checks } = installation;
  const erasures = createSubjectErasureRows({ database, audit, sign: (text) => identity.sign(text) });
  const desk = createSubjectDesk({
    kept: createSubjectKept(database),
    erasures,
    checks,
    destroy: subjectVaults(installation, dataFolder, parts.destroy),
    forgetFace: parts.forgetFace,
    deviceId: () => identity.deviceId(),
    newDeletionId: () => uuid({ msecs: clock.wallMs() }),
    clock,
    onErased: parts.onErased,
  });
  return { desk, erasures };
}

/** Days that a scene keeps evidence now; null for one that isn't known any more. */
export function evidenceDaysOf({ scenes }: Pick<Installation, 'scenes'>): (sceneId: string) => number | null {
  return (sceneId) => {
    const scene = scenes.scene(sceneId);
    return scene.ok ? scene.value.retentionDays : null;
  };
}
