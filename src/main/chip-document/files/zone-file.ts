import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { MachineReadableZone } from '../../../shared/domain/machine-readable-zone.ts';
import { parseZone } from '../../../shared/domain/mrz-parse.ts';
import { readObjects, readOnly, valueOf } from '../apdu/tlv.ts';
import { latinText } from '../bytes.ts';
import { FILES } from './elementary-files.ts';

const ZONE = 0x5f1f;
/** Characters of the zone → length of its lines: TD1, TD2, TD3. */
const LINE_LENGTH: Readonly<Record<number, number>> = { 90: 30, 72: 36, 88: 44 };

/**
 * The machine-readable zone in DG1 (Doc 9303 part 10, 4.7.1). Fails with `chip.malformed`: there is no other form of it.
 *
 * @param today the local day, `YYYY-MM-DD`, to which centuries are chosen.
 */
export function readZoneFile(file: Uint8Array, today: string): Result<MachineReadableZone, Failure> {
  const content = readOnly(file, FILES.zone.tag);
  if (!content.ok) return content;
  const objects = readObjects(content.value);
  const zone = objects.ok ? valueOf(objects.value, ZONE) : objects;
  if (!zone.ok) return zone;
  const characters = latinText(zone.value);
  const length = LINE_LENGTH[characters.length];
  if (length === undefined || !/^[A-Z0-9<]+$/.test(characters)) {
    return err(failure('chip.malformed', 'DG1 holds no machine-readable zone'));
  }
  const parsed = parseZone(characters.match(new RegExp(`.{${length}}`, 'g')) ?? [], today);
  if (parsed.ok) return parsed;
  return err(failure('chip.malformed', `DG1: ${parsed.error.detail ?? parsed.error.code}`));
}
