import { utilityProcess } from 'electron';
import { join } from 'node:path';
import type { StartWorker } from '../worker-process/endpoint.ts';

/** Starts workers as Electron utility processes: an out-of-memory or a native crash there leaves main alive. */
export function utilityWorkerStarter(mainFolder: string, onLog: (worker: string, line: string) => void): StartWorker {
  return (name) => {
    const child = utilityProcess.fork(join(mainFolder, `${name}.js`), [], {
      serviceName: `countersign-${name}`,
      // What a vendor's photo library prints may be about a card, so it goes nowhere.
      stdio: name === 'photo' ? 'ignore' : 'pipe',
    });
    child.stdout?.on('data', (text: Buffer) => onLog(name, text.toString().trimEnd()));
    child.stderr?.on('data', (text: Buffer) => onLog(name, text.toString().trimEnd()));
    return {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener(code)),
      kill: () => void child.kill(),
    };
  };
}
