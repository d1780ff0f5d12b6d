// npm run build: dist/ from src/ and server/.
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

ensureInstalled();
process.exitCode = (await build()) ? 0 : 1;
