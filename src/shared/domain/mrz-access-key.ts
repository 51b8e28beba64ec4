import { failure, type Failure } from '../reasons.ts';
import { err, ok, type Result } from '../result.ts';
import type { MachineReadableZone, MrzCheckedField } from './machine-readable-zone.ts';
import { MRZ_LAYOUTS, spanText } from './mrz-layout.ts';
import type { ChipAccessKey } from './travel-document.ts';

const KEY_FIELDS: readonly MrzCheckedField[] = ['documentNumber', 'birthDate', 'expiryDate'];

/**
 * What opens the chip (Doc 9303 part 11, 4.3.2): the number without the fillers at its end, and in one piece where it
 * goes on in the optional data; the dates as they stand in the zone, with fillers for unknown parts. `mrz.check-digit`
 * where a check digit of these fields disagrees: a wrong key would only make the chip wait longer for the next one.
 */
export function accessKeyOf(zone: MachineReadableZone): Result<Extract<ChipAccessKey, { kind: 'mrz' }>, Failure> {
  if (zone.failedChecks.some((field) => KEY_FIELDS.includes(field))) return err(failure('mrz.check-digit'));
  const layout = MRZ_LAYOUTS[zone.format];
  return ok({
    kind: 'mrz',
    documentNumber: zone.documentNumber,
    birthDate: spanText(zone.lines, layout.birthDate),
    expiryDate: spanText(zone.lines, layout.expiryDate),
  });
}
