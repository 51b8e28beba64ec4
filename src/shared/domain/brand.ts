import { z } from 'zod';
import { ownTextProblem } from '../brand-texts.ts';
import { leastContrast, TEXT_CONTRAST } from './brand-colours.ts';

/** Of the picture itself, before it is written as a data address. */
export const MAX_LOGO_BYTES = 65_536;
const LANGUAGES = ['zh-CN', 'en'] as const;

const textsSchema = z.record(z.string().max(60), z.string().max(300));

/** What makes the windows the customer's own. */
export const brandSchema = z
  .strictObject({
    /** Null: the product's own. `#rrggbb`; legible on every ground of the light theme, and made lighter for the dark one. */
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .refine((accent) => leastContrast(accent, 'light') >= TEXT_CONTRAST, 'a contrast of 4.5 with each ground')
      .nullable(),
    /** A picture of at most 64 KB as a data address; null: the product's mark. */
    logo: z
      .string()
      .max(90_000)
      .regex(/^data:image\/(png|svg\+xml);base64,[A-Za-z0-9+/=]+$/)
      .nullable(),
    /** Texts in place of the kiosk's own, by the dotted name of the text; what is absent stays. */
    texts: z.strictObject({ 'zh-CN': textsSchema, en: textsSchema }),
    /** How the kiosk looks; the windows of staff follow their system. */
    kioskTheme: z.enum(['light', 'dark', 'system']).default('system'),
  })
  .superRefine(({ texts }, context) => {
    for (const language of LANGUAGES) {
      for (const [name, text] of Object.entries(texts[language])) {
        const problem = ownTextProblem(name, language, text);
        if (problem === null) continue;
        context.addIssue({ code: 'custom', path: ['texts', language, name], message: problem });
      }
    }
  });
export type Brand = z.infer<typeof brandSchema>;
export type KioskTheme = Brand['kioskTheme'];

/** Whether nothing of it differs from the product's own look. */
export function isPlainBrand(brand: Brand): boolean {
  const { accent, logo, texts, kioskTheme } = brand;
  const hasTexts = LANGUAGES.some((language) => Object.keys(texts[language]).length > 0);
  return accent === null && logo === null && kioskTheme === 'system' && !hasTexts;
}
