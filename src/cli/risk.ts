import type { Command } from 'commander';
import { policyRefusal } from '../main/composition/risk-policy.ts';
import { tryPolicy } from '../main/composition/risk-dry-run.ts';
import { systemClock } from '../shared/clock.ts';
import { riskPolicySchema, type RiskPolicy, type RiskRule } from '../shared/domain/risk.ts';
import type { RiskDryRun } from '../shared/ipc/admin-schemes.ts';
import { failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, emitText, usageProblem, type UsageProblem } from './output.ts';
import { readJsonFile } from './scene-file.ts';
import {
  awaitingSettings,
  changingInstallation,
  readingSettings,
  withSettingStore,
  type SettingStoreOptions,
} from './setting-store.ts';

interface DryRunOptions extends SettingStoreOptions {
  readonly policy?: string;
  readonly days: string;
}

/** Adds `risk show`, `risk dry-run` and `risk set`. */
export function registerRiskCommands(program: Command): void {
  const risk = program.command('risk').description('rules that find what is unusual about a certification');
  withSettingStore(risk.command('show')).description('the rules as they are').action(showPolicy);
  withSettingStore(risk.command('dry-run'))
    .option('--policy <file>', 'rules to try; those that hold where none are given')
    .option('--days <number>', 'how far back, 1 to 90', '30')
    .description('what rules would have found in past certifications')
    .action(runDry);
  withSettingStore(risk.command('set'))
    .argument('<file>')
    .description('take over rules; a certification that is running is not affected')
    .action(setPolicy);
}

function showPolicy(options: SettingStoreOptions): void {
  const json = options.json === true;
  const policy = readingSettings(options, (settings) => settings.read('risk'));
  if (!policy.ok) return emitError(policy.error, json);
  if (json) return emitJson(policy.value);
  process.stdout.write(`recent faces are ${policy.value.rememberFaces ? 'remembered' : 'not remembered'}\n`);
  for (const rule of policy.value.rules) process.stdout.write(`${lineOf(rule)}\n`);
}

function lineOf({ id, enabled, sceneIds, when, effect }: RiskRule): string {
  const { kind, ...limits } = when;
  const limit = Object.entries(limits).map(([name, value]) => `${name} ${value}`);
  const does = effect.kind === 'step-up' ? `step-up to ${effect.scheme}` : effect.kind;
  return [id, enabled ? 'on' : 'off', sceneIds?.join(',') ?? 'all scenes', kind, ...limit, does].join('  ');
}

function readPolicy(file: string): Result<RiskPolicy, UsageProblem> {
  const read = readJsonFile(file);
  if (!read.ok) return read;
  const parsed = riskPolicySchema.safeParse(read.value);
  if (parsed.success) return ok(parsed.data);
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return err(usageProblem(`${file} is no policy: ${wrong}`, 'risk show --json prints one.'));
}

async function runDry(options: DryRunOptions): Promise<void> {
  const json = options.json === true;
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > 90) {
    return emitError(usageProblem('--days is not 1 to 90', 'For example --days 30.'), json);
  }
  const given = options.policy === undefined ? ok(null) : readPolicy(options.policy);
  if (!given.ok) return emitError(given.error, json);
  const run = await awaitingSettings(options, async (settings, database) => {
    const policy = given.value === null ? settings.read('risk') : ok(given.value);
    return policy.ok ? tryPolicy({ settings, database }, policy.value, days, systemClock.wallMs()) : policy;
  });
  if (!run.ok) return emitError(run.error, json);
  if (json) emitJson(run.value);
  else emitRun(run.value);
}

function emitRun({ records, untried, hits }: RiskDryRun): void {
  process.stdout.write(`${records} records\n`);
  for (const { rule, effect, count, passed } of hits) {
    process.stdout.write(`${rule}  ${effect}  ${count} found, ${passed} of them had passed\n`);
  }
  for (const rule of untried) process.stdout.write(`${rule}  not tried: records hold no faces\n`);
}

function setPolicy(file: string, options: SettingStoreOptions): void {
  const json = options.json === true;
  const policy = readPolicy(file);
  if (!policy.ok) return emitError(policy.error, json);
  const saved = changingInstallation(options, ({ settings }) => {
    const refused = policyRefusal(settings, policy.value);
    if (!refused.ok) return refused;
    if (refused.value !== null) return err(failure('request.invalid', refused.value));
    return settings.write('risk', policy.value);
  });
  if (!saved.ok) return emitError(saved.error, json);
  if (json) emitJson(saved.value);
  else emitText(`${saved.value.rules.length} rules hold from the next certification on.`);
}
