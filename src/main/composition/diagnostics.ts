import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { DEVICE_SETTINGS, PORTABLE_SETTINGS } from '../../shared/domain/settings-file.ts';
import type { DiagnosticsFile, SignedSelfTest, VersionState } from '../../shared/ipc/admin-system.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { StoreDatabase } from '../store/database.ts';
import { attempt } from '../store/sqlite-failure.ts';

/** The whole bundle, so that it fits a mail. */
export const MAX_BUNDLE_BYTES = 2 * 1024 * 1024;
const LOG_LINES = 2_000;
const LOG_BYTES = 1024 * 1024;

export interface DiagnosticsParts {
  readonly dataFolder: string;
  readonly settings: SettingsStore;
  readonly database: StoreDatabase;
  readonly versions: VersionState;
  readonly selfTest: SignedSelfTest | null;
}

type Texts = ReadonlyMap<DiagnosticsFile['name'], string>;

/** The files of a bundle for whoever looks into a terminal's troubles. Nothing in it is about a person. */
export async function diagnosticsTexts(parts: DiagnosticsParts): Promise<Result<Texts, Failure>> {
  const settings = settingsText(parts.settings);
  if (!settings.ok) return settings;
  const counts = countsOf(parts.database);
  if (!counts.ok) return counts;
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  return ok(
    new Map<DiagnosticsFile['name'], string>([
      ['about.json', json(parts.versions)],
      ['health.json', json(parts.selfTest)],
      ['settings.json', json(settings.value)],
      ['counts.json', json(counts.value)],
      ['log.jsonl', await recentLog(parts.dataFolder)],
    ]),
  );
}

/** In the order of the bundle; sizes are bytes of UTF-8, before they are compressed. */
export function filesOf(texts: Texts): readonly DiagnosticsFile[] {
  return [...texts].map(([name, text]) => ({ name, bytes: Buffer.byteLength(text) }));
}

/** @returns `request.invalid` naming the limit for a bundle that would be too large */
export function zipTexts(texts: Texts): Result<Uint8Array, Failure> {
  const zip = zipSync(Object.fromEntries([...texts].map(([name, text]) => [name, strToU8(text)])));
  if (zip.byteLength <= MAX_BUNDLE_BYTES) return ok(zip);
  return err(failure('request.invalid', `the bundle has ${zip.byteLength} bytes, at most ${MAX_BUNDLE_BYTES}`));
}

/** Members that name places, addresses, people to ask or single devices: only whether they are set is told. */
const WITHHELD = new Set([
  'contact',
  'deviceId',
  'label',
  'path',
  'host',
  'address',
  'url',
  'folder',
  'endpoint',
  'bucket',
  'prefix',
  'serialNumber',
  'identity',
  'printer',
  'logo',
  'helper',
  'pin',
]);

function settingsText(settings: SettingsStore): Result<Readonly<Record<string, unknown>>, Failure> {
  const shown: Record<string, unknown> = {};
  for (const name of [...PORTABLE_SETTINGS, ...DEVICE_SETTINGS, 'maintenance'] as const) {
    const read = settings.read(name);
    // A setting that does not parse is what somebody is looking for.
    shown[name] = read.ok ? withheld(read.value) : read.error;
  }
  return ok(shown);
}

function withheld(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withheld);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      WITHHELD.has(name) ? (member === null || member === undefined ? null : 'set') : withheld(member),
    ]),
  );
}

const COUNTED = {
  records: 'SELECT count(*) FROM records',
  recordsByState: 'SELECT state AS name, count(*) AS count FROM records GROUP BY state',
  outbox: 'SELECT state AS name, count(*) AS count FROM outbox GROUP BY state',
  checks: 'SELECT state AS name, count(*) AS count FROM checks GROUP BY state',
  requests: 'SELECT count(*) FROM requests',
  evidence: 'SELECT count(*) FROM evidence_keys',
  auditEntries: 'SELECT count(*) FROM audit',
  auditKinds: "SELECT json_extract(entry, '$.kind') AS name, count(*) AS count FROM audit GROUP BY 1",
  pages: 'SELECT page_count FROM pragma_page_count()',
} as const;

function countsOf(database: StoreDatabase): Result<Readonly<Record<string, unknown>>, Failure> {
  return attempt(() =>
    Object.fromEntries(
      Object.entries(COUNTED).map(([name, sql]) => [
        name,
        sql.includes('GROUP BY')
          ? Object.fromEntries(
              database
                .prepare<[], { name: string; count: number }>(sql)
                .all()
                .map((row) => [row.name, row.count]),
            )
          : database.prepare<[], number>(sql).pluck().get(),
      ]),
    ),
  );
}

/** What a line of the log may bring into a bundle: fixed words, codes and figures, no ids of certifications. */
const lineSchema = z.object({
  time: z.string().max(40),
  level: z.number(),
  msg: z.string().max(300).optional(),
  worker: z.string().max(40).optional(),
  channel: z.string().max(60).optional(),
  failure: z.object({ code: z.string().max(60), detail: z.string().max(300).optional() }).optional(),
  verdict: z.object({ state: z.string().max(20), reason: z.string().max(60) }).optional(),
});

/** The newest lines, brought to what a bundle may have; lines that aren't the program's are left out. */
async function recentLog(dataFolder: string): Promise<string> {
  const text = await readFile(join(dataFolder, 'logs', 'countersign.log'), 'utf8').catch(() => '');
  const lines = text
    .slice(-LOG_BYTES)
    .split('\n')
    .slice(-LOG_LINES)
    .flatMap((line) => {
      const parsed = lineSchema.safeParse(parsedJson(line));
      return parsed.success ? [JSON.stringify(withoutNumbers(parsed.data))] : [];
    });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Runs of digits as long as numbers of documents, cards and telephones say nothing about a fault. */
const LONG_NUMBER = /\d[\d -]{9,}[\dXx]/g;
/** Ids of certifications, requests and the staff, which name somebody to whoever has the records. */
const ID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

function withoutNumbers(line: z.infer<typeof lineSchema>): unknown {
  const hidden = (text: string): string => text.replace(ID, '…').replace(LONG_NUMBER, '…');
  return {
    ...line,
    ...(line.msg === undefined ? {} : { msg: hidden(line.msg) }),
    ...(line.failure === undefined
      ? {}
      : {
          failure: {
            code: line.failure.code,
            ...(line.failure.detail === undefined ? {} : { detail: hidden(line.failure.detail) }),
          },
        }),
  };
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
