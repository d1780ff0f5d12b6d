/** The part of the command line that is about several processes. */
export const busFlags = { bus: { type: 'string' } } as const;

export const busUsage = `  --bus URL         share names, calls and waiting messages with other servers over this Redis,
                    redis://[[USER]:PASSWORD@]HOST[:PORT] or rediss://… for TLS (RTC_BUS)
`;

/**
 * Reads it; an empty variable is as good as none.
 * @throws {Error} in words that do not repeat the URL, which may hold a password
 */
export function readBus(flag: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const url = flag ?? (env.RTC_BUS || undefined);
  if (url === undefined || (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol))) {
    return url;
  }
  throw new Error('The bus must be a URL of Redis: redis://HOST:PORT');
}
