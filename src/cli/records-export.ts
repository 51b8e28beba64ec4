import { join, resolve } from 'node:path';
import { DATABASE_FILE_NAME } from '../main/store/database.ts';
import { writeExport } from '../main/store/export-file.ts';
import { exportRecords, hasRecordFacts } from '../main/store/record-export.ts';
import { EVERY_RECORD, recordFilterSchema, type RecordFilter } from '../shared/domain/record-search.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';
import { createShareProgress } from './share-progress.ts';
import { openStoreForReading } from './store-access.ts';

export interface RecordExportOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly csv: string;
  readonly from?: string;
  readonly to?: string;
  readonly scene?: string;
  readonly scheme?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/** Writes the records of a filter to a CSV file; an interrupted run leaves no file of that name. */
export async function exportRecordsToFile(options: RecordExportOptions): Promise<void> {
  const json = options.json === true;
  const filter = recordFilterSchema.safeParse(filterOf(options));
  if (!filter.success) {
    const field = filter.error.issues[0]?.path[0];
    return emitError(usageProblem(`--${OPTIONS[String(field)] ?? 'from'} is not valid`, 'See --help.'), json);
  }
  const store = openStoreForReading(join(options.dataFolder, DATABASE_FILE_NAME), options.keyFile);
  if (!store.ok) return emitError(store.error, json);
  const { database } = store.value;
  const stop = new AbortController();
  const interrupted = (): void => stop.abort();
  process.once('SIGINT', interrupted);
  const progress = createShareProgress('records');
  let rows = 0;
  try {
    const facts = hasRecordFacts(database);
    if (!facts.ok) return emitError(facts.error, json);
    const written = await writeExport(resolve(options.csv), exportRecords(database, filter.data), {
      signal: stop.signal,
      onPiece: (piece) => {
        rows += piece.rows;
        progress.show(piece.done, piece.of);
      },
    });
    progress.wipe();
    if (!written.ok) return emitError(written.error, json, 1);
    if (written.value === 'cancelled') return emitError(usageProblem('interrupted', 'Nothing was written.'), json, 1);
    if (json) return emitJson({ file: options.csv, rows });
    emitText(`${rows} records in ${options.csv}. It is not encrypted: names and numbers in it are masked.`);
  } finally {
    progress.wipe();
    process.removeListener('SIGINT', interrupted);
    database.close();
  }
}

const OPTIONS: Readonly<Record<string, string>> = {
  fromMs: 'from',
  toMs: 'to',
  sceneId: 'scene',
  scheme: 'scheme',
  state: 'state',
  reason: 'reason',
};

/** Times are ISO 8601, with or without a zone; a day alone begins at local midnight. */
function timeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text).getTime();
}

function filterOf(options: RecordExportOptions): Readonly<Record<keyof RecordFilter, unknown>> {
  return {
    ...EVERY_RECORD,
    fromMs: timeOf(options.from),
    toMs: timeOf(options.to),
    sceneId: options.scene ?? null,
    scheme: options.scheme ?? null,
    state: options.state ?? null,
    reason: options.reason ?? null,
  };
}
