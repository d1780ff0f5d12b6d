import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * Runs a Node program from the repository's root and shows its output.
 *
 * @param {string[]} args what follows `node`
 * @param {Record<string, string>} [env] added to this process's own
 * @returns {Promise<number>} its exit code; 1 if a signal ended it
 */
export function runNode(args, env = {}) {
  return run(process.execPath, args, { stdio: 'inherit', env }).then(({ code }) => code);
}

/**
 * Runs a Node program from the repository's root and keeps its output.
 *
 * @param {string[]} args what follows `node`
 * @param {Record<string, string>} [env] added to this process's own
 * @returns {Promise<{ code: number, output: string }>}
 */
export function captureNode(args, env = {}) {
  return run(process.execPath, args, {
    stdio: 'pipe',
    env: { FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...env },
  });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ stdio: 'inherit' | 'pipe', env?: Record<string, string> }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(command, args, { stdio, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      // No standard input: nothing that these scripts run may stop to ask.
      stdio: ['ignore', stdio, stdio],
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
