import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Downloads and what is made from them; outside of git, reused offline. */
export const cacheFolder = process.env['COUNTERSIGN_CACHE'] ?? join(root, '.cache');
export const demoFolder = join(cacheFolder, 'demo');
export const mediaFolder = join(cacheFolder, 'media');
export const modelsFolder = join(root, 'models');
export const standInHost = join(root, 'tools', 'electron-stand-in', 'host.ts');
