export interface CameraDevice {
  readonly deviceId: string;
  /** Empty until the window may use cameras. */
  readonly label: string;
}
