import type { CDPSession } from '@playwright/test';

/** The events that the stand-in listens to. */
export type DevtoolsEvent =
  | ('Target.attachedToTarget' | 'Target.detachedFromTarget' | 'Inspector.targetCrashed' | 'Fetch.requestPaused')
  | ('Runtime.executionContextCreated' | 'Runtime.executionContextDestroyed' | 'Runtime.executionContextsCleared')
  | ('Runtime.bindingCalled' | 'Runtime.consoleAPICalled' | 'Runtime.exceptionThrown' | 'Log.entryAdded')
  | ('Page.frameNavigated' | 'Page.navigatedWithinDocument' | 'Page.lifecycleEvent' | 'Page.windowOpen');

// Playwright's package declares the whole protocol, but gives access to it through this class only.
type OnEvent<E extends DevtoolsEvent> = Parameters<(session: CDPSession, on: typeof session.on<E>) => void>[1];
export type DevtoolsPayload<E extends DevtoolsEvent> = Parameters<Parameters<OnEvent<E>>[1]>[0];

/** One flattened session of the DevTools protocol, with its commands and events typed. */
export interface DevtoolsSession {
  readonly send: CDPSession['send'];
  on<E extends DevtoolsEvent>(event: E, listener: (payload: DevtoolsPayload<E>) => void): void;
}
