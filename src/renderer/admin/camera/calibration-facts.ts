import type { TerminalCalibration } from '../../../shared/domain/terminal-calibration.ts';
import { dateTime, measured, percent } from '../formats.ts';
import type { Fact } from '../parts/page.tsx';
import type { Speech } from '../translation.ts';

/** What a calibration has learned, for reading. */
export function calibrationFacts(calibration: TerminalCalibration, { t, language }: Speech): readonly Fact[] {
  const { camera, screen, gain, lagMs, lagSpreadMs, framesPerSecond } = calibration;
  return [
    { name: t('calibration.date'), value: dateTime(calibration.calibratedAtMs) },
    { name: t('calibration.lag'), value: t('calibration.milliseconds', { n: Math.round(lagMs) }) },
    { name: t('calibration.spread'), value: t('calibration.milliseconds', { n: Math.round(lagSpreadMs) }) },
    { name: t('calibration.gain'), value: percent((gain[0] + gain[1] + gain[2]) / 3, language) },
    { name: t('calibration.rate'), value: t('calibration.perSecond', { n: measured(framesPerSecond, 1) }) },
    { name: t('calibration.camera'), value: `${camera.label} · ${camera.width} × ${camera.height}` },
    { name: t('calibration.screen'), value: `${screen.width} × ${screen.height}` },
  ];
}
