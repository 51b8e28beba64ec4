/** The part that is used; the package has types that its `exports` don't lead to. */
declare module '@serialport/binding-mock' {
  export interface MockPortBinding {
    readonly isOpen: boolean;
    emitData(data: Buffer): void;
    read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }>;
    write(bytes: Buffer): Promise<void>;
    update(options: { readonly baudRate: number }): Promise<void>;
    close(): Promise<void>;
  }

  export const MockBinding: {
    createPort(
      path: string,
      options: { readonly vendorId: string; readonly productId: string; readonly maxReadSize: number },
    ): void;
    list(): Promise<unknown>;
    open(options: { readonly path: string; readonly baudRate: number }): Promise<MockPortBinding>;
  };
}
