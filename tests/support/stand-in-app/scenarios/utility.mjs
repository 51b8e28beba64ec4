// A utility process: round trips, its output, and the ways it ends.
import { once } from 'node:events';
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';

export async function run(say) {
  const child = utilityProcess.fork(join(import.meta.dirname, '../utility.mjs'), ['first'], {
    serviceName: 'fixture',
    stdio: 'pipe',
    env: { ...process.env, FIXTURE: 'given' },
  });
  child.postMessage({ ask: 'double', bytes: new Uint8Array([1, 2, 3]) });
  const printed = once(child.stdout, 'data');
  const [answer] = await once(child, 'message');
  say('answer', { ...answer, bytes: [...answer.bytes], kind: answer.bytes.constructor.name, pid: typeof child.pid });
  say('printed', { text: String((await printed)[0]).trim() });
  child.postMessage({ ask: 'exit', code: 3 });
  const [code] = await once(child, 'exit');
  say('exited', { code, pid: String(child.pid) });
  const second = utilityProcess.fork(join(import.meta.dirname, '../utility.mjs'), [], { stdio: 'ignore' });
  await once(second, 'spawn');
  say('killed', { asked: second.kill(), code: (await once(second, 'exit'))[0] });
  app.quit();
}
