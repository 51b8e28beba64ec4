import { z } from 'zod';

/**
 * What visitors read about this counter. The English texts may be left empty: the Chinese ones stand in for them.
 */
export const siteSchema = z.strictObject({
  siteName: z.string().trim().min(1).max(30),
  siteNameEnglish: z.string().trim().max(40).default(''),
  /** What the verification is for, as people are told before they consent. */
  purpose: z.string().trim().min(1).max(60),
  purposeEnglish: z.string().trim().max(80).default(''),
  /** A telephone number or an office, the same in every language. Absent: the staff of the counter. */
  contact: z.string().trim().min(1).max(60).optional(),
});
export type Site = z.output<typeof siteSchema>;

/** The texts of a site in a language. */
export function siteTexts(
  { siteName, siteNameEnglish, purpose, purposeEnglish }: Site,
  language: 'zh-CN' | 'en',
): { readonly siteName: string; readonly purpose: string } {
  if (language === 'zh-CN') return { siteName, purpose };
  return { siteName: siteNameEnglish || siteName, purpose: purposeEnglish || purpose };
}
