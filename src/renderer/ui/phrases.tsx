import { Fragment } from 'react';

const segmenters = new Map<string, Intl.Segmenter>();

function wordsOf(text: string, language: string): readonly string[] {
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' });
  segmenters.set(language, segmenter);
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Punctuation that belongs to the word before it and must not begin a line. */
const CLOSING = /^[，。、；：！？”’）】》]/u;

/** A word that begins a request and must not stay behind at the end of a line. */
// eslint-disable-next-line no-restricted-syntax -- a rule of the language, not a text
const OPENING = '请';

/**
 * Text that breaks between words in Chinese too: browsers break between any two characters, which leaves half words
 * at the ends of short lines. Needs the class `phrases` around it.
 */
export function Phrases({ text, language }: { readonly text: string; readonly language: string }) {
  if (!language.startsWith('zh')) return text;
  const words = wordsOf(text, language);
  return words.map((word, index) => (
    <Fragment key={index}>
      {index > 0 && words[index - 1] !== OPENING && !CLOSING.test(word) && <wbr />}
      {word}
    </Fragment>
  ));
}
