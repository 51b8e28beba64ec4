import type { Clock } from '../../shared/clock.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { ListingPlatform } from '../camera/device-listing.ts';
import type { CertificationService } from '../certification/service-contract.ts';
import type { StartWorker } from '../worker-process/endpoint.ts';
import type { AdminHandlers } from './admin-handlers.ts';
import type { ClerkHandlers } from './clerk-handlers.ts';
import type { DemoHand } from './demo-hand.ts';
import type { ChooseFile } from './file-task.ts';
import type { Installation } from './installation.ts';
import type { PagePrinter, ReceiptPrinter } from './receipt-printer.ts';
import type { RequestServices } from './request-services.ts';
import type { ServeSettings } from './settings-serving.ts';
import type { StaffCalls } from './staff-calls.ts';
import type { KioskHost } from './upkeep.ts';

/** What the application is given by the program that starts it. */
export interface ApplicationParts {
  readonly installation: Installation;
  readonly dataFolder: string;
  readonly modelsFolder: string;
  /** Folder of the simulated persons and cards; null outside of a demonstration. */
  readonly demoFolder: string | null;
  readonly startWorker: StartWorker;
  readonly clock: Clock;
  readonly appVersion: string;
  readonly log: (event: string, failure?: Failure) => void;
  /** The system's printers; absent: none. */
  readonly pagePrinter?: PagePrinter;
  /** What the admin window shows, as a PDF; absent: there is no such window. */
  readonly adminPaper?: () => Promise<Result<Uint8Array, Failure>>;
  /** Asks where a file goes; absent: nobody can be asked, and nothing is written. */
  readonly chooseFile?: ChooseFile;
  /** How the machine's cameras are listed; absent: as its system does. */
  readonly cameraListing?: ListingPlatform;
}

/** The application without its windows: flow, devices, models, store and sync, wired. */
export interface Application {
  readonly service: CertificationService;
  readonly adminHandlers: AdminHandlers;
  readonly clerkHandlers: ClerkHandlers;
  /** Calls `listener` when something that the clerk's window shows may have changed. */
  onClerkChange(listener: () => void): void;
  /** Where the admin window's wish to open the clerk's window goes. */
  onOpenClerk(open: () => void): void;
  readonly demo: DemoHand | null;
  readonly requests: RequestServices;
  /** Calls from the kiosk to its staff. */
  readonly staffCalls: StaffCalls;
  /** Prints receipts; for whoever prints one again. */
  readonly receiptPrinter: ReceiptPrinter;
  /** The admin page's microphone test runs. */
  testsMicrophone(): boolean;
  hasScene(sceneId: string): boolean;
  /** Local calendar day, `YYYY-MM-DD`. */
  today(): string;
  /** A travel document is asked for, and the reader for its lower edge types like a keyboard. */
  readsSwipedKeys(): boolean;
  /** The machine has slept, so that its clocks have a cause to differ. */
  resumed(): void;
  /** The program that holds the windows says what it can do. */
  attachHost(host: KioskHost): void;
  /** Serves a request that may change settings; see `settings-serving.ts`. */
  readonly serveSettings: ServeSettings;
  /** Loads the models, opens the reader, takes over provisioning and starts to sync. */
  start(): Promise<void>;
  /** Settles when nothing is under way any more and the database is closed. */
  stop(): Promise<void>;
}
