// The bare page and its relay as a program, for a host of its own; the port is the argument.
import { servePage } from './page-server.js';
import { passOn } from './relay.js';

const { server } = await servePage('bare', Number(process.argv[2]), '0.0.0.0');
passOn(server);
console.log('ready');
