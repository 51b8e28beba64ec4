import { SCHEME_FAMILIES, type SchemeFamily } from '../../../shared/domain/scheme.ts';
import type { SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import type { Translate } from '../translation.ts';
import { schemeDoes, schemeGives } from './scheme-words.ts';

export interface SchemeGroup {
  readonly family: SchemeFamily;
  readonly entries: readonly SchemeEntry[];
}

function fits({ scheme }: SchemeEntry, sought: string, t: Translate): boolean {
  const text = [scheme.id, schemeDoes(scheme, t), schemeGives(scheme, t), t(`schemes.family.${scheme.family}`)];
  return text.join(' ').toLowerCase().includes(sought.trim().toLowerCase());
}

/** The schemes by family, those of the administrator first; only what the sought words occur in. */
export function schemeGroups(entries: readonly SchemeEntry[], sought: string, t: Translate): readonly SchemeGroup[] {
  const families = SCHEME_FAMILIES.toSorted((a, b) => Number(b === 'composed') - Number(a === 'composed'));
  return families.flatMap((family) => {
    const found = entries.filter((entry) => entry.scheme.family === family && fits(entry, sought, t));
    return found.length === 0 ? [] : [{ family, entries: found }];
  });
}
