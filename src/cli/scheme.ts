import { Option, type Command } from 'commander';
import { checkScheme } from '../shared/domain/scene-rules.ts';
import { findScheme, PRESET_SCHEMES } from '../shared/domain/scheme-presets.ts';
import { SCHEME_FAMILIES, type Scheme } from '../shared/domain/scheme.ts';
import type { Failure } from '../shared/reasons.ts';
import { ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, usageProblem } from './output.ts';
import { importFile, type ImportOptions } from './scene-import.ts';
import { emitProblems, explained, parseSceneFile, problemsOfFile, readJsonFile } from './scene-file.ts';
import { schemeRefusals } from './scheme-refusals.ts';
import { readingSettings, withSettingStore, type SettingStoreOptions } from './setting-store.ts';

interface SchemeOptions extends Partial<SettingStoreOptions> {
  readonly presetOnly?: boolean;
  readonly family?: string;
}

/** Adds `scheme list`, `show`, `validate` and `import`. */
export function registerSchemeCommands(program: Command): void {
  const schemes = program.command('scheme').description('schemes: what is collected, compared, asked and given');
  const withPresets = (command: Command): Command =>
    withSettingStore(command, { optional: true }).option('--preset-only', 'those of the program; needs no data folder');
  withPresets(schemes.command('list'))
    .addOption(new Option('--family <family>', 'whose product codes').choices(SCHEME_FAMILIES))
    .description('one JSON value per line with --json')
    .action(listSchemes);
  withPresets(schemes.command('show'))
    .argument('<id>')
    .description('one scheme whole, and which kinds of verifiers can not serve it, and why')
    .action(showScheme);
  schemes
    .command('validate')
    .argument('<file>')
    .option('--json', 'JSON on standard output')
    .description('say what is wrong with a composed scheme')
    .action(validateScheme);
  withSettingStore(schemes.command('import'))
    .argument('<file>')
    .option('--replace', 'replace schemes that are there already')
    .description('take over composed schemes, all of them or nothing')
    .action((file: string, options: ImportOptions) => importFile(file, options));
}

function composedOf({ dataFolder, keyFile, presetOnly }: SchemeOptions): Result<readonly Scheme[], Failure> {
  if (presetOnly === true || dataFolder === undefined) return ok([]);
  const options = keyFile === undefined ? { dataFolder } : { dataFolder, keyFile };
  return readingSettings(options, (settings) => settings.read('schemes'));
}

/** Composed schemes stay in the database: without one, only presets can be meant, and that has to be said. */
function missesFolder({ dataFolder, presetOnly }: SchemeOptions): boolean {
  return dataFolder === undefined && presetOnly !== true;
}
const FOLDER_NEEDED = usageProblem('no data folder is given', 'Give --data-folder, or --preset-only.');

function listSchemes(options: SchemeOptions): void {
  const json = options.json === true;
  if (missesFolder(options)) return emitError(FOLDER_NEEDED, json);
  const composed = composedOf(options);
  if (!composed.ok) return emitError(composed.error, json);
  const wanted = [...PRESET_SCHEMES, ...composed.value].filter(
    ({ family }) => options.family === undefined || family === options.family,
  );
  for (const scheme of wanted) {
    const { id, family, actor, identity, reference, check, decides } = scheme;
    if (json) emitJson(scheme);
    else process.stdout.write(`${[id, family, actor, identity, reference, check ?? '-', decides].join('  ')}\n`);
  }
}

function showScheme(id: string, options: SchemeOptions): void {
  const json = options.json === true;
  if (missesFolder(options)) return emitError(FOLDER_NEEDED, json);
  const composed = composedOf(options);
  if (!composed.ok) return emitError(composed.error, json);
  const scheme = findScheme(id, composed.value);
  if (scheme === undefined) return emitError(usageProblem(`there is no scheme ${id}`, 'See scheme list.'), json);
  const problems = explained(`scheme ${id}`, checkScheme(scheme));
  const shown = { scheme, problems, notServedBy: schemeRefusals(scheme) };
  if (json) emitJson(shown);
  else process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
}

function validateScheme(file: string, options: { readonly json?: boolean }): void {
  const json = options.json === true;
  const read = readJsonFile(file);
  if (!read.ok) return emitError(read.error, json);
  const parsed = parseSceneFile(read.value);
  emitProblems(parsed.ok ? problemsOfFile(parsed.value, []) : parsed.error, json);
}
