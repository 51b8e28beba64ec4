import { z } from 'zod';

/** How the card reader is reached. `simulated` is refused unless the application was started for demonstration. */
export const readerTransportSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('serial'),
    /** `COM3`, `/dev/ttyUSB0`; pseudo-terminals too. */
    path: z.string().min(1),
    baud: z.union([z.literal(115_200), z.literal(57_600), z.literal(38_400), z.literal(19_200), z.literal(9600)]),
  }),
  z.object({ kind: z.literal('tcp'), host: z.string().min(1), port: z.int().min(1).max(65_535) }),
  z.object({ kind: z.literal('simulated') }),
]);
export type ReaderTransport = z.infer<typeof readerTransportSchema>;
