import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseDevice, isSameDevice, matchesIdentity } from '../../../src/main/card-reader/detection/identity.ts';
import {
  KNOWN_READERS,
  SERIAL_BRIDGES,
  knownReader,
  usbIdText,
} from '../../../src/main/card-reader/detection/known-devices.ts';
import { deviceIdentitySchema, type DeviceIdentity } from '../../../src/shared/domain/reader-transport.ts';
import { failure } from '../../../src/shared/reasons.ts';

const device = (serialNumber: string | null, place: string | null, productId = 'c35a'): DeviceIdentity => {
  return { vendorId: '0400', productId, serialNumber, place };
};
const choose = (wanted: DeviceIdentity, ...present: readonly DeviceIdentity[]) => {
  const chosen = chooseDevice(
    wanted,
    present.map((identity) => ({ identity })),
  );
  return chosen.ok ? chosen.value.identity : chosen.error.code;
};

describe('a chosen device', () => {
  test('is followed by its serial number to any socket', () => {
    expect(matchesIdentity(device('A', 'usb 1-4'), device('A', 'usb 1-2'))).toBe(true);
    expect(matchesIdentity(device('B', 'usb 1-2'), device('A', 'usb 1-2'))).toBe(false);
    expect(matchesIdentity(device(null, 'usb 1-2'), device('A', 'usb 1-2'))).toBe(false);
  });

  test('without one is told by its socket', () => {
    expect(matchesIdentity(device(null, 'usb 1-2'), device(null, 'usb 1-2'))).toBe(true);
    expect(matchesIdentity(device(null, 'usb 1-4'), device(null, 'usb 1-2'))).toBe(false);
    expect(matchesIdentity(device('A', 'usb 1-2'), device(null, 'usb 1-2'))).toBe(false);
    expect(matchesIdentity(device('A', 'usb 1-2'), device(null, null))).toBe(true);
  });

  test('is found among others, or it is said what is there instead', () => {
    const wanted = device('A', 'usb 1-2');
    expect(choose(wanted, device('B', 'usb 1-3'), device('A', 'usb 1-4'))).toEqual(device('A', 'usb 1-4'));
    expect(choose(wanted)).toBe('reader.missing');
    expect(choose(wanted, device('B', 'usb 1-3', '0001'))).toBe('reader.missing');
    expect(choose(wanted, device('B', 'usb 1-3'))).toBe('reader.other-device');
    expect(choose(wanted, device(null, 'usb 1-2', '0001'))).toBe('reader.other-device');
  });

  test('two without serial numbers are told apart, and neither is taken for the other', () => {
    const pair = [device(null, 'usb 1-2'), device(null, 'usb 1-3')];
    for (const one of pair) expect(choose(one, ...pair)).toEqual(one);
    expect(choose(device(null, 'usb 1-5'), ...pair)).toBe('reader.other-device');
    expect(choose(device(null, null), ...pair)).toBe('reader.several');
    expect(choose(device(null, null), pair[0]!)).toEqual(pair[0]);
  });

  test('makes that give every reader the same serial number are told apart by socket', () => {
    const pair = [device('0001', 'usb 1-2'), device('0001', 'usb 1-3')];
    expect(choose(device('0001', 'usb 1-3'), ...pair)).toEqual(pair[1]);
    expect(choose(device('0001', 'usb 1-9'), ...pair)).toBe('reader.several');
  });

  test('one whose serial number can not be read is not said to be another', () => {
    const unreadable = failure('reader.not-permitted');
    const present = [{ identity: device(null, 'usb 1-2'), unreadable }];
    expect(chooseDevice(device('A', 'usb 1-2'), present)).toEqual({ ok: false, error: unreadable });
  });

  test('what is chosen always matches, and nothing is chosen that matches less well than another', () => {
    const identity = fc.record({
      vendorId: fc.constant('0400'),
      productId: fc.constantFrom('c35a', '2721'),
      serialNumber: fc.constantFrom(null, 'A', 'B'),
      place: fc.constantFrom(null, 'usb 1-2', 'usb 1-3'),
    });
    fc.assert(
      fc.property(identity, fc.array(identity, { maxLength: 5 }), (wanted, present) => {
        const chosen = choose(wanted, ...present);
        const matching = present.filter((one) => matchesIdentity(one, wanted));
        if (typeof chosen === 'object') {
          expect(matching).toContainEqual(chosen);
          if (matching.length > 1) expect(chosen.place).toBe(wanted.place);
        } else expect(matching.length === 0 || chosen === 'reader.several').toBe(true);
      }),
    );
  });
});

test('a device seen in two ways is one', () => {
  expect(isSameDevice(device(null, 'usb 1-2.3'), device(null, 'usb 1-2.3:1.0'))).toBe(true);
  expect(isSameDevice(device(null, 'usb 1-2'), device(null, 'usb 1-2.3:1.0'))).toBe(false);
  expect(isSameDevice(device('A', 'usb 1-2'), device('A', 'usb 1-4'))).toBe(true);
  expect(isSameDevice(device(null, null), device(null, null))).toBe(false);
});

test('the tables hold ids as identities do, each once', () => {
  const all = [...KNOWN_READERS, ...SERIAL_BRIDGES];
  for (const { vendorId, productId } of all) {
    const identity = { vendorId, productId, serialNumber: null, place: null };
    expect(deviceIdentitySchema.parse(identity)).toEqual(identity);
  }
  expect(new Set(all.map(({ vendorId, productId }) => `${vendorId}:${productId}`)).size).toBe(all.length);
  expect(knownReader({ vendorId: usbIdText(0x400), productId: usbIdText(0xc35a) })).toBe(KNOWN_READERS[0]);
});
