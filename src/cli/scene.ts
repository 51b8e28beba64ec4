import type { Command } from 'commander';
import { createSceneBook } from '../main/settings/scene-book.ts';
import { checkScene } from '../shared/domain/scene-rules.ts';
import type { Scene } from '../shared/domain/scene.ts';
import { findScheme } from '../shared/domain/scheme-presets.ts';
import type { Scheme } from '../shared/domain/scheme.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, emitText } from './output.ts';
import { importFile, type ImportOptions } from './scene-import.ts';
import {
  emitProblems,
  explained,
  parseSceneFile,
  problemsOfFile,
  readJsonFile,
  writeNewFile,
  type SceneFile,
} from './scene-file.ts';
import { readingSettings, withSettingStore, type SettingStoreOptions } from './setting-store.ts';

/** Adds `scene list`, `show`, `validate`, `import` and `export`. */
export function registerSceneCommands(program: Command): void {
  const scenes = program.command('scene').description('scenes: what a certification is for, and by which scheme');
  withSettingStore(scenes.command('list'))
    .description('that of whoever walks up first; one JSON value per line with --json')
    .action(listScenes);
  withSettingStore(scenes.command('show')).argument('<id>').description('one scene with its scheme').action(showScene);
  withSettingStore(scenes.command('validate'), { optional: true })
    .argument('<file>')
    .description('say what is wrong with a file of scenes; with --data-folder its schemes are known too')
    .action(validateFile);
  withSettingStore(scenes.command('import'))
    .argument('<file>')
    .option('--replace', 'replace scenes and schemes that are there already')
    .option('--change-scheme', 'also where records were made by another scheme')
    .description('take over a file of scenes, all of it or nothing; the application may be running')
    .action((file: string, options: ImportOptions) => importFile(file, options));
  withSettingStore(scenes.command('export'))
    .argument('[ids...]', 'all scenes where none is named')
    .requiredOption('--out <file>', 'a new file')
    .description('write scenes, with the composed schemes that they use, to a file')
    .action(exportScenes);
}

interface Kept {
  readonly scenes: readonly Scene[];
  readonly schemes: readonly Scheme[];
}

function keptOf(options: SettingStoreOptions): Result<Kept, Failure> {
  return readingSettings(options, (settings) => {
    const book = createSceneBook(settings);
    const scenes = book.scenes();
    if (!scenes.ok) return scenes;
    const schemes = book.schemes();
    return schemes.ok ? ok({ scenes: scenes.value, schemes: schemes.value }) : schemes;
  });
}

function listScenes(options: SettingStoreOptions): void {
  const json = options.json === true;
  const kept = keptOf(options);
  if (!kept.ok) return emitError(kept.error, json);
  for (const [index, { id, name, scheme, offlinePolicy }] of kept.value.scenes.entries()) {
    const walkUp = index === 0;
    if (json) emitJson({ id, name, scheme, offlinePolicy, walkUp });
    else process.stdout.write([id, name, scheme, offlinePolicy, ...(walkUp ? ['walk-up'] : [])].join('  ') + '\n');
  }
}

function showScene(id: string, options: SettingStoreOptions): void {
  const json = options.json === true;
  const kept = keptOf(options);
  if (!kept.ok) return emitError(kept.error, json);
  const scene = kept.value.scenes.find((each) => each.id === id);
  if (scene === undefined) return emitError(failure('scene.unknown', id), json, 2);
  const scheme = findScheme(scene.scheme, kept.value.schemes);
  const shown = { scene, scheme: scheme ?? null, problems: explained(`scene ${id}`, checkScene(scene, scheme, null)) };
  if (json) emitJson(shown);
  else process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
}

function validateFile(file: string, options: Partial<SettingStoreOptions>): void {
  const json = options.json === true;
  const { dataFolder } = options;
  const read = readJsonFile(file);
  if (!read.ok) return emitError(read.error, json);
  const kept = dataFolder === undefined ? ok({ schemes: [] }) : keptOf({ ...options, dataFolder });
  if (!kept.ok) return emitError(kept.error, json);
  const parsed = parseSceneFile(read.value);
  emitProblems(parsed.ok ? problemsOfFile(parsed.value, kept.value.schemes) : parsed.error, json);
}

function exportScenes(ids: readonly string[], options: SettingStoreOptions & { readonly out: string }): void {
  const json = options.json === true;
  const kept = keptOf(options);
  if (!kept.ok) return emitError(kept.error, json);
  const chosen = choose(kept.value, ids);
  if (!chosen.ok) return emitError(chosen.error, json, 2);
  const written = writeNewFile(options.out, chosen.value);
  if (!written.ok) return emitError(written.error, json);
  const { scenes, schemes } = chosen.value;
  if (json) return emitJson({ out: options.out, scenes: scenes.length, schemes: schemes.length });
  emitText(`${scenes.length} scenes and ${schemes.length} schemes in ${options.out}.`);
}

function choose({ scenes, schemes }: Kept, ids: readonly string[]): Result<SceneFile, Failure> {
  const missing = ids.find((id) => !scenes.some((scene) => scene.id === id));
  if (missing !== undefined) return err(failure('scene.unknown', missing));
  const chosen = ids.length === 0 ? scenes : scenes.filter(({ id }) => ids.includes(id));
  const used = schemes.filter(({ id }) => chosen.some(({ scheme }) => scheme === id));
  return ok({ schemes: [...used], scenes: [...chosen] });
}
