import { basename } from 'node:path';
import type { PhotoDecoding } from '../shared/domain/photo-decoding.ts';
import type { DiagnosisFinding } from '../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../shared/domain/reader-transport.ts';
import { machineReaders } from '../main/card-reader/machine-readers.ts';
import { systemTiming } from '../main/card-reader/timing.ts';
import { mismatch, targetOfFile } from '../main/card-reader/photo-library/binary-file.ts';
import { listSerialPorts, serialTransport, type ListedPort } from '../main/card-reader/transports/serial.ts';
import type { SettingsStore } from '../main/settings/settings.ts';
import { checkPhotoDecoding } from './card-library.ts';
import { failed, ok, troubled, unknown, warning, type Check } from './doctor-check.ts';
import { checkServices } from './doctor-services.ts';
import { SYSTEM_USB_FOLDERS, checkUsb } from './doctor-usb.ts';

/** What can be said of readers without knowing which one this kiosk uses. */
export async function checkReaders(): Promise<readonly Check[]> {
  const usb = await checkUsb(SYSTEM_USB_FOLDERS, process.platform);
  return [...(await checkPorts()), ...usb, await checkServices()];
}

async function checkPorts(): Promise<readonly Check[]> {
  const ports = await listSerialPorts();
  const byHand = 'Give the port by hand in the admin window, or to "card test --port".';
  if (!ports.ok) return [unknown('reader ports', ports.error.detail ?? 'can not be listed', byHand)];
  if (ports.value.length === 0) {
    const hint = 'Connect the reader; one that is reached over USB, a network or a service needs no serial port.';
    return [warning('reader ports', 'no serial port', hint)];
  }
  return Promise.all(ports.value.map(portCheck));
}

/**
 * Ports of USB devices are opened and closed again, which shows whether another program has them. Those of the main
 * board are only named: most have nothing to do with a reader.
 */
async function portCheck(port: ListedPort): Promise<Check> {
  const name = `reader port ${port.path}`;
  const words = [port.manufacturer, port.vendorId && `${port.vendorId}:${port.productId}`].filter(Boolean).join(', ');
  if (port.vendorId === undefined) return ok(name, words === '' ? 'on the main board' : words);
  const transport = serialTransport(port.path, 'auto');
  const opened = await transport.open();
  await transport.close();
  if (opened.ok) return ok(name, `${words}: may be used`);
  // The kiosk itself may be running, and has it then.
  return troubled(name, opened.error, opened.error.code === 'reader.port-busy' ? 'warning' : 'failed');
}

/** The reader and the photo library that this kiosk is set up with. */
export async function checkConfiguredReader(settings: SettingsStore): Promise<readonly Check[]> {
  const reader = settings.read('reader');
  if (!reader.ok) return [failed('reader', reader.error, 'Choose the reader again in the admin window.')];
  const decoding = settings.read('photo-decoding');
  if (!decoding.ok) return [failed('photo library', decoding.error, 'Set it again in the admin window.')];
  return [...(await diagnosisChecks(reader.value, decoding.value)), ...(await checkLibraryFile(decoding.value))];
}

async function diagnosisChecks(transport: ReaderTransport | null, decoding: PhotoDecoding): Promise<readonly Check[]> {
  if (transport === null) {
    return [warning('reader', 'none is chosen', 'Choose one on the device page of the admin window.')];
  }
  if (transport.kind === 'simulated') {
    return [warning('reader', 'simulated: for demonstrations only', 'Choose a real one in the admin window.')];
  }
  const readers = machineReaders(systemTiming);
  const { findings } = await readers.diagnose(transport, decoding, {
    checkDecoder: checkPhotoDecoding,
  });
  return findings.map(findingCheck);
}

const STEP_NAMES: Readonly<Record<DiagnosisFinding['step'], string>> = {
  found: 'reader is there',
  opened: 'reader may be used',
  answers: 'reader answers',
  authorised: 'security module',
  identified: 'reader id',
  'photo-decoder': 'portraits',
};

function findingCheck({ step, state, failure, detail }: DiagnosisFinding): Check {
  const name = STEP_NAMES[step];
  if (failure && (state === 'failed' || state === 'warning')) return troubled(name, failure, state);
  if (state === 'ok') return ok(name, detail ?? 'well');
  return unknown(name, 'not come to, because of what failed before', '');
}

/**
 * Whether the photo library is a library for this machine, by the first bytes of its file: nothing of it is run, so it
 * is said even where the reader isn't there.
 */
async function checkLibraryFile({ library }: PhotoDecoding): Promise<readonly Check[]> {
  if (library === null) return [];
  const name = `photo library ${basename(library.path)}`;
  const target = await targetOfFile(library.path);
  if (!target.ok) return [troubled(name, target.error)];
  const made = `${target.value.system} ${target.value.machines.join(', ')}`;
  if (library.helper !== null) return [ok(name, `made for ${made}; its helper program loads it`)];
  const unfit = mismatch(target.value, process);
  return [unfit ? troubled(name, unfit) : ok(name, `made for ${made}`)];
}
