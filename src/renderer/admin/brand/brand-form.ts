import type { Brand } from '../../../shared/domain/brand.ts';
import { brandSchema, MAX_LOGO_BYTES } from '../../../shared/domain/brand.ts';
import { legibleAccent, leastContrast, TEXT_CONTRAST } from '../../../shared/domain/brand-colours.ts';
import { ownTextProblem, type OwnTextName } from '../../../shared/brand-texts.ts';
import type { Result } from '../../../shared/result.ts';
import { err, ok } from '../../../shared/result.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

/** The look as it is typed: the colour may still be half a colour. */
export interface BrandDraft {
  readonly accent: string;
  readonly logo: string | null;
  readonly kioskTheme: Brand['kioskTheme'];
  readonly chinese: Brand['texts']['zh-CN'];
  readonly english: Brand['texts']['en'];
}
export type BrandField = 'accent' | `zh-CN.${OwnTextName}` | `en.${OwnTextName}`;

const PNG = [0x89, 0x50, 0x4e, 0x47];

export function draftOf(brand: Brand): BrandDraft {
  const { accent, logo, kioskTheme, texts } = brand;
  return { accent: accent ?? '', logo, kioskTheme, chinese: texts['zh-CN'], english: texts.en };
}

function accentProblem(accent: string): Problem | null {
  if (accent === '') return null;
  if (!/^#[0-9a-f]{6}$/.test(accent)) return { key: 'brand.problem.accentForm' };
  const ratio = leastContrast(accent, 'light');
  if (ratio >= TEXT_CONTRAST) return null;
  return { key: 'brand.problem.accentFaint', values: { ratio: ratio.toFixed(1), nearest: legibleAccent(accent) } };
}

function filled(texts: Brand['texts']['en']): Brand['texts']['en'] {
  const trimmed = Object.entries(texts).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''));
}

/** Reads the look; each text that does not fit its place is named. An empty colour or text is the product's own. */
export function parseBrand(draft: BrandDraft): Parsed<Brand, BrandField> {
  const problems: Partial<Record<BrandField, Problem>> = {};
  const accent = draft.accent.trim().toLowerCase();
  const wrong = accentProblem(accent);
  if (wrong) problems.accent = wrong;
  const texts = { 'zh-CN': filled(draft.chinese), en: filled(draft.english) };
  for (const language of ['zh-CN', 'en'] as const) {
    for (const [name, text] of Object.entries(texts[language])) {
      const problem = ownTextProblem(name, language, text);
      if (problem === null) continue;
      const key = problem === 'long' ? 'brand.problem.textLong' : 'brand.problem.textSigns';
      problems[`${language}.${name as OwnTextName}`] = { key };
    }
  }
  return parsed(problems, () =>
    brandSchema.parse({ accent: accent === '' ? null : accent, logo: draft.logo, kioskTheme: draft.kioskTheme, texts }),
  );
}

/** A logo file as a data address. What a file is, its first bytes say, not its name. */
export async function readLogo(file: Blob): Promise<Result<string, Problem>> {
  if (file.size > MAX_LOGO_BYTES) {
    return err({ key: 'brand.problem.logoSize', values: { size: Math.ceil(file.size / 1024) } });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isPng = PNG.every((byte, at) => bytes[at] === byte);
  const isSvg = !isPng && /^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*<svg[\s>]/.test(new TextDecoder().decode(bytes));
  if (!isPng && !isSvg) return err({ key: 'brand.problem.logoKind' });
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return ok(`data:image/${isPng ? 'png' : 'svg+xml'};base64,${btoa(letters)}`);
}
