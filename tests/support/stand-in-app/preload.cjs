const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('fixture', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  say: (name, details) => ipcRenderer.send('say', name, details),
  collectTicks: (count, onTick) => {
    const listener = (_event, index, bytes) => onTick(index, bytes);
    ipcRenderer.on('tick', listener);
    ipcRenderer.send('ask-events', count);
    return () => ipcRenderer.off('tick', listener);
  },
  throwNow: () => {
    throw new Error('thrown in the preload');
  },
  nested: { answer: 42, list: [1, 2, 3] },
  argv: () => process.argv.slice(1),
  sendPort: () => ipcRenderer.postMessage('port', null, []),
  requireFile: () => require('node:fs'),
});
