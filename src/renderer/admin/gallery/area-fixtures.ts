import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { GalleryCase } from './gallery-case.ts';
import { brandFixture } from './fixture-brand.ts';
import { staffFixture } from './fixture-staff.ts';
import { reportsFixture } from './fixture-reports.ts';
import { recordsFixture } from './fixture-record-search.ts';
import { auditFixture } from './fixture-audit.ts';
import { settingsFileFixture } from './fixture-settings-file.ts';
import { systemFixture } from './fixture-system.ts';
import { devicesFixture } from './fixture-devices.ts';
import { setupFixture } from './fixture-setup.ts';

const FIXTURES = {
  ...brandFixture,
  ...staffFixture,
  ...reportsFixture,
  ...recordsFixture,
  ...auditFixture,
  ...settingsFileFixture,
  ...systemFixture,
  ...devicesFixture,
  ...setupFixture,
};
export type AreaChannel = keyof typeof FIXTURES;

export function isAreaChannel(channel: string): channel is AreaChannel {
  return Object.hasOwn(FIXTURES, channel);
}

export function answerArea(channel: string, request: unknown, which: GalleryCase): Promise<Result<unknown, Failure>> {
  const answers: Readonly<Record<string, unknown>> = FIXTURES;
  const answer = answers[channel] as (request: unknown, which: GalleryCase) => Result<unknown, Failure>;
  return Promise.resolve(answer(request, which));
}
