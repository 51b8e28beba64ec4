// Two windows and a utility process that stay until somebody ends them.
import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { openWindow } from '../pages.mjs';

export async function run(say) {
  const child = utilityProcess.fork(join(import.meta.dirname, '../utility.mjs'), [], { stdio: 'ignore' });
  await openWindow({ kiosk: true }, 'app://kiosk/index.html');
  await openWindow({ width: 700, height: 500 }, 'app://admin/index.html');
  say('staying', { utilityPid: child.pid });
}
