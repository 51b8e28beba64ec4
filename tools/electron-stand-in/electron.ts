// The module that `import … from 'electron'` gives in the main process.
import type * as Electron from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { ipcMain } from './ipc.ts';
import { net } from './net.ts';
import { absent, strictObject } from './not-provided.ts';
import {
  crashReporter,
  dialog,
  globalShortcut,
  Menu,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  shell,
} from './odds.ts';
import { protocol } from './protocol.ts';
import { safeStorage } from './safe-storage.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { utilityProcess } from './utility-process.ts';

export {
  app,
  BrowserWindow,
  ipcMain,
  net,
  crashReporter,
  dialog,
  globalShortcut,
  Menu,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  shell,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
};

export const autoUpdater = absent('autoUpdater');
export const BaseWindow = absent('BaseWindow');
export const BrowserView = absent('BrowserView');
export const clipboard = absent('clipboard');
export const ClipboardItem = absent('ClipboardItem');
export const contentTracing = absent('contentTracing');
export const contextBridge = absent('contextBridge');
export const desktopCapturer = absent('desktopCapturer');
export const ImageView = absent('ImageView');
export const inAppPurchase = absent('inAppPurchase');
export const IpcMainServiceWorker = absent('IpcMainServiceWorker');
export const ipcRenderer = absent('ipcRenderer');
export const LanguageModelUtility = absent('LanguageModelUtility');
export const localAIHandler = absent('localAIHandler');
export const MenuItem = absent('MenuItem');
export const MessageChannelMain = absent('MessageChannelMain');
export const nativeImage = absent('nativeImage');
export const netLog = absent('netLog');
export const Notification = absent('Notification');
export const parentPort = absent('parentPort');
export const pushNotifications = absent('pushNotifications');
export const sharedTexture = absent('sharedTexture');
export const ShareMenu = absent('ShareMenu');
export const systemPreferences = absent('systemPreferences');
export const TouchBar = absent('TouchBar');
export const Tray = absent('Tray');
export const View = absent('View');
export const webContents = absent('webContents');
export const WebContentsView = absent('WebContentsView');
export const webFrame = absent('webFrame');
export const webFrameMain = absent('webFrameMain');
export const WebSocket = absent('WebSocket');
export const webUtils = absent('webUtils');

export default strictObject('electron', {
  app,
  BrowserWindow,
  ipcMain,
  net,
  crashReporter,
  dialog,
  globalShortcut,
  Menu,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  shell,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
  autoUpdater,
  BaseWindow,
  BrowserView,
  clipboard,
  ClipboardItem,
  contentTracing,
  contextBridge,
  desktopCapturer,
  ImageView,
  inAppPurchase,
  IpcMainServiceWorker,
  ipcRenderer,
  LanguageModelUtility,
  localAIHandler,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  netLog,
  Notification,
  parentPort,
  pushNotifications,
  sharedTexture,
  ShareMenu,
  systemPreferences,
  TouchBar,
  Tray,
  View,
  webContents,
  WebContentsView,
  webFrame,
  webFrameMain,
  WebSocket,
  webUtils,
} satisfies Record<keyof typeof Electron, unknown>);
