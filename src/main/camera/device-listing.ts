import type { VideoDevice } from '../../shared/domain/camera-identity.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import { listLinuxDevices } from './linux-devices.ts';
import { MAC_LIST_COMMAND, parseMacDevices } from './mac-devices.ts';
import { parseWindowsDevices, WINDOWS_LIST_COMMAND } from './windows-devices.ts';

/** Runs a fixed command and gives what it wrote; a failure when it could not be run or ended badly. */
export type RunCommand = (command: readonly string[]) => Promise<Result<string, Failure>>;

export interface ListingPlatform {
  readonly platform: string;
  readonly sysRoot: string;
  readonly run: RunCommand;
}

/** Lists the machine's video devices as its operating system knows them. A system that isn't known is a failure. */
export async function listVideoDevices({
  platform,
  sysRoot,
  run,
}: ListingPlatform): Promise<Result<readonly VideoDevice[], Failure>> {
  if (platform === 'linux') return listLinuxDevices(sysRoot);
  if (platform !== 'win32' && platform !== 'darwin') {
    return err(failure('camera.missing', `the video devices can't be listed on ${platform}`));
  }
  const written = await run(platform === 'win32' ? WINDOWS_LIST_COMMAND : MAC_LIST_COMMAND);
  if (!written.ok) return written;
  return platform === 'win32' ? parseWindowsDevices(written.value) : parseMacDevices(written.value);
}
