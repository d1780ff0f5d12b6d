import { expect } from '@open-wc/testing';
import '../../../test/helpers/browser/quiet-console.js';
import { next, until } from '../../../test/helpers/browser/until.js';
import { Wire } from '../../../test/helpers/browser/wire.js';
import { syntheticMedia } from '../media/synthetic-media.js';
import { Negotiation, type NegotiationMessage } from './negotiation.js';

interface End {
  pc: RTCPeerConnection;
  negotiation: Negotiation;
  wire: Wire<NegotiationMessage>;
  faults: unknown[];
}

let ends: End[] = [];
const tracks: MediaStreamTrack[] = [];
afterEach(() => {
  for (const { pc } of ends) pc.close();
  for (const track of tracks.splice(0)) track.stop();
  ends = [];
});

/** Two connections that negotiate with each other; the first offers, and is polite. */
function pair(): [End, End] {
  const make = (polite: boolean): End => {
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    pc.createDataChannel('control', { negotiated: true, id: 0 });
    const faults: unknown[] = [];
    const wire = new Wire<NegotiationMessage>((message) => {
      void ends.find((end) => end.pc !== pc)!.negotiation.receive(message);
    });
    const negotiation = new Negotiation(pc, polite, {
      send: (message) => wire.send(message),
      prepare: () => {},
      fault: (error) => faults.push(error),
    });
    return { pc, negotiation, wire, faults };
  };
  const both: [End, End] = [make(true), make(false)];
  ends.push(...both);
  return both;
}

/** The first exchange, as ring and accept carry it. */
async function connect(caller: End, callee: End): Promise<void> {
  const offer = await caller.negotiation.offer();
  const answer = await callee.negotiation.answer(offer);
  callee.negotiation.establish();
  await caller.negotiation.accepted(answer);
  await Promise.all([up(caller), up(callee)]);
}

const up = ({ pc }: End) =>
  until(pc, () => pc.connectionState === 'connected', 'connectionstatechange');

/** Waits until nothing is left to negotiate at either end. */
const stable = (all: End[], transceivers: number) =>
  Promise.all(
    all.map(({ pc }) =>
      until(
        pc,
        () =>
          pc.signalingState === 'stable' &&
          pc.getTransceivers().filter(({ mid }) => mid !== null).length === transceivers,
        'signalingstatechange',
      ),
    ),
  );

async function picture(): Promise<MediaStreamTrack> {
  const [track] = (await syntheticMedia()({ video: true })).getTracks();
  tracks.push(track!);
  return track!;
}

/** Waits until more of the partner's picture is shown than by now. */
async function comes({ pc }: End): Promise<void> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([pc.getReceivers()[0]!.track]);
  video.autoplay = true;
  document.body.append(video);
  for (let frames = 0; frames < 10; frames++) {
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  }
  video.remove();
}

const candidates = ({ wire }: End) => wire.sent.filter(({ type }) => type === 'candidate');

describe('the first exchange', () => {
  it('gathers nothing at the caller and names no address before the callee accepts', async () => {
    const [caller] = pair();
    const gathering: Event[] = [];
    caller.pc.addEventListener('icegatheringstatechange', (event) => gathering.push(event));
    caller.pc.addEventListener('icecandidate', (event) => gathering.push(event));
    caller.pc.addTransceiver('audio');
    const { type, sdp } = await caller.negotiation.offer();
    // Long enough for a connection that does gather to have done so.
    const other = new RTCPeerConnection();
    other.createDataChannel('probe');
    await other.setLocalDescription();
    await until(other, () => other.iceGatheringState === 'complete', 'icegatheringstatechange');
    other.close();

    expect(type).to.equal('offer');
    expect(sdp).not.to.contain('a=candidate');
    const addresses = [...sdp.matchAll(/IN IP[46] (\S+)/g)].map(([, address]) => address);
    expect([...new Set(addresses)].sort()).to.deep.equal(['0.0.0.0', '127.0.0.1']);
    expect(caller.pc.iceGatheringState).to.equal('new');
    expect(caller.pc.localDescription).to.equal(null);
    expect(gathering).to.deep.equal([]);
  });

  it('connects', async () => {
    const [caller, callee] = pair();
    await connect(caller, callee);
    expect([...caller.faults, ...callee.faults]).to.deep.equal([]);
  });

  it('tells the caller of no candidate before the callee has established the call', async () => {
    const [caller, callee] = pair();
    const answer = await callee.negotiation.answer(await caller.negotiation.offer());
    await until(
      callee.pc,
      () => callee.pc.iceGatheringState === 'complete',
      'icegatheringstatechange',
    );
    expect(callee.wire.sent).to.deep.equal([]);
    callee.negotiation.establish();
    expect(candidates(callee)).not.to.be.empty;
    await caller.negotiation.accepted(answer);
    await up(caller);
  });

  it('keeps candidates that come before the description they belong to', async () => {
    const [caller, callee] = pair();
    const answer = await callee.negotiation.answer(await caller.negotiation.offer());
    callee.negotiation.establish();
    const { pc } = callee;
    await until(pc, () => pc.iceGatheringState === 'complete', 'icegatheringstatechange');
    for (const message of callee.wire.sent) await caller.negotiation.receive(message);
    expect(caller.pc.remoteDescription).to.equal(null);
    // From here on nothing but what was kept can connect the two.
    caller.wire.hold();
    callee.wire.hold();
    await caller.negotiation.accepted(answer);
    await up(caller);
    expect(caller.faults).to.deep.equal([]);
  });

  it('takes null and the empty candidate as the end of candidates', async () => {
    const [caller, callee] = pair();
    await connect(caller, callee);
    await caller.negotiation.receive({ type: 'candidate', candidate: null });
    await caller.negotiation.receive({ type: 'candidate', candidate: { candidate: '' } });
    expect(caller.faults).to.deep.equal([]);
  });
});

