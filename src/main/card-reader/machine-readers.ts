import { DEFAULT_CARD_READING } from '../../shared/domain/card-reading.ts';
import type { PhotoDecoding } from '../../shared/domain/photo-decoding.ts';
import type { DiagnosisFinding, ReaderDiagnosis } from '../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CardSource } from './card-source.ts';
import { cardSourceFor, type CardSourceOptions } from './card-sources.ts';
import { systemDetection, type SystemDetection } from './detection/system-detection.ts';
import { systemPorts } from './detection/system-ports.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { noPhotoDecoder } from './photo-decoder.ts';
import type { Timing } from './timing.ts';
import { probeServices } from './vendor-services/probe.ts';

/** The readers of this machine: found, examined and made sources of. */
export interface MachineReaders {
  readonly detection: SystemDetection;
  /**
   * Makes sources for a transport; those of `auto` remember together which reader was found. The simulated reader
   * belongs to its host: `request.invalid`.
   */
  sources(transport: ReaderTransport, options: Omit<CardSourceOptions, 'timing'>): Result<() => CardSource, Failure>;
  /** See `diagnose`; nothing else may hold the reader meanwhile. */
  diagnose(
    transport: ReaderTransport | null,
    decoding: PhotoDecoding,
    asked: DiagnosisRequest,
  ): Promise<ReaderDiagnosis>;
}

export interface DiagnosisRequest {
  /** Stands in for the simulated reader's source, where there is one. */
  readonly simulatedSource?: () => CardSource;
  /** Loads the library that decodes portraits and has it decode something; gives its name. */
  readonly checkDecoder: (decoding: PhotoDecoding) => Promise<Result<{ readonly name: string }, Failure>>;
  readonly onFinding?: (finding: DiagnosisFinding) => void;
}

const NOT_HERE = failure('request.invalid', 'transport: the simulated reader is the application’s own');

/**
 * Opens nothing until it is asked. Sources that only look for readers or examine one decode no portrait and leave the
 * line's speed alone.
 */
export function machineReaders(timing: Timing): MachineReaders {
  const lookingAround = {
    timing,
    photoDecoder: noPhotoDecoder,
    cardReading: DEFAULT_CARD_READING,
    raiseLineSpeed: false,
  };
  const createProbeSource = (transport: ReaderTransport): Result<CardSource, Failure> =>
    transport.kind === 'auto' || transport.kind === 'simulated'
      ? err(NOT_HERE)
      : ok(cardSourceFor(transport, lookingAround));
  const ports = systemPorts({ services: () => probeServices({ timing }) });
  const detection = systemDetection({ timing, ports, createProbeSource });
  return {
    detection,
    sources: (transport, options) => {
      const whole = { ...options, timing };
      if (transport.kind === 'simulated') return err(NOT_HERE);
      if (transport.kind !== 'auto') return ok(() => cardSourceFor(transport, whole));
      return ok(
        detection.autoSources((found) =>
          found.kind === 'auto' || found.kind === 'simulated' ? err(NOT_HERE) : ok(cardSourceFor(found, whole)),
        ),
      );
    },
    diagnose: (transport, decoding, { simulatedSource, checkDecoder, onFinding }) =>
      diagnose(transport, decoding, {
        candidates: () => detection.candidates(),
        resolve: (asked) => detection.resolve(asked),
        createSource: (asked) =>
          asked.kind === 'simulated' && simulatedSource ? ok(simulatedSource()) : createProbeSource(asked),
        checkDecoder,
        ...(onFinding ? { onFinding } : {}),
      }),
  };
}
