// Checks the dependency direction of src/ and fails when a rule is broken or nothing was checked.
import { cruiseSources } from './steps/layers.ts';

const { modules, violations } = await cruiseSources(['src']);
for (const violation of violations) console.error(`${violation.rule}: ${violation.from} → ${violation.to}`);
if (modules < 50) {
  console.error(`Only ${modules} modules were checked: the checker does not see the sources.`);
  process.exit(1);
}
if (violations.length > 0) process.exit(1);
console.log(`${modules} modules keep the layers.`);
