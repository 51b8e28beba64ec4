const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'ë',
  i: 'í',
  o: 'ö',
  u: 'û',
  A: 'Å',
  E: 'É',
  I: 'Ï',
  O: 'Ø',
  U: 'Ü',
  c: 'ç',
  n: 'ñ',
  y: 'ý',
};
const LONGER_BY = 0.4;

/** A word with accents and at least 40 % more letters: its vowels are drawn out, or its last letter where it has none. */
function pseudoWord(word: string): string {
  const extra = Math.ceil(word.length * LONGER_BY);
  const vowels = [...word].filter((letter) => /[aeiou]/i.test(letter)).length;
  let left = extra;
  const letters = [...word].map((letter, at) => {
    const shown = ACCENTED[letter] ?? letter;
    const isLast = at === word.length - 1;
    const isVowel = /[aeiou]/i.test(letter);
    if (!isVowel && !(isLast && left > 0)) return shown;
    const times = isLast ? left : Math.min(left, Math.ceil(extra / Math.max(1, vowels)));
    left -= times;
    return shown + shown.toLowerCase().repeat(times);
  });
  return letters.join('');
}

function pseudoPlain(text: string): string {
  return text.replace(/\p{L}+/gu, pseudoWord);
}

/** The end of the braces that open at `from`. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`no ICU message: ${text}`);
}

/** What stands in the braces of a blank: its name stays, the texts of its forms grow. */
function pseudoBlank(inside: string): string {
  if (!/^[^,{]+,\s*(?:plural|select|selectordinal)\s*,/.test(inside)) return inside;
  let made = '';
  for (let at = 0; at < inside.length; at += 1) {
    if (inside[at] !== '{') {
      made += inside[at];
      continue;
    }
    const end = closing(inside, at);
    made += `{${pseudoText(inside.slice(at + 1, end))}}`;
    at = end;
  }
  return made;
}

/** An English ICU message as a made-up language says it: accented and at least 40 % longer, with the same blanks. */
export function pseudoText(message: string): string {
  let made = '';
  let plain = '';
  for (let at = 0; at < message.length; at += 1) {
    if (message[at] !== '{') {
      plain += message[at];
      continue;
    }
    const end = closing(message, at);
    made += `${pseudoPlain(plain)}{${pseudoBlank(message.slice(at + 1, end))}}`;
    plain = '';
    at = end;
  }
  return made + pseudoPlain(plain);
}
