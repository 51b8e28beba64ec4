import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Suites that paint thousands of screens take minutes and a whole core: each has others beside it, which mostly wait, and
 * none is left to a worker when all others have ended.
 */
class Woven extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/tests/integration/gallery/');
    const [long, others] = [sorted.filter(isLong), sorted.filter((file) => !isLong(file))];
    const between = Math.floor(others.length / (long.length + 1));
    return [...long.flatMap((file) => [file, ...others.splice(0, between)]), ...others];
  }
}

const shared = {
  environment: 'node',
  pool: 'forks' as const,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  env: { ORT_DISABLE_TELEMETRY: '1' },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: Woven },
    projects: [
      { test: { ...shared, name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      { test: { ...shared, name: 'integration', include: ['tests/integration/**/*.test.ts'] } },
    ],
  },
});
