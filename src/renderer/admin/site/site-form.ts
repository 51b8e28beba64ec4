import type { Site } from '../../../shared/domain/site.ts';
import { ADMIN_CHANNELS } from '../../../shared/ipc/admin.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export type SiteDraft = Site;

const FIELDS = ['siteName', 'siteNameEnglish', 'purpose', 'purposeEnglish'] as const;

/** Reads the site; each text is trimmed, and the ones that don't fit their length are named. No contact: left out. */
export function parseSite(draft: SiteDraft): Parsed<SiteDraft, keyof SiteDraft> {
  const problems: Partial<Record<keyof SiteDraft, Problem>> = {};
  const { shape } = ADMIN_CHANNELS['admin:save-site'];
  for (const field of FIELDS) {
    if (!shape[field].safeParse(draft[field]).success) problems[field] = { key: `site.problem.${field}` };
  }
  const contact = (draft.contact ?? '').trim();
  if (contact !== '' && !shape.contact.safeParse(contact).success) problems.contact = { key: 'site.problem.contact' };
  return parsed(problems, () => ({
    siteName: draft.siteName.trim(),
    siteNameEnglish: draft.siteNameEnglish.trim(),
    purpose: draft.purpose.trim(),
    purposeEnglish: draft.purposeEnglish.trim(),
    ...(contact !== '' && { contact }),
  }));
}
