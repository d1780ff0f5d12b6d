// Measures what `npm install` brings: packages, and megabytes in node_modules. Each package is
// installed from its tarball into an empty folder, the server together with the kit it serves.
import { Installed } from '../test/helpers/packed.js';
import { report } from './lib/report.js';

const [kit, both] = [measure('.'), measure('.', 'server')];
const inWords = ({ packages, bytes }: ReturnType<typeof measure>) =>
  `${packages} packages, ${(bytes / 1e6).toFixed(1)} MB`;

report([
  {
    claim: 'What the kit brings, against the server with the kit',
    figure: `rtc-widgets ${inWords(kit)}`,
    control: `rtc-widgets-server ${inWords(both)}`,
    ratio: kit.bytes / both.bytes,
  },
]);

function measure(...packages: string[]) {
  const installed = new Installed(...packages);
  try {
    return { packages: installed.packages, bytes: installed.bytes };
  } finally {
    installed.remove();
  }
}
