import { describe, expect, it } from 'vitest';
import { mayUse, type MediaRequest } from '../../../src/main/app/media-permission.ts';

const asked = (change: Partial<MediaRequest>): boolean =>
  mayUse({ permission: 'media', media: ['audio'], page: 'kiosk', microphoneWanted: true, ...change });

describe('what a page may use', () => {
  it('is the microphone on the kiosk page while somebody is to read aloud, and at no other time or place', () => {
    expect(asked({})).toBe(true);
    expect(asked({ microphoneWanted: false })).toBe(false);
    expect(asked({ page: 'admin' })).toBe(false);
    expect(asked({ page: null })).toBe(false);
    expect(asked({ media: ['audio', 'video'] })).toBe(false);
  });

  it('is the camera on the pages of the application', () => {
    expect(asked({ media: ['video'], microphoneWanted: false })).toBe(true);
    expect(asked({ media: ['video'], page: 'admin' })).toBe(true);
    expect(asked({ media: [], page: 'admin' })).toBe(true);
    expect(asked({ media: ['video'], page: null })).toBe(false);
  });

  it.each(['geolocation', 'notifications', 'display-capture', 'clipboard-read', 'midi', 'hid', 'serial', ''])(
    'is never %s',
    (permission) => expect(asked({ permission, media: [] })).toBe(false),
  );
});
