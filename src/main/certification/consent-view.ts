import { noticeHash, type NoticeFacts } from '../../shared/consent-notice.ts';
import { asksForClip, evidencePolicyOf } from '../../shared/domain/scene.ts';
import type { ConsentScope } from '../../shared/ipc/kiosk.ts';
import type { Run } from './flow-state.ts';
import { facesCamera, sentBy } from './run-facts.ts';

/** What a consent depends on beside the certification. */
export interface ConsentContext {
  readonly siteName: string;
  readonly purpose: string;
  /** How whoever runs this counter can be reached; absent: by its staff. */
  readonly contact?: string;
  /** Whom things are sent to, by name; null where nobody is set up. */
  readonly recipient: string | null;
  /** A place for returned face pictures is set up. */
  readonly returnsFaces: boolean;
}

/** What leaves the device. */
export function consentScope(run: Run, { recipient, returnsFaces }: ConsentContext): ConsentScope {
  const sends = sentBy(run);
  const returnsFace = run.scene.returnsFace === true && returnsFaces && facesCamera(run);
  return {
    ...(sends === null ? {} : { sends }),
    ...(recipient === null ? {} : { recipient }),
    ...(returnsFace ? { returnsFace } : {}),
  };
}

/** What the notice of a certification speaks of, by the names that the screen has for it. */
export function consentFacts(run: Run, context: ConsentContext) {
  const { scene } = run;
  const evidence = evidencePolicyOf(scene);
  return {
    purpose: context.purpose,
    ...(context.contact === undefined ? {} : { contact: context.contact }),
    retentionDays: scene.retentionDays,
    ...(evidence.keep === 'none' ? {} : { keepsPictures: true }),
    ...(asksForClip(evidence) ? { keepsClip: true } : {}),
    ...(scene.legalBasis === undefined ? {} : { legalBasis: scene.legalBasis }),
    ...(facesCamera(run) ? {} : { withoutFace: true }),
    ...consentScope(run, context),
  };
}

/** SHA-256, hex, of the notice as it is shown for this certification. */
export function consentHash(
  run: Run,
  context: ConsentContext,
  language: 'zh-CN' | 'en',
  sha256Hex: (text: string) => string,
): string {
  const facts: NoticeFacts = { siteName: context.siteName, ...consentFacts(run, context) };
  return noticeHash(facts, language, sha256Hex);
}
