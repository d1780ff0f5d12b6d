/** The functions that tests call in a page. Bundled and run there before the page's own scripts. */
import {
  connectionCounts,
  connectionReport,
  gatherOnce,
  openConnections,
  path,
  received,
  watchConnections,
} from './connections.js';
import {
  capturing,
  installDevices,
  light,
  otherSource,
  plugIn,
  refuseDevices,
  unplug,
  type Devices,
} from './devices.js';
import { hearEvents, heard } from './events.js';
import { find, focused, offered, shows, transcript } from './find.js';
import { picture, picturesShown, videoOf } from './picture.js';
import { sound } from './sound.js';

const tools = {
  begin(devices: Devices): void {
    installDevices(devices);
    watchConnections();
    hearEvents();
  },
  find,
  focused,
  offered,
  shows,
  transcript,
  picture,
  picturesShown,
  videoOf,
  sound,
  light,
  capturing,
  refuseDevices,
  otherSource,
  plugIn,
  unplug,
  heard,
  connectionCounts,
  connectionReport,
  gatherOnce,
  openConnections,
  path,
  received,
};

declare global {
  var inPage: typeof tools;
}
globalThis.inPage = tools;