describe('every later exchange', () => {
  it('follows a change at either side', async () => {
    const both = pair();
    await connect(...both);
    both[0].pc.addTransceiver('audio');
    await stable(both, 1);
    both[1].pc.addTransceiver('video');
    await stable(both, 2);
    expect(both.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('settles glare: both add a transceiver at once', async () => {
    const both = pair();
    await connect(...both);
    for (const { pc, wire } of both) {
      wire.hold();
      pc.addTransceiver('video');
    }
    // Both have made an offer before either hears of the other's.
    await Promise.all(
      both.map(({ pc }) =>
        until(pc, () => pc.signalingState === 'have-local-offer', 'signalingstatechange'),
      ),
    );
    for (const { wire } of both) wire.release();
    await stable(both, 2);
    expect(both.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('settles it time and again', async () => {
    const both = pair();
    await connect(...both);
    for (let count = 1; count <= 5; count++) {
      for (const { pc, wire } of both) {
        wire.hold();
        pc.addTransceiver('audio');
      }
      await Promise.all(both.map(({ pc }) => next(pc, 'signalingstatechange')));
      for (const { wire } of both) wire.release();
      await stable(both, 2 * count);
    }
    expect(both.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('restarts ICE on both sides at once', async () => {
    const both = pair();
    await connect(...both);
    for (const { pc, wire } of both) {
      wire.hold();
      pc.restartIce();
    }
    await Promise.all(both.map(({ pc }) => next(pc, 'signalingstatechange')));
    for (const { wire } of both) wire.release();
    await stable(both, 0);
    await Promise.all(both.map(up));
    expect(both.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('keeps the pictures of both coming through glare', async () => {
    const both = pair();
    for (const { pc } of both) pc.addTrack(await picture());
    await connect(...both);
    await Promise.all(both.map(comes));
    for (const change of ['restartIce', 'addTransceiver'] as const) {
      for (const { pc, wire } of both) {
        wire.hold();
        if (change === 'restartIce') pc.restartIce();
        else pc.addTransceiver('audio');
      }
      await Promise.all(both.map(({ pc }) => next(pc, 'signalingstatechange')));
      for (const { wire } of both) wire.release();
      await stable(both, change === 'restartIce' ? 1 : 3);
      // A receiver whose description was rolled back may decode what it no longer shows.
      await Promise.all(both.map(comes));
    }
    expect(both.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('passes over the candidates of an offer that it ignores, and no others', async () => {
    const both = pair();
    const [caller, callee] = both;
    await connect(caller, callee);
    const stray = { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '9' };
    for (const { pc, wire } of both) {
      wire.hold();
      pc.addTransceiver('video');
    }
    const [offer] = await Promise.all(
      both.map(({ wire }) => until(wire, () => wire.sent.findLast(({ type }) => type === 'offer'))),
    );
    await callee.negotiation.receive(offer!);
    await callee.negotiation.receive({ type: 'candidate', candidate: stray });
    expect(callee.faults).to.deep.equal([]);
    await caller.negotiation.receive({ type: 'candidate', candidate: stray });
    expect(caller.faults).to.have.length(1);
  });

  it('reports a description that makes no sense', async () => {
    const [caller, callee] = pair();
    await connect(caller, callee);
    await caller.negotiation.receive({
      type: 'answer',
      answer: { type: 'answer', sdp: 'nonsense' },
    });
    expect(caller.faults).to.have.length(1);
    caller.pc.addTransceiver('audio');
    await stable([caller, callee], 1);
  });

  it('reports no error after the connection was closed', async () => {
    const [caller, callee] = pair();
    await connect(caller, callee);
    caller.pc.close();
    await caller.negotiation.receive({ type: 'candidate', candidate: { candidate: 'late' } });
    await caller.negotiation.receive({ type: 'offer', offer: { type: 'offer', sdp: '' } });
    expect(caller.faults).to.deep.equal([]);
  });
});
