// A small application that runs one scenario and says what happened as JSON lines on standard output.
import { app } from 'electron';

const say = (event, details = {}) => process.stdout.write(`${JSON.stringify({ event, ...details })}\n`);
const scenario = app.commandLine.getSwitchValue('scenario');

app.on('before-quit', () => say('before-quit'));
app.on('will-quit', () => say('will-quit'));
app.on('quit', (_event, code) => say('quit', { code }));
app.on('window-all-closed', () => say('window-all-closed'));

if (!app.requestSingleInstanceLock()) {
  say('second-instance-refused');
  app.quit();
} else {
  const { prepare } = await import('./pages.mjs');
  prepare(say);
  const { run } = await import(`./scenarios/${scenario}.mjs`);
  void app.whenReady().then(() => run(say));
}
