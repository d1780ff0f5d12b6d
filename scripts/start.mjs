// npm start: installs and builds what is missing, then is the server. Flags go to the server.
import { buildIfStale } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

// Ctrl-C reaches this process from the terminal. Ending npm itself only ends the shell between the
// two, and this process would live on as nobody's child.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 200).unref();

ensureInstalled();
if (!(await buildIfStale())) process.exit(1);

// In this process, so that a signal reaches the server itself and nothing is left behind.
const server = '../server/dist/main.js';
await import(server);
