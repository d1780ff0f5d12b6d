import { FaultProxy } from '../../test/helpers/fault-proxy.js';

/** Latency per direction of each connection, in ms; browser to browser takes twice as long. */
const latency = 50;

/** @returns a port that leads to another one, slowly */
export async function farAway(port: number): Promise<number> {
  return (await FaultProxy.start(() => port, latency)).port;
}
