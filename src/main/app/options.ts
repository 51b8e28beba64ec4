import { parseArgs } from 'node:util';

/** What the command line of the windowed application can ask for. */
export interface AppOptions {
  /** Simulated person, reader and cards. Refused by a packaged build. */
  readonly demo: boolean;
  /** Folder with the simulated persons' clips and cards; needed by --demo. */
  readonly demoFolder: string | null;
  readonly dataFolder: string | null;
  readonly modelsFolder: string | null;
  /** Ordinary window instead of the full-screen kiosk. */
  readonly windowed: boolean;
  /** Opens the admin window at start. */
  readonly admin: boolean;
  /** Opens the clerk's window at start. */
  readonly clerk: boolean;
  /** Runs one certification of this scene without showing a window, prints its outcome as JSON and quits. */
  readonly certify: string | null;
  /** JSON file with what a caller gives to that certification. */
  readonly inputs: string | null;
  /** The caller's own number for it. */
  readonly order: string | null;
}

/** Reads the options; anything unknown (Chromium's own switches among them) is left alone. */
export function readOptions(args: readonly string[]): AppOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      demo: { type: 'boolean' },
      'demo-folder': { type: 'string' },
      'data-folder': { type: 'string' },
      'models-folder': { type: 'string' },
      windowed: { type: 'boolean' },
      admin: { type: 'boolean' },
      clerk: { type: 'boolean' },
      certify: { type: 'string' },
      inputs: { type: 'string' },
      order: { type: 'string' },
    },
  });
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  return {
    demo: values['demo'] === true,
    demoFolder: text(values['demo-folder']),
    dataFolder: text(values['data-folder']),
    modelsFolder: text(values['models-folder']),
    windowed: values['windowed'] === true,
    admin: values['admin'] === true,
    clerk: values['clerk'] === true,
    certify: text(values['certify']),
    inputs: text(values['inputs']),
    order: text(values['order']),
  };
}
