import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { pseudoText } from '../../support/gallery/pseudo-text.ts';
import { textsOf, wordFiles } from '../../support/word-files.ts';

describe('the made-up language', () => {
  it('keeps blanks and forms, and draws the rest out', () => {
    expect(pseudoText('Save')).toBe('Sáávëë');
    expect(pseudoText('Hmm')).toBe('Hmmmm');
    expect(pseudoText('{n, plural, one {# sum} other {# sums}} of {name}')).toBe(
      '{n, plural, one {# sûûûm} other {# sûûûms}} ööf {name}',
    );
  });

  it('makes every English text at least 40 % longer, still an ICU message with the same blanks', () => {
    const values = new Proxy({}, { get: () => 3, has: () => true });
    const texts = [...wordFiles('en').values()].flatMap((tree) => textsOf(tree).map(([, text]) => text));
    const letters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;
    const short = texts.filter((text) => {
      const [plain, pseudo] = [text, pseudoText(text)].map((one) =>
        String(new IntlMessageFormat(one, 'en').format(values)),
      );
      return letters(pseudo!) < 1.4 * letters(plain!);
    });
    expect(texts.length).toBeGreaterThan(1500);
    expect(short).toEqual([]);
  });
});
