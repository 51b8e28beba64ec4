import { describe, expect, it } from 'vitest';
import { hasRight, RIGHTS_OF, STAFF_RIGHTS } from '../../../src/shared/domain/staff.ts';
import { foldStaffName } from '../../../src/shared/domain/staff-name-fold.ts';
import { staffNameSchema } from '../../../src/shared/domain/staff-name.ts';
import { secretFault } from '../../../src/shared/domain/staff-secret.ts';

const read = (name: string): string | null => staffNameSchema.safeParse(name).data ?? null;

describe('a name of the staff', () => {
  it.each([
    ['one character', '王', '王'],
    ['30 characters', '王'.repeat(30), '王'.repeat(30)],
    ['emoji', 'Zoë 🦊', 'Zoë 🦊'],
    ['30 emoji', '🦊'.repeat(30), '🦊'.repeat(30)],
    ['an emoji of several', '👩‍💼', '👩‍💼'],
    ['HTML, which is text like any other', '<b>x</b>', '<b>x</b>'],
    ['what a table would take for a formula', '=1+1', '=1+1'],
    ['spaces, which are made one', '  王　 店长 ', '王 店长'],
    ['an accent as two characters, which is made one', 'Zoe\u0308', 'Zoë'],
  ])('may be %s', (_, name, kept) => {
    expect(read(name)).toBe(kept);
  });

  it.each([
    ['empty', ''],
    ['spaces', ' \u3000 '],
    ['31 characters', '王'.repeat(31)],
    ['a line break', '王\n店长'],
    ['a tab', '王\t店长'],
    ['a control character', '王\u0000'],
    ['a character that turns the text around', 'abc\u202Edcba'],
    ['a space without width', '王\u200B店长'],
    ['joiners alone', '\u200D\uFE0F'],
    ['half of a character', '\uD83E'],
    ['a letter that nobody sees', '\u3164'],
  ])('may not be %s', (_, name) => {
    expect(read(name)).toBeNull();
  });

  it.each([
    ['Ａｄｍｉｎ', 'admin'],
    ['Grace Hopper', 'gracehopper'],
    ['ZOË', 'zoë'],
    ['①号', '1号'],
  ])('reads the same: %s and %s', (one, other) => {
    expect(foldStaffName(one)).toBe(foldStaffName(other));
  });
});

describe('a secret', () => {
  it.each([
    '908172',
    '123987650918',
    '９０８１７２',
    'Blue-Harbour',
    '口令口令口令口令七',
    'a b c d e',
    '90817245678901',
  ])('may be %s', (secret) => {
    expect(secretFault(secret)).toBeNull();
  });

  it.each([
    ['', 'length'],
    ['90817', 'length'],
    ['short 7', 'length'],
    [`ab${'x'.repeat(127)}`, 'length'],
    ['111111', 'guessable'],
    ['１２３４５６', 'guessable'],
    ['987654', 'guessable'],
    ['aaaaaaaa', 'guessable'],
    ['abcdefgh', 'guessable'],
    ['pass\nword', 'hidden-characters'],
    ['pass\u0000word', 'hidden-characters'],
  ])('may not be %j: %s', (secret, fault) => {
    expect(secretFault(secret)).toBe(fault);
  });

  it('may be 128 characters long', () => {
    expect(secretFault('ab'.repeat(64))).toBeNull();
  });
});

describe('roles', () => {
  it('give auditors nothing that changes anything, and operators nothing about other days', () => {
    const changing = STAFF_RIGHTS.filter((right) =>
      /^(change|decide|override|erase|maintain|test|certify)/.test(right),
    );
    expect(changing.filter((right) => hasRight('auditor', right))).toEqual([]);
    expect(RIGHTS_OF.operator).toEqual(['certify', 'see-records', 'test-devices']);
    expect(RIGHTS_OF.administrator).toEqual(STAFF_RIGHTS);
  });
});
