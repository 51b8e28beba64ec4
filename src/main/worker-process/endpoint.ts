/** One end of a message channel between the main process and a worker process. Values are structured-cloned. */
export interface MessageEndpoint {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** A running worker process as its owner sees it. */
export interface WorkerProcess extends MessageEndpoint {
  /** `code` is null when a signal ended the process. Called once. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** Starts a worker process: a utility process under Electron, a forked Node elsewhere. */
export type StartWorker = (name: WorkerName) => WorkerProcess;

/** Each worker's built file has this name. */
export type WorkerName = 'inference' | 'device' | 'speech' | 'photo';
