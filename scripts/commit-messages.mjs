// Checks commit messages: `node scripts/commit-messages.mjs --file FILE` one that is being written
// (scripts/hooks/commit-msg does that), `node scripts/commit-messages.mjs RANGE` those of a range,
// `origin/main..HEAD` say.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { faultOf } from './lib/commit-message.mjs';

const [flag, file] = process.argv.slice(2);
if (!flag || (flag === '--file' && !file)) {
  console.error('Usage: node scripts/commit-messages.mjs --file FILE | RANGE');
  process.exit(2);
}
const messages =
  flag === '--file' ? [readFileSync(String(file), 'utf8')] : messagesOf(String(flag));
const faults = messages.flatMap((message) => {
  const fault = faultOf(message);
  return fault ? [`${message.split('\n', 1)[0]}\n  ${fault}`] : [];
});
if (faults.length > 0) {
  console.error(`${faults.join('\n')}\nSee "Commits" in CONTRIBUTING.md.`);
  process.exitCode = 1;
}

/**
 * The messages of a range of commits, without those of merges.
 *
 * @param {string} range
 */
function messagesOf(range) {
  const log = execFileSync('git', ['log', '--no-merges', '--format=%B%x00', range], {
    encoding: 'utf8',
  });
  return log.split('\0').flatMap((message) => message.trim() || []);
}
