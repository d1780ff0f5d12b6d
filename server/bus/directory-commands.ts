import type { Directory } from 'rtc-widgets/hub';

/** The commands of a directory, for Redis and for this process alone. */
export type DirectoryCommands = Omit<Directory, 'epoch' | 'degraded' | 'recovering' | 'onDue'>;
