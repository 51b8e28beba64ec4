import type { Language } from '../../../shared/reason-texts.ts';

/** Where one sentence ends and the next begins; a point within an address ends none. */
const BETWEEN = { 'zh-CN': /(?<=[。！？])/u, en: /(?<=[.!?])\s+/u } as const;
const END = /[\s。！？.!?]+$/u;

/** The sentences of a text, in order, each without its stop. */
export function sentencesIn(text: string, language: Language): readonly string[] {
  return text
    .split(BETWEEN[language])
    .map((sentence) => sentence.replace(END, '').trim())
    .filter((sentence) => sentence !== '');
}
