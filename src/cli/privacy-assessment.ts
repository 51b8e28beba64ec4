import { privacyStatus } from '../main/composition/admin-privacy-handlers.ts';
import { evidenceDaysOf } from '../main/composition/installed-subjects.ts';
import { privacyAssessment } from '../main/composition/privacy-assessment.ts';
import { createSceneBook } from '../main/settings/scene-book.ts';
import { localDayOf } from '../main/store/local-day.ts';
import { systemClock } from '../shared/clock.ts';
import { emitError, emitJson } from './output.ts';
import { readableErasures } from './privacy-receipts.ts';
import { readingSettings, type SettingStoreOptions } from './setting-store.ts';

/** The draft as Markdown; with `--json` as `{"markdown"}`. */
export function emitAssessment(options: SettingStoreOptions): void {
  const json = options.json === true;
  const text = readingSettings(options, (settings, database) => {
    const status = privacyStatus({
      database,
      erasures: readableErasures(database),
      clock: systemClock,
      retentionDaysOf: evidenceDaysOf({ scenes: createSceneBook(settings) }),
    });
    return status.ok ? privacyAssessment(settings, status.value, localDayOf(systemClock.wallMs())) : status;
  });
  if (!text.ok) return emitError(text.error, json);
  if (json) emitJson({ markdown: text.value });
  else process.stdout.write(text.value);
}
