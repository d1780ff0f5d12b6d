// The kit's server as a program of its own. The argument is what differs from the defaults, as JSON.
import { createServer, type ServerOptions } from '../../server/index.js';
import { answerFor } from '../lib/under-test.js';

const options = JSON.parse(process.argv[2] ?? '{}') as ServerOptions;
const { port } = await createServer({ host: '127.0.0.1', port: 0, ...options });
answerFor(port);
