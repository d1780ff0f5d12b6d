import type { FailoverDirectory, FailoverDirectoryOptions } from './failover-directory.js';

/**
 * Connects to what servers share. The Redis client is loaded only if a bus is configured.
 * @throws {Error} in words, without the URL's password, when Redis cannot be reached
 */
export async function connectBus(
  url: string,
  options: Omit<FailoverDirectoryOptions, 'url'>,
): Promise<FailoverDirectory> {
  const { FailoverDirectory } = await import('./failover-directory.js');
  try {
    return await FailoverDirectory.connect({ url, ...options });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // eslint-disable-next-line preserve-caught-error -- it may hold the URL
    throw new Error(`The bus at ${new URL(url).host} cannot be reached: ${code ?? message}`);
  }
}
