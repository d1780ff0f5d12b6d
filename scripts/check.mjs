// npm run check: types, lint, format, the import directions of the house, unused code.
import { runChecks } from './lib/checks.mjs';
import { ensureInstalled } from './lib/install.mjs';

ensureInstalled();
const { failed } = await runChecks();
process.exitCode = failed === 0 ? 0 : 1;
