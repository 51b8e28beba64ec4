import { noticeHash, type AgreeingPerson, type NoticeFacts } from '../../shared/consent-notice.ts';
import { asksForClip, evidencePolicyOf } from '../../shared/domain/scene.ts';
import type { Output } from '../../shared/domain/scheme.ts';
import type { ConsentScope } from '../../shared/ipc/kiosk-view.ts';
import type { Run } from './run.ts';
import { facesCamera, sentBy } from './run-facts.ts';

/** What a notice depends on of its certification; of a caller's request only whether there is one. */
export type Noticed = Pick<Run, 'scene' | 'scheme' | 'fallback'> &
  Partial<Pick<Run, 'test'>> & { readonly request: object | null };

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
export function consentScope(run: Noticed, { recipient, returnsFaces }: ConsentContext): ConsentScope {
  const sends = sentBy(run);
  const returnsFace = run.scene.returnsFace === true && returnsFaces && facesCamera(run);
  return {
    ...(sends === null ? {} : { sends }),
    ...(recipient === null ? {} : { recipient }),
    ...(returnsFace ? { returnsFace } : {}),
  };
}

/** Results that are files, which a caller may collect for a day. */
const FILES: ReadonlySet<Output> = new Set(['best-frame', 'clip', 'portrait', 'card-pictures']);

function keepsForCaller({ request, scheme }: Noticed): boolean {
  return request !== null && scheme.outputs.some((output) => FILES.has(output));
}

/** What the notice of a certification speaks of, by the names that the screen has for it. */
export function consentFacts(run: Noticed, context: ConsentContext) {
  const { scene } = run;
  const evidence = evidencePolicyOf(scene);
  return {
    purpose: context.purpose,
    ...(context.contact === undefined ? {} : { contact: context.contact }),
    retentionDays: scene.retentionDays,
    ...(evidence.keep === 'none' ? {} : { keepsPictures: true }),
    ...(asksForClip(evidence) ? { keepsClip: true } : {}),
    ...(keepsForCaller(run) ? { keepsForCaller: true } : {}),
    ...(scene.legalBasis === undefined ? {} : { legalBasis: scene.legalBasis }),
    ...(facesCamera(run) ? {} : { withoutFace: true }),
    ...consentScope(run, context),
  };
}

/** SHA-256, hex, of the notice as it is shown for this certification. */
export function consentHash(
  run: Noticed,
  context: ConsentContext,
  language: 'zh-CN' | 'en',
  sha256Hex: (text: string) => string,
  by: AgreeingPerson = 'self',
): string {
  const facts: NoticeFacts = { siteName: context.siteName, ...consentFacts(run, context) };
  return noticeHash(facts, language, sha256Hex, by);
}
