import { expect } from '@open-wc/testing';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { talk, twoElsewhere } from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';

const network = (navigator as Navigator & { connection?: EventTarget }).connection!;

/** Says that this device is in a network of that type, as browsers on phones do. */
function changeTo(type: string): void {
  Object.defineProperty(network, 'type', { value: type, configurable: true });
  network.dispatchEvent(new Event('change'));
}

const ufrag = ({ localDescription }: RTCPeerConnection) =>
  /^a=ice-ufrag:(.*)$/m.exec(localDescription!.sdp)![1];

before(gesture);

describe('a connection on a phone that goes from one network to another', () => {
  it('restarts ICE, and not where only the speed is another', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing, incoming] = await talk(alice, bob, 'voice');
    const { pc } = outgoing.peer!;
    const first = ufrag(pc);
    changeTo('cellular');
    await until(pc, () => ufrag(pc) !== first, 'signalingstatechange');
    await until(pc, () => pc.signalingState === 'stable', 'signalingstatechange');
    let negotiated = false;
    pc.addEventListener('negotiationneeded', () => (negotiated = true));
    network.dispatchEvent(new Event('change'));
    await outgoing.setMicrophone(false);
    await until(incoming, () => !incoming.state.remote.microphone);
    expect(negotiated).to.equal(false);
  });
});
