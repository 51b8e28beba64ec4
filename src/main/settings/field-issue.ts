import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * Field and limit of what doesn't fit, never the value that is there. Members of lists that have an id are named by it:
 * `other-scenes.hall.retentionDays: at most 365`.
 */
export function describeFieldIssue(issue: Issue | undefined, whole: unknown): string {
  if (issue === undefined) return 'the file';
  const inner = deepest(issue);
  const field = namedPath(inner.path, whole) || 'the file';
  return `${field}: ${limitOf(inner)}`.slice(0, 300);
}

/** Of several forms that a value may have, the one that comes furthest: it is what was meant. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const candidates = issue.errors.flatMap((errors) => errors.slice(0, 1).map(deepest));
  const best = candidates.toSorted((a, b) => b.path.length - a.path.length)[0];
  return best === undefined || best.path.length === 0 ? issue : { ...best, path: [...issue.path, ...best.path] };
}

function limitOf(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `this version does not know ${issue.keys.map((key) => key.slice(0, 60)).join(', ')}`;
    case 'invalid_type':
      return `has to be ${issue.expected}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.message.replace(/^Invalid string: /, '');
    case 'not_multiple_of':
      return `a multiple of ${String(issue.divisor)}`;
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'set' ? ' entries' : '';
}

function namedPath(path: readonly PropertyKey[], whole: unknown): string {
  let here = whole;
  return path
    .map((part) => {
      here = typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[part] : undefined;
      if (typeof part !== 'number') return String(part);
      const id = typeof here === 'object' && here !== null ? (here as Record<string, unknown>)['id'] : undefined;
      return typeof id === 'string' && /^[\w-]{1,40}$/.test(id) ? id : String(part + 1);
    })
    .join('.')
    .replace(/^settings\./, '');
}
