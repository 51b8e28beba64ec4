import { dialog, type BrowserWindow } from 'electron';
import type { ChooseFile } from '../composition/file-task.ts';

const FILTERS = {
  csv: { name: 'CSV', extensions: ['csv'] },
  jsonl: { name: 'JSON Lines', extensions: ['jsonl'] },
};

/** Asks in the system's own window where a file goes, over the admin window. */
export interface FileChoice {
  /** The window that is open from now on. */
  of(window: BrowserWindow): void;
  readonly choose: ChooseFile;
}

/** The dialog itself asks before a file is replaced. Nothing is chosen where it is dismissed or no window is open. */
export function createFileChoice(): FileChoice {
  let open: BrowserWindow | null = null;
  return {
    of: (window) => {
      open = window;
      window.once('closed', () => {
        if (open === window) open = null;
      });
    },
    choose: async ({ name, kind }) => {
      if (open === null) return null;
      const chosen = await dialog.showSaveDialog(open, {
        defaultPath: name,
        filters: [FILTERS[kind]],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
    },
  };
}
