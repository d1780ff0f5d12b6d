// npm runs this after `npm install` and `npm ci` in a clone: git uses the hooks in scripts/hooks.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { root } from './lib/root.mjs';

if (existsSync(`${root}/.git`)) {
  // Without git there are no commits to check.
  spawnSync('git', ['config', 'core.hooksPath', 'scripts/hooks'], { cwd: root });
}
