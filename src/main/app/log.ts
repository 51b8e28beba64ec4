import { app } from 'electron';
import pino, { type Logger } from 'pino';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The application's own log: one JSON line an event in the data folder's `logs`, and on standard error while the
 * application isn't packaged. Events are fixed words and codes; nothing that names a person is ever given to it.
 */
export function openLog(dataFolder: string): Logger {
  const folder = join(dataFolder, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = pino.destination({ dest: join(folder, 'countersign.log'), mkdir: true, mode: 0o600, sync: true });
  const streams = [{ stream: file }, ...(app.isPackaged ? [] : [{ stream: process.stderr }])];
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.multistream(streams));
}
