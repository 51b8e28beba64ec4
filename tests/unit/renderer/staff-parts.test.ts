import { describe, expect, it } from 'vitest';
import { nameProblems, newSecretProblems } from '../../../src/renderer/staff/new-secret.ts';
import { staffTranslator } from '../../../src/renderer/staff/staff-translation.ts';
import { minutesAndSeconds } from '../../../src/renderer/staff/minutes.ts';
import { matching } from '../../../src/renderer/staff/find-name.ts';

describe('a new secret', () => {
  it.each([
    ['', 'secret.problem.empty'],
    ['12345', 'secret.problem.length'],
    ['short 7', 'secret.problem.length'],
    ['777777', 'secret.problem.guessable'],
    ['345678', 'secret.problem.guessable'],
    ['two\nlines', 'secret.problem.hiddenCharacters'],
  ])('%j is refused with %s', (secret, problem) => {
    expect(newSecretProblems({ secret, repeated: secret })).toEqual({ secret: problem });
  });

  it('has to be typed twice alike', () => {
    expect(newSecretProblems({ secret: '271828', repeated: '271829' })).toEqual({ repeated: 'secret.problem.repeat' });
    expect(newSecretProblems({ secret: '271828', repeated: '271828' })).toEqual({});
  });

  it('goes with a name that can be read', () => {
    expect(nameProblems('\u200B')).toEqual({ name: 'secret.problem.name' });
    expect(nameProblems('王')).toEqual({});
  });
});

describe('finding a name', () => {
  const choices = ['王店长', 'Grace Hopper', 'Ｇrete'].map((name) => ({
    staffId: name,
    name,
    triesLeft: 5,
    lockedForSeconds: null,
  }));

  it.each([
    ['', 3],
    [' 店 ', 1],
    ['gr', 2],
    ['HOPPER', 1],
    ['陈', 0],
  ])('by %j finds %i', (typed, found) => {
    expect(matching(choices, typed)).toHaveLength(found);
  });
});

describe('the words of signing in', () => {
  it('count tries as each language does', () => {
    expect(staffTranslator('en')('secret.problem.wrong', { n: 1 })).toBe('Wrong. 1 try left');
    expect(staffTranslator('zh-CN')('secret.problem.wrong', { n: 3 })).toBe('不正确，还可以试 3 次');
    expect(minutesAndSeconds(65)).toBe('1:05');
  });
});
