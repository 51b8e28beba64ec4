import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { systemClock } from '../shared/clock.ts';
import { PAIR_KINDS, type PairKind, type ThresholdCurve } from '../shared/domain/comparison.ts';
import { calibrate, thresholdCurve, type Calibration, type KnownScore } from '../main/comparison/calibration.ts';
import { detPlot } from '../main/comparison/det-plot.ts';
import { detCurve, setsOf } from '../main/comparison/roc.ts';
import { seededRandom } from '../main/comparison/seeded-random.ts';
import { calibrationReport } from './calibration-report.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';
import { parseScoreList } from './score-list.ts';

interface CalibrateOptions {
  readonly kind: PairKind;
  readonly out: string;
  readonly json?: boolean;
}

/** The bootstrap's draws are fixed, so that the same scores give the same report. */
const SEED = 1;

/** Adds `calibrate`. */
export function registerCalibrateCommand(program: Command): void {
  program
    .command('calibrate')
    .description("make a threshold table from a site's own comparison scores")
    .argument('<scores>', 'CSV with the columns similarity, same (1 or 0) and, better, subject')
    .addOption(new Option('--kind <kind>', 'what was compared').choices([...PAIR_KINDS]).default('live-chip'))
    .option('--out <folder>', 'where the table, the report and the plot go', 'calibration')
    .option('--json', 'one JSON value on standard output')
    .action(async (scores: string, _options: unknown, command: Command) =>
      runCalibration(scores, command.optsWithGlobals<CalibrateOptions>()),
    );
}

async function runCalibration(file: string, { kind, out, json = false }: CalibrateOptions): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    emitError(usageProblem(`${file} can't be read`, 'Give a CSV file with the columns similarity and same.'), json);
    return;
  }
  const scores = parseScoreList(text);
  if (!scores.ok) {
    emitError(scores.error, json, 2);
    return;
  }
  const calibration = calibrate(scores.value, kind, seededRandom(SEED));
  if (!calibration.ok) {
    emitError(calibration.error, json, 2);
    return;
  }
  const curve = thresholdCurve(calibration.value, measuredText(calibration.value));
  const folder = resolve(out);
  if (!(await written(folder, calibration.value, curve, scores.value))) {
    emitError(usageProblem(`${folder} can't be written`, 'Give another folder with --out.'), json);
    return;
  }
  for (const warning of calibration.value.warnings) emitText(`warning: ${warning}`);
  if (json) emitJson({ folder, warnings: calibration.value.warnings, curve });
  else emitText(`Table, report and plot are in ${folder}.`);
}

/** Counts and day only: a table is copied into a manifest, so it names no site, file or person. */
function measuredText({ genuineCount, impostorCount, subjectCount }: Calibration): string {
  const subjects = subjectCount === null ? 'unnamed subjects' : `${subjectCount} subjects`;
  const day = new Date(systemClock.wallMs()).toISOString().slice(0, 10);
  return `On site: ${genuineCount} same-person scores of ${subjects}, ${impostorCount} different-person scores; ${day}.`;
}

async function written(
  folder: string,
  calibration: Calibration,
  curve: ThresholdCurve,
  scores: readonly KnownScore[],
): Promise<boolean> {
  const plot = detPlot({
    title: `Detection error trade-off, ${calibration.kind}`,
    subtitle: `${calibration.genuineCount} same-person and ${calibration.impostorCount} different-person scores`,
    xLabel: 'False accept rate (different persons accepted)',
    yLabel: 'False reject rate (same person refused)',
    series: [{ name: calibration.kind, points: detCurve(setsOf(scores)) }],
  });
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'thresholds.json'), `${JSON.stringify(curve, null, 2)}\n`);
    await writeFile(join(folder, 'det.svg'), plot);
    await writeFile(join(folder, 'report.html'), calibrationReport(calibration, curve, plot));
    return true;
  } catch {
    return false;
  }
}
