import type { Scene } from '../../shared/domain/scene.ts';
import { checkScene, checkScheme } from '../../shared/domain/scene-rules.ts';
import { findScheme, presetScheme } from '../../shared/domain/scheme-presets.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import {
  DEVICE_SETTINGS,
  PORTABLE_SETTINGS,
  type FieldChange,
  type FileSettingName,
  type SettingsFileNote,
} from '../../shared/domain/settings-file.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { fieldChanges } from '../settings/field-changes.ts';
import type { SettingsFile } from '../settings/settings-file.ts';
import type { Settings, SettingsStore } from '../settings/settings.ts';
import type { RecordQueries } from '../store/record-queries.ts';

export interface SettingsPlanParts {
  readonly settings: SettingsStore;
  readonly queries: Pick<RecordQueries, 'countByScene'>;
  /** The simulated reader is for demonstrations only. */
  readonly demo: boolean;
}

/** What has to be written so that a file holds here, and what people are told about it. */
export interface SettingsPlan {
  readonly writes: readonly { readonly name: FileSettingName; readonly value: unknown }[];
  readonly changes: readonly FieldChange[];
  readonly notes: readonly SettingsFileNote[];
}

type FileSettings = SettingsFile['settings'];

/** @returns `settings-file.unfit` naming what in the file can't hold here */
export function planSettings(
  parts: SettingsPlanParts,
  file: FileSettings,
  withDevices: boolean,
): Result<SettingsPlan, Failure> {
  if (withDevices && file.reader?.kind === 'simulated' && !parts.demo) {
    return unfit('reader: the simulated reader is for demonstrations only');
  }
  const merged = mergedScenes(parts, file);
  if (!merged.ok) return merged;
  const target = { ...file, ...merged.value.settings };
  const names: readonly FileSettingName[] = [...PORTABLE_SETTINGS, ...(withDevices ? DEVICE_SETTINGS : [])];
  const writes: { name: FileSettingName; value: unknown }[] = [];
  const changes: FieldChange[] = [];
  for (const name of names.filter((each) => target[each] !== undefined)) {
    const now = parts.settings.read(name);
    if (!now.ok) return now;
    if (canonicalJson(now.value) === canonicalJson(target[name])) continue;
    writes.push({ name, value: target[name] });
    changes.push(...fieldChanges(name, now.value, target[name]));
  }
  const leftOut = DEVICE_SETTINGS.filter((name) => file[name] !== undefined);
  const notes: readonly SettingsFileNote[] = [
    ...merged.value.notes,
    ...(withDevices ? [] : leftOut.map((id) => ({ note: 'devices-left-out', id, records: 0 }) as const)),
  ];
  return ok({ writes, changes, notes });
}

interface Merged {
  readonly settings: Partial<Pick<Settings, 'scene' | 'other-scenes' | 'schemes'>>;
  readonly notes: readonly SettingsFileNote[];
}

/** The file's scenes and schemes, and those of this terminal that records were made with. */
function mergedScenes({ settings, queries }: SettingsPlanParts, file: FileSettings): Result<Merged, Failure> {
  if (file.scene === undefined && file.schemes === undefined) return ok({ settings: {}, notes: [] });
  const here = readHere(settings);
  if (!here.ok) return here;
  const scenes = file.scene === undefined ? here.value.scenes : [file.scene, ...(file['other-scenes'] ?? [])];
  const used = usedScenes(here.value.scenes, queries);
  if (!used.ok) return used;
  const staying = used.value.filter(({ scene }) => !scenes.some(({ id }) => id === scene.id));
  const all = [...scenes, ...staying.map(({ scene }) => scene)];
  const schemes = mergedSchemes(here.value.schemes, file.schemes ?? here.value.schemes, used.value, all);
  if (!schemes.ok) return schemes;
  const problem = sceneProblem(all, schemes.value.all);
  if (problem !== null) return unfit(problem);
  const changing = used.value.flatMap(({ scene, records }) => {
    const next = scenes.find(({ id }) => id === scene.id);
    return next !== undefined && next.scheme !== scene.scheme ? [{ id: scene.id, records }] : [];
  });
  const [walkUp, ...others] = all;
  return ok({
    settings: {
      ...(file.scene === undefined ? {} : { scene: walkUp!, 'other-scenes': others }),
      ...(file.schemes === undefined && schemes.value.staying.length === 0 ? {} : { schemes: [...schemes.value.all] }),
    },
    notes: [
      ...staying.map(({ scene, records }) => ({ note: 'scene-stays', id: scene.id, records }) as const),
      ...schemes.value.staying.map((id) => ({ note: 'scheme-stays', id, records: 0 }) as const),
      ...changing.map((each) => ({ note: 'scheme-changes', ...each }) as const),
    ],
  });
}

function readHere(settings: SettingsStore): Result<{ scenes: readonly Scene[]; schemes: readonly Scheme[] }, Failure> {
  const walkUp = settings.read('scene');
  if (!walkUp.ok) return walkUp;
  const others = settings.read('other-scenes');
  if (!others.ok) return others;
  const schemes = settings.read('schemes');
  return schemes.ok ? ok({ scenes: [walkUp.value, ...others.value], schemes: schemes.value }) : schemes;
}

type Used = readonly { readonly scene: Scene; readonly records: number }[];

function usedScenes(scenes: readonly Scene[], queries: SettingsPlanParts['queries']): Result<Used, Failure> {
  const used: { scene: Scene; records: number }[] = [];
  for (const scene of scenes) {
    const records = queries.countByScene(scene.id);
    if (!records.ok) return records;
    if (records.value > 0) used.push({ scene, records: records.value });
  }
  return ok(used);
}

/** A scheme by which records were made stays what it was. */
function mergedSchemes(
  here: readonly Scheme[],
  file: readonly Scheme[],
  used: Used,
  scenes: readonly Scene[],
): Result<{ readonly all: readonly Scheme[]; readonly staying: readonly string[] }, Failure> {
  for (const scheme of file) {
    const before = here.find(({ id }) => id === scheme.id);
    if (before === undefined || canonicalJson(before) === canonicalJson(scheme)) continue;
    const user = used.find(({ scene }) => scene.scheme === scheme.id);
    if (user === undefined) continue;
    return unfit(`schemes.${scheme.id}: ${user.records} records of scene ${user.scene.id} were made by another one`);
  }
  const needed = here.filter(
    ({ id }) => !file.some((scheme) => scheme.id === id) && scenes.some(({ scheme }) => scheme === id),
  );
  return ok({ all: [...file, ...needed], staying: needed.map(({ id }) => id) });
}

function sceneProblem(scenes: readonly Scene[], schemes: readonly Scheme[]): string | null {
  if (new Set(scenes.map(({ id }) => id)).size !== scenes.length) return 'other-scenes: an id stands twice';
  for (const scheme of schemes) {
    if (presetScheme(scheme.id)) return `schemes.${scheme.id}: the id belongs to a scheme of the program`;
    const [broken] = checkScheme(scheme);
    if (broken) return `schemes.${scheme.id}.${broken.field}: ${broken.rule}`;
  }
  for (const scene of scenes) {
    const [broken] = checkScene(scene, findScheme(scene.scheme, schemes), null);
    if (broken) return `scene ${scene.id}.${broken.field}: ${broken.rule}`;
  }
  return null;
}

function unfit(detail: string): Result<never, Failure> {
  return err(failure('settings-file.unfit', detail));
}
