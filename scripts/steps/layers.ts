import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { root } from './paths.ts';

const FEATURES =
  'camera|card-reader|certification|chip-document|clip|comparison|face-return|inference|liveness|metering|privacy|reports|requests|risk|settings|speech|store|sync|verifiers';

/** What may not import what. A feature folder knows `shared`, the worker channel and itself. */
export const LAYER_RULES: IForbiddenRuleType[] = [
  {
    name: 'shared-is-pure',
    from: { path: '^src/shared/' },
    to: { path: '^src/(main|renderer|preload|cli|verifier)/' },
  },
  { name: 'shared-has-no-runtime', from: { path: '^src/shared/' }, to: { dependencyTypes: ['core'] } },
  {
    name: 'features-keep-apart',
    // A worker's entry file is the composition root of its process.
    from: { path: `^src/main/(${FEATURES})/`, pathNot: '^src/main/(inference|card-reader|speech)/worker\\.ts$' },
    to: { path: `^src/main/(${FEATURES})/`, pathNot: '^src/main/$1/' },
  },
  {
    name: 'features-do-not-compose',
    from: { path: `^src/main/(${FEATURES})/` },
    to: { path: '^src/(main/(app|composition|index)|renderer|preload|cli|verifier)' },
  },
  {
    name: 'renderer-is-alone',
    from: { path: '^src/renderer/' },
    to: { path: '^src/(main|cli|verifier)/|^src/preload/(?!bridge)' },
  },
  {
    name: 'windows-keep-apart',
    from: { path: '^src/renderer/(kiosk|admin|clerk)/' },
    to: { path: '^src/renderer/(kiosk|admin|clerk)/', pathNot: '^src/renderer/$1/' },
  },
  {
    name: 'renderer-base-knows-no-window',
    from: { path: '^src/renderer/(camera|ui|i18n|staff)/' },
    to: { path: '^src/renderer/(kiosk|admin|clerk)/' },
  },
  { name: 'preload-is-thin', from: { path: '^src/preload/' }, to: { path: '^src/(main|renderer|cli|verifier)/' } },
  {
    name: 'electron-in-app-only',
    from: { path: '^src/', pathNot: '^src/(main/app|preload)/' },
    to: { path: 'node_modules/electron(/|$)' },
  },
  {
    name: 'onnxruntime-in-inference-only',
    from: { path: '^src/', pathNot: '^src/main/inference/' },
    to: { path: 'node_modules/onnxruntime-' },
  },
  {
    name: 'speech-runtime-in-speech-only',
    from: { path: '^src/', pathNot: '^src/main/speech/' },
    to: { path: 'node_modules/sherpa-onnx' },
  },
  {
    name: 'sqlite-in-store-only',
    from: { path: '^src/', pathNot: '^src/(main/store|verifier)/' },
    to: { path: 'node_modules/better-sqlite3' },
  },
  {
    name: 'serialport-in-transports-only',
    from: { path: '^src/', pathNot: '^src/main/card-reader/transports/' },
    to: { path: 'node_modules/(@serialport|serialport|usb|node-hid)/' },
  },
  {
    name: 'foreign-code-in-the-photo-process-only',
    from: { path: '^src/', pathNot: '^src/main/(card-reader/photo-library|chip-document/pcsc)/' },
    to: { path: 'node_modules/koffi' },
  },
  {
    name: 'verifier-database-in-verifier-only',
    from: { path: '^src/', pathNot: '^src/verifier/' },
    to: { path: 'node_modules/(kysely|pg|fastify)/' },
  },
  {
    name: 'object-stores-in-two-folders-only',
    from: { path: '^src/', pathNot: '^src/(verifier|main/face-return)/' },
    to: { path: 'node_modules/aws4fetch/' },
  },
  {
    // The verifier shares with the kiosk how vendors are asked, how faces are compared and liveness is judged, nothing else.
    name: 'verifier-shares-little',
    from: { path: '^src/verifier/' },
    to: {
      path: '^src/main/(?!verifiers/|inference/|comparison/|liveness/|worker-process/)|^src/(renderer|preload|cli)/',
    },
  },
  {
    // What checks our signatures must not be what makes them.
    name: 'fake-vendor-is-independent',
    from: { path: '^src/fake-vendor/' },
    to: { path: '^src/(main|renderer|preload|cli|verifier)/' },
  },
  { name: 'src-knows-no-tools', from: { path: '^src/' }, to: { path: '^(tools|tests|scripts)/' } },
  {
    name: 'no-cycles',
    from: { path: '^src/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

export interface LayerReport {
  readonly modules: number;
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

/** Cruises the given folders (relative to the project, or to `base`) and reports what breaks the rules. */
export async function cruiseSources(folders: string[], base: string = root): Promise<LayerReport> {
  const { output } = await cruise(folders, {
    baseDir: base,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules/.*/node_modules' },
    validate: true,
    ruleSet: { forbidden: LAYER_RULES.map((rule) => ({ severity: 'error', ...rule })) },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  });
  const result = output as ICruiseResult;
  const prefix = /^src\//;
  return {
    modules: result.modules.filter((module) => prefix.test(module.source)).length,
    violations: result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
