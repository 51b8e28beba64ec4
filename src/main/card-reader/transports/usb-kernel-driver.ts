import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/**
 * Which driver of the system holds an interface; null when none does, or when that can't be told. A program that uses
 * the device directly shows as `usbfs`.
 */
export type KernelDriverOf = (
  busName: string,
  configurationValue: number,
  interfaceNumber: number,
) => Promise<string | null>;

/** Reads `/sys/bus/usb/devices/1-2:1.0/driver`; null outside Linux. */
export const systemKernelDriverOf: KernelDriverOf = async (busName, configurationValue, interfaceNumber) => {
  if (process.platform !== 'linux') return null;
  const link = `/sys/bus/usb/devices/${busName}:${configurationValue}.${interfaceNumber}/driver`;
  return readlink(link).then(basename, () => null);
};
