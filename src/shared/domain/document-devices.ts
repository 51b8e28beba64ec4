import { z } from 'zod';

const deviceText = z.string().max(200);

/** What documents are read with beside the card reader. */
export const documentDevicesSchema = z.strictObject({
  /** A camera that looks down at documents; null: the camera that looks at people. */
  camera: z.strictObject({ deviceId: deviceText.nullable(), label: deviceText.nullable() }).nullable(),
  /** A PC/SC reader by its name, or any that holds a document; null: chips of travel documents aren't read. */
  chipReader: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('any') }),
      z.strictObject({ kind: z.literal('named'), name: deviceText.min(1) }),
    ])
    .nullable(),
  /** A reader that a document's lower edge is drawn through; null: none. */
  zoneReader: z
    .discriminatedUnion('kind', [
      /** It types like a keyboard. */
      z.strictObject({ kind: z.literal('keyboard') }),
      z.strictObject({
        kind: z.literal('serial'),
        path: deviceText.min(1),
        baud: z.union([z.literal(9600), z.literal(19200), z.literal(38400), z.literal(57600), z.literal(115200)]),
      }),
    ])
    .nullable(),
  /** A folder of country signing certificates, or a master list; null: chips' signatures can't be checked. */
  certificates: z.string().min(1).max(1000).nullable(),
});
export type DocumentDevices = z.infer<typeof documentDevicesSchema>;

export const DEFAULT_DOCUMENT_DEVICES: DocumentDevices = {
  camera: null,
  chipReader: null,
  zoneReader: null,
  certificates: null,
};
