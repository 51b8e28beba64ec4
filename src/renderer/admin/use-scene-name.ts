import { useAnswer } from './answers.ts';

/** What a scene is called; one that is there no longer, or not known yet, goes by its id. */
export function useSceneName(): (sceneId: string) => string {
  const book = useAnswer('admin:scenes', null).value;
  return (sceneId) => book?.scenes.find(({ scene }) => scene.id === sceneId)?.scene.name ?? sceneId;
}
