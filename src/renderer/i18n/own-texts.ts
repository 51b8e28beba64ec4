import type { Brand } from '../../shared/domain/brand.ts';
import type { FillText } from './icu-words.ts';

/** The words, with the customer's own in place of those that they have replaced; those are plain and hold no blanks. */
export function withOwnTexts<Name extends string>(
  t: FillText<Name>,
  texts: Brand['texts'][keyof Brand['texts']] | undefined,
): FillText<Name> {
  if (!texts) return t;
  return (name, values) => (Object.hasOwn(texts, name) ? (texts[name] ?? t(name, values)) : t(name, values));
}
