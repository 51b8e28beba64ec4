import { failure, type Failure } from './reasons.ts';

/** Who changed a setting last, and when. */
export interface SettingChange {
  readonly setting: string;
  /** Staff id or name; null: from the command line, or by the terminal itself. */
  readonly by: string | null;
  /** Null where the log doesn't tell. */
  readonly atMs: number | null;
}

/** A setting was saved by somebody else after the values were read that a change was made from. */
export function changedMeanwhile({ setting, by, atMs }: SettingChange): Failure {
  const at = atMs === null ? '-' : new Date(atMs).toISOString();
  return failure(
    'settings.changed-meanwhile',
    `setting ${setting}, by ${by === null ? '-' : encodeURIComponent(by)}, at ${at}`,
  );
}

/** The same read back from a failure; null for every other failure. */
export function readChangedMeanwhile({ code, detail }: Failure): SettingChange | null {
  if (code !== 'settings.changed-meanwhile') return null;
  const found = /^setting (\S+), by (\S+), at (\S+)$/.exec(detail ?? '');
  if (found === null) return { setting: '', by: null, atMs: null };
  const [, setting = '', by = '-', at = '-'] = found;
  const atMs = Date.parse(at);
  return { setting, by: by === '-' ? null : decodeURIComponent(by), atMs: Number.isNaN(atMs) ? null : atMs };
}
