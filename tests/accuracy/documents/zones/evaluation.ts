import type { TextEngine } from '../../../../src/main/inference/documents/contract.ts';
import { readZonePicture } from '../../../../src/main/inference/documents/zone/read-zone-picture.ts';
import { drawPage } from './page.ts';
import { zoneSpecimen } from './people.ts';
import { photograph, ZONE_DEGRADATIONS, type ZoneDegradation } from './photograph.ts';

/** How often zones were read at one degradation. Counts; the four add up to `read`. */
export interface ZoneTally {
  readonly degradation: ZoneDegradation;
  readonly read: number;
  /** Every character of every line. */
  readonly exact: number;
  /** Something is wrong, and a check digit says so. */
  readonly checkFailed: number;
  /** Something is wrong, and nothing says so. */
  readonly wrongButAgrees: number;
  /** A failure in place of a zone. */
  readonly refused: number;
  /** Of the processor for a page. */
  readonly meanMs: number;
}

/** The day that the specimens are read on. */
const TODAY = '2026-11-20';
const PIXELS_PER_MM = 12;
const PITCH_MM = 2.54;
/**
 * Reads the zones of photographed specimens: all three formats, and all four sides up.
 *
 * @param seeds even ones to choose limits on, odd ones to report.
 */
export async function evaluateZones(
  engine: TextEngine,
  seeds: readonly number[],
  degradations: readonly ZoneDegradation[] = ZONE_DEGRADATIONS,
): Promise<readonly ZoneTally[]> {
  const tallies: ZoneTally[] = [];
  for (const degradation of degradations) {
    const counts = { exact: 0, checkFailed: 0, wrongButAgrees: 0, refused: 0 };
    let tookMs = 0;
    for (const seed of seeds) {
      const specimen = zoneSpecimen(seed);
      const page = await drawPage(specimen, seed, { pixelsPerMm: PIXELS_PER_MM });
      const columns = page.width / PIXELS_PER_MM / PITCH_MM;
      const picture = await photograph(page, columns, seed, degradation, Math.floor(seed / 2) % 4);
      const startedMs = processorMs();
      const read = await readZonePicture(picture, engine, TODAY);
      tookMs += processorMs() - startedMs;
      if (!read.ok) counts.refused++;
      else if (read.value.zone.lines.join('\n') === specimen.lines.join('\n')) counts.exact++;
      else if (read.value.zone.failedChecks.length > 0) counts.checkFailed++;
      else counts.wrongButAgrees++;
    }
    tallies.push({ degradation, read: seeds.length, ...counts, meanMs: tookMs / Math.max(1, seeds.length) });
  }
  return tallies;
}

/** What others do on the machine at the same time doesn't count. */
function processorMs(): number {
  return process.cpuUsage().user / 1000;
}
