import type { FieldChange, FileSettingName, ShownValue } from '../../shared/domain/settings-file.ts';

interface ShownField {
  readonly path: readonly string[];
  readonly shown: ShownValue;
  /** What is compared: two pictures of one size are shown alike. */
  readonly text: string;
}
type Fields = ReadonlyMap<string, ShownField>;

const ABSENT: ShownValue = { kind: 'absent' };

/** The fields in which two values of a setting differ, in the order of the later one. */
export function fieldChanges(setting: FileSettingName, before: unknown, after: unknown): readonly FieldChange[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  const keys = new Set([...is.keys(), ...was.keys()]);
  return [...keys].flatMap((key) => {
    const from = was.get(key);
    const to = is.get(key);
    if (from?.text === to?.text) return [];
    const path = (to ?? from)?.path ?? [];
    return [{ setting, path, before: from?.shown ?? ABSENT, after: to?.shown ?? ABSENT }];
  });
}

function fieldsOf(value: unknown): Fields {
  const fields = new Map<string, ShownField>();
  const add = (path: readonly string[], shown: ShownValue, part: unknown): void =>
    void fields.set(path.join('\n'), { path, shown, text: JSON.stringify(part) });
  const walk = (path: readonly string[], part: unknown): void => {
    if (part === undefined) return;
    if (Array.isArray(part)) return walkList(path, part);
    if (typeof part === 'object' && part !== null) {
      const members = Object.entries(part).filter(([, member]) => member !== undefined);
      if (members.length === 0 && path.length > 0) add(path, { kind: 'list', values: [] }, part);
      for (const [name, member] of members) walk([...path, name], member);
      return;
    }
    add(path, shownOf(part), part);
  };
  const walkList = (path: readonly string[], list: readonly unknown[]): void => {
    if (list.every((entry) => typeof entry !== 'object' || entry === null)) {
      return add(path, { kind: 'list', values: list as (string | number | boolean | null)[] }, list);
    }
    for (const [at, entry] of list.entries()) walk([...path, idOf(entry) ?? String(at + 1)], entry);
  };
  walk([], value);
  return fields;
}

function shownOf(part: unknown): ShownValue {
  if (typeof part === 'string' && part.startsWith('data:')) {
    const base64 = part.slice(part.indexOf(',') + 1);
    return { kind: 'picture', bytes: Math.floor((base64.length * 3) / 4) };
  }
  return { kind: 'value', value: part as string | number | boolean | null };
}

function idOf(entry: unknown): string | null {
  const id = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>)['id'] : null;
  return typeof id === 'string' ? id : null;
}
