import type { Directory } from 'rtc-widgets/hub';

/** What a directory is asked, by hub or by the directory that fails over. */
export type DirectoryCommands = Omit<Directory, 'epoch' | 'degraded' | 'recovering' | 'onDue'>;
