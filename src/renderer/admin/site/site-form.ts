import { ADMIN_CHANNELS } from '../../../shared/ipc/admin.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export interface SiteDraft {
  readonly siteName: string;
  readonly purpose: string;
}

/** Reads the site: a name of 1 to 30 and a purpose of 1 to 60 characters. */
export function parseSite(draft: SiteDraft): Parsed<SiteDraft, keyof SiteDraft> {
  const problems: { siteName?: Problem; purpose?: Problem } = {};
  const { shape } = ADMIN_CHANNELS['admin:save-site'];
  const siteName = shape.siteName.safeParse(draft.siteName);
  const purpose = shape.purpose.safeParse(draft.purpose);
  if (!siteName.success) problems.siteName = { key: 'site.problem.siteName' };
  if (!purpose.success) problems.purpose = { key: 'site.problem.purpose' };
  return parsed(problems, () => ({ siteName: draft.siteName.trim(), purpose: draft.purpose.trim() }));
}
