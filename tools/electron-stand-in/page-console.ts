import type { DevtoolsSession } from './devtools-session.ts';

export interface ConsoleMessage {
  readonly level: 'info' | 'warning' | 'error' | 'debug';
  readonly message: string;
  readonly lineNumber: number;
  readonly sourceId: string;
}

function levelOf(type: string): ConsoleMessage['level'] {
  if (type === 'error' || type === 'assert') return 'error';
  if (type === 'warning') return 'warning';
  return type === 'debug' || type === 'verbose' ? 'debug' : 'info';
}

/** Reports what a page prints, what it fails to catch, and what Chromium says about it (blocked by CSP, not found). */
export function watchConsole(page: DevtoolsSession, report: (message: ConsoleMessage) => void): void {
  page.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const [top] = stackTrace?.callFrames ?? [];
    report({
      level: levelOf(type),
      message: args.map((arg) => String(arg.value ?? arg.description ?? arg.type)).join(' '),
      lineNumber: (top?.lineNumber ?? -1) + 1,
      sourceId: top?.url ?? '',
    });
  });
  page.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    const { exception, text, lineNumber, url } = exceptionDetails;
    const message = exception?.description ? `Uncaught ${exception.description}` : text;
    report({ level: 'error', message, lineNumber: lineNumber + 1, sourceId: url ?? '' });
  });
  page.on('Log.entryAdded', ({ entry }) => {
    report({
      level: levelOf(entry.level),
      message: entry.text,
      lineNumber: (entry.lineNumber ?? -1) + 1,
      sourceId: entry.url ?? '',
    });
  });
}
