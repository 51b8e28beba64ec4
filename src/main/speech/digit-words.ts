import type { SpokenLanguage } from '../../shared/domain/digit-liveness.ts';

/** How each digit may be read or written; 幺 is 一 and 两 is 二 in numbers that are read digit by digit. */
const CHINESE: readonly string[] = [
  '零〇○０0',
  '一幺壹１1',
  '二两贰２2',
  '三叁３3',
  '四肆４4',
  '五伍５5',
  '六陆６6',
  '七柒７7',
  '八捌８8',
  '九玖９9',
];
/** With the words that a recogniser writes for the same sounds. */
const ENGLISH: readonly (readonly string[])[] = [
  ['zero', 'oh', 'o', '0'],
  ['one', 'won', '1'],
  ['two', 'to', 'too', '2'],
  ['three', '3'],
  ['four', 'for', '4'],
  ['five', '5'],
  ['six', '6'],
  ['seven', '7'],
  ['eight', 'ate', '8'],
  ['nine', '9'],
];

/** The digits in what a recogniser wrote, in their order; everything else is dropped. */
export function digitsIn(text: string, language: SpokenLanguage): string {
  const parts = language === 'zh-CN' ? [...text] : (text.toLowerCase().match(/[a-z]+|\d/g) ?? []);
  const readings: readonly Iterable<string>[] = language === 'zh-CN' ? CHINESE : ENGLISH;
  const digitOf = new Map(readings.flatMap((ways, digit) => [...ways].map((way) => [way, String(digit)] as const)));
  return parts.map((part) => digitOf.get(part) ?? '').join('');
}
