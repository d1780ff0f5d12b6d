import { FaultProxy } from '../../test/helpers/fault-proxy.js';

/** Of each way of each connection, so that a message takes twice that to the other browser; ms. */
const latency = 50;

/** @returns a port that leads to another one, slowly */
export async function farAway(port: number): Promise<number> {
  return (await FaultProxy.start(() => port, latency)).port;
}
