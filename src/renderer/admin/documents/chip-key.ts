import type { MachineReadableZone } from '../../../shared/domain/machine-readable-zone.ts';
import type { ChipAccessKey } from '../../../shared/domain/travel-document.ts';
import { parsed, type Parsed, type Problems } from '../form-problem.ts';

/** What opens a chip, as the fields hold it: the number and two dates as `YYMMDD`. */
export interface KeyDraft {
  readonly documentNumber: string;
  readonly birthDate: string;
  readonly expiryDate: string;
}

export const BLANK_KEY: KeyDraft = { documentNumber: '', birthDate: '', expiryDate: '' };

/** The key that a zone gives; what is unknown in it stays empty. */
export function keyDraftOf({ documentNumber, birthDate, expiryDate }: MachineReadableZone): KeyDraft {
  const short = (date: string | null): string => date?.slice(2).replaceAll('-', '') ?? '';
  return { documentNumber, birthDate: short(birthDate), expiryDate: short(expiryDate) };
}

export function parseKey(draft: KeyDraft): Parsed<ChipAccessKey, keyof KeyDraft> {
  const date = { key: 'documents.chip.problem.date' } as const;
  const problems: Problems<keyof KeyDraft> = {
    ...(/^[A-Z0-9<]{1,22}$/.test(draft.documentNumber)
      ? {}
      : { documentNumber: { key: 'documents.chip.problem.number' } as const }),
    ...(/^\d{6}$/.test(draft.birthDate) ? {} : { birthDate: date }),
    ...(/^\d{6}$/.test(draft.expiryDate) ? {} : { expiryDate: date }),
  };
  return parsed(problems, () => ({ kind: 'mrz', ...draft }));
}
