import type * as Runtime from 'onnxruntime-node';

/**
 * Loads onnxruntime with its telemetry off. Since 1.29 its builds for Linux and macOS report sessions and models to
 * their maker unless `ORT_DISABLE_TELEMETRY` is set before the library is loaded; no kiosk may call anybody. Hence
 * the late import: a static one would be evaluated first.
 */
export async function loadRuntime(): Promise<typeof Runtime> {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  return import('onnxruntime-node');
}
