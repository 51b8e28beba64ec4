/**
 * Masks a name for a public screen and for records. Chinese: the first character stays, and the last one of
 * names of three and more (`王*明`). Other scripts: the first letter of each word stays.
 */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  if (characters.length === 0) return '*';
  if (/^[\p{Script=Han}·]+$/u.test(name.trim())) {
    if (characters.length <= 2) return `${characters[0]}*`;
    return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
  }
  return name
    .trim()
    .split(/\s+/)
    .map((word) => `${[...word][0]}***`)
    .join(' ');
}

/** Masks a document number: the first three and the last four characters stay. */
export function maskNumber(number: string): string {
  if (number.length <= 7) return '*'.repeat(number.length);
  return `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`;
}
