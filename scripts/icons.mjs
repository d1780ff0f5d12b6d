// npm run icons: makes src/internal/icon-nodes.ts from lucide, so that the kit needs no package of
// icons where it is installed.
import { writeFileSync } from 'node:fs';
import { iconsFile, iconsModule } from './lib/icons-module.mjs';

writeFileSync(iconsFile, await iconsModule());
