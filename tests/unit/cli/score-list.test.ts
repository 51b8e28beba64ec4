import { describe, expect, it } from 'vitest';
import { parseScoreList } from '../../../src/cli/score-list.ts';

describe('score list', () => {
  it('reads the columns wherever they are, subjects or not', () => {
    expect(parseScoreList('subject,same,note,similarity\np1,1,x,0.75\np2,0,,-1e-2\n')).toEqual({
      ok: true,
      value: [
        { similarity: 0.75, same: true, subject: 'p1' },
        { similarity: -0.01, same: false, subject: 'p2' },
      ],
    });
    expect(parseScoreList('similarity,same\n1,1')).toEqual({
      ok: true,
      value: [{ similarity: 1, same: true, subject: null }],
    });
  });

  it.each([
    ['nothing', '', 'line 1, column similarity and same: is missing'],
    ['a header without same', 'similarity\n0.5\n', 'line 1, column same'],
    ['a word', 'similarity,same\n0.5,1\nhigh,0\n', 'line 3, column similarity: is no number'],
    ['an empty score', 'similarity,same\n,1\n', 'line 2, column similarity: is no number'],
    ['a hexadecimal number', 'similarity,same\n0x1,1\n', 'line 2, column similarity: is no number'],
    ['infinity', 'similarity,same\nInfinity,1\n', 'line 2, column similarity: is no number'],
    ['a score on a scale of 100', 'similarity,same\n85,1\n', 'line 2, column similarity: is not between -1 and 1'],
    ['a truth that is none', 'similarity,same\n0.5,yes\n', 'line 2, column same: is neither 0 nor 1'],
    ['a short row', 'similarity,same\n\n0.5\n', 'line 3, column same'],
    ['a missing subject', 'similarity,same,subject\n0.5,1,\n', 'line 2, column subject: is empty'],
  ])('names line and column of %s', (_, text, detail) => {
    const parsed = parseScoreList(text);
    expect(parsed.ok ? null : parsed.error.code).toBe('request.invalid');
    expect(parsed.ok ? '' : parsed.error.detail).toContain(detail);
  });

  it('does not repeat what stands in the wrong column', () => {
    const parsed = parseScoreList('similarity,same\nsomebody by name,1\n');
    expect(JSON.stringify(parsed)).not.toContain('somebody');
  });
});
