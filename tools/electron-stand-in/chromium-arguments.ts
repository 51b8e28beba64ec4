export interface ChromiumSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
}

const FIXED_ARGUMENTS = [
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  // Software compositing: exact colours from a camera and cheap readback, at the cost of WebGL speed.
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  '--autoplay-policy=no-user-gesture-required',
  // Electron's windows aren't throttled for being covered by another one in a kiosk; these windows must not be either.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

const DISABLED_FEATURES = ['Translate', 'MediaRouter', 'OptimizationHints'];

/** Whether Chromium runs without a screen: always, unless a display is there and `COUNTERSIGN_HEADLESS` isn't 1. */
export function isHeadless({ env, platform }: ChromiumSurroundings): boolean {
  if (env['COUNTERSIGN_HEADLESS'] === '1') return true;
  const hasDisplay = platform === 'win32' || platform === 'darwin' || !!(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  return !hasDisplay;
}

// Chromium keeps only the last --disable-features, so the application's and the stand-in's are joined.
function joinFeatures(switches: readonly string[]): readonly string[] {
  const prefix = '--disable-features=';
  const named = switches.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  return [...switches.filter((one) => !one.startsWith(prefix)), prefix + [...DISABLED_FEATURES, ...named].join(',')];
}

/** The command line for a Chromium whose profile is `profileDirectory`, with the switches the application appended. */
export function chromiumArguments(
  profileDirectory: string,
  appSwitches: readonly string[],
  surroundings: ChromiumSurroundings,
): readonly string[] {
  const { env } = surroundings;
  const extra = (env['COUNTERSIGN_CHROMIUM_ARGS'] ?? '').split(' ').filter(Boolean);
  return [
    ...FIXED_ARGUMENTS,
    `--user-data-dir=${profileDirectory}`,
    ...(env['COUNTERSIGN_DEBUG_PORT'] === '1' ? ['--remote-debugging-port=0'] : []),
    ...(surroundings.isRoot ? ['--no-sandbox'] : []),
    ...(isHeadless(surroundings) ? ['--headless=new'] : []),
    ...joinFeatures([...appSwitches, ...extra]),
  ];
}
