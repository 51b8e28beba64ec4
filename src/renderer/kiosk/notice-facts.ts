import type { NoticeFacts } from '../../shared/consent-notice.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';

export type ConsentView = Extract<KioskView, { screen: 'consent' }>;

/** What the notice of a consent screen depends on: the facts alone, so that its hash is that of the words shown. */
export function noticeFacts(view: ConsentView): NoticeFacts {
  const { siteName, purpose, retentionDays } = view;
  const { contact, legalBasis, withoutFace, keepsPictures, keepsClip, keepsForCaller, sends, recipient, returnsFace } =
    view;
  return {
    siteName,
    purpose,
    retentionDays,
    ...(contact !== undefined && { contact }),
    ...(legalBasis !== undefined && { legalBasis }),
    ...(withoutFace !== undefined && { withoutFace }),
    ...(keepsPictures !== undefined && { keepsPictures }),
    ...(keepsClip !== undefined && { keepsClip }),
    ...(keepsForCaller !== undefined && { keepsForCaller }),
    ...(sends !== undefined && { sends }),
    ...(recipient !== undefined && { recipient }),
    ...(returnsFace !== undefined && { returnsFace }),
  };
}
