import { expect } from '@open-wc/testing';
import { Devices } from '../../../test/helpers/browser/devices.js';
import '../../../test/helpers/browser/quiet-console.js';
import { until } from '../../../test/helpers/browser/until.js';
import { systemClock } from '../../time/clock.js';
import type { LeaseMessage } from './control-message.js';
import type { NegotiationMessage } from './negotiation.js';
import { PeerTransport } from './peer-transport.js';
import type { CarriedSlots, Slot } from './slots.js';

/** An end and the changes it has announced; `news` fires `change` with each of them. */
interface End {
  transport: PeerTransport;
  signalled: NegotiationMessage[];
  heard: LeaseMessage[];
  channels: RTCDataChannel[];
  faults: unknown[];
  news: EventTarget;
}

let ends: End[] = [];
afterEach(() => {
  for (const { transport } of ends) transport.close();
  ends = [];
});

function pair(basic = false): [End, End] {
  const make = (initiator: boolean): End => {
    const news = new EventTarget();
    const tell = () => news.dispatchEvent(new Event('change'));
    const signalled: NegotiationMessage[] = [];
    const transport: PeerTransport = new PeerTransport(
      { name: 'Bob', initiator, basic },
      {
        clock: systemClock,
        configuration: () => ({ bundlePolicy: 'max-bundle' }),
        signedIn: () => true,
        signal: (message) => {
          signalled.push(message);
          const other = ends.find((each) => each.transport !== transport)!;
          setTimeout(() => void deliver(message, transport, other.transport));
        },
      },
    );
    const end: End = { transport, signalled, heard: [], channels: [], faults: [], news };
    transport.addEventListener('change', tell);
    transport.addEventListener('control', ({ message }) => end.heard.push(message) && tell());
    transport.addEventListener('channel', ({ channel }) => end.channels.push(channel) && tell());
    transport.addEventListener('error', ({ error }) => end.faults.push(error));
    return end;
  };
  const both: [End, End] = [make(true), make(false)];
  ends.push(...both);
  return both;
}

/** Hands a message to the other transport, as the calls do when it comes through the server. */
async function deliver(message: NegotiationMessage, from: PeerTransport, to: PeerTransport) {
  if (message.type !== 'offer' || !message.fresh) return to.receive(message);
  const answer = await to.answerAnew(message.offer);
  from.receive({ type: 'answer', answer: answer! });
  to.establish();
}

/** Both send and show these slots. */
const both = (...slots: Slot[]): CarriedSlots => ({ sends: slots, takes: slots });

async function connect([caller, callee]: [End, End], ...slots: Slot[]): Promise<void> {
  caller.transport.carry('call', both(...slots), true);
  callee.transport.carry('call', both(...slots), false);
  const answer = await callee.transport.answer(await caller.transport.offer());
  callee.transport.establish();
  await caller.transport.accepted(answer);
  await Promise.all([up(caller), up(callee)]);
}

const up = ({ transport, news }: End) =>
  until(news, () => transport.state.connection === 'connected');

/** Waits until something said directly arrives. */
async function controlOpens(both: [End, End]): Promise<void> {
  for (const [from, to] of [both, both.toReversed()] as [End, End][]) {
    await until(from.news, () => from.transport.say({ type: 'received', count: 0 }));
    await until(to.news, () => to.heard.some(({ type }) => type === 'received'));
    to.heard.length = 0;
  }
}

/** The kinds of the tracks that arrive in the stream of a slot. */
const arriving = ({ transport }: End, slot: Slot) =>
  transport.state.streams[slot]?.getTracks().map(({ kind }) => kind);

const directions = ({ transport }: End) =>
  transport.pc.getTransceivers().map((each) => [each.receiver.track.kind, each.currentDirection]);

describe('a transport', () => {
  it('carries sound, picture and data channels on one transport from the first offer', async () => {
    const two = pair();
    await connect(two, 'microphone', 'camera');
    for (const end of two) {
      expect(directions(end)).to.deep.equal([
        ['audio', 'sendrecv'],
        ['video', 'sendrecv'],
      ]);
      const { pc } = end.transport;
      const transports = new Set(pc.getTransceivers().map(({ receiver }) => receiver.transport));
      expect([...transports]).to.deep.equal([pc.sctp!.transport]);
    }
    await controlOpens(two);
  });

  it('has nothing to say before the control channel is open', () => {
    const [{ transport }] = pair();
    expect(transport.say({ type: 'received', count: 1 })).to.equal(false);
  });

  it('puts a track on air, takes it off and changes it without a new negotiation', async () => {
    const two = pair();
    const [caller, callee] = two;
    await connect(two, 'microphone', 'camera');
    await controlOpens(two);
    const before = caller.signalled.length;
    const descriptions: string[] = [];
    callee.transport.pc.addEventListener('signalingstatechange', ({ type }) => {
      descriptions.push(type);
    });
    const media = new Devices();
    const video = async () => (await media.getUserMedia({ video: true })).getVideoTracks()[0]!;
    const [, transceiver] = callee.transport.pc.getTransceivers();
    const { track } = transceiver!.receiver;
    const { pc } = caller.transport;
    const sent = async () => {
      // Waits its turn behind whatever is being replaced.
      await pc.createOffer();
      return pc.getSenders().map((sender) => sender.track);
    };
    const first = await video();
    caller.transport.setTracks({ camera: first });
    await until(track, () => !track.muted, 'unmute');
    caller.transport.setTracks({ camera: null });
    expect(await sent()).to.deep.equal([null, null]);
    const second = await video();
    caller.transport.setTracks({ camera: second });
    expect(await sent()).to.deep.equal([null, second]);
    expect(caller.signalled.slice(before).filter(({ type }) => type === 'offer')).to.deep.equal([]);
    expect(descriptions).to.deep.equal([]);
    first.stop();
    second.stop();
  });

  it('gives the receiving side a stream with both microphone and camera', async () => {
    const two = pair();
    await connect(two, 'microphone', 'camera');
    for (const end of two) {
      const { streams } = end.transport.state;
      expect(arriving(end, 'microphone')).to.deep.equal(['audio', 'video']);
      expect(streams).to.deep.equal({ microphone: streams.camera, camera: streams.camera });
    }
  });

  it('keeps sound and picture together in one stream for the partner', async () => {
    const two = pair();
    await connect(two, 'microphone', 'camera');
    for (const { transport } of two) {
      const ids = [...transport.pc.remoteDescription!.sdp.matchAll(/^a=msid:(\S+)/gm)].map(
        ([, id]) => id,
      );
      expect(ids).to.have.length(2);
      expect(new Set(ids).size).to.equal(1);
    }
  });

  it('adds media to a connection that began with text, and takes them off again', async () => {
    const two = pair();
    const [caller, callee] = two;
    await connect(two);
    await controlOpens(two);
    callee.transport.carry('call', both('microphone'), false);
    caller.transport.carry('call', both('microphone'), true);
    const carries = (end: End, direction: string) => {
      const { pc } = end.transport;
      const is = () => pc.signalingState === 'stable' && directions(end)[0]?.[1] === direction;
      return until(pc, is, 'signalingstatechange');
    };
    await Promise.all(two.map((end) => carries(end, 'sendrecv')));
    expect(arriving(callee, 'microphone')).to.deep.equal(['audio']);
    for (const { transport } of two) transport.drop('call');
    await Promise.all(two.map((end) => carries(end, 'inactive')));
    expect(callee.transport.state.streams).to.deep.equal({});
    expect(two.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('begins anew with another RTCPeerConnection, which carries the same', async () => {
    const two = pair();
    const [caller, callee] = two;
    await connect(two, 'microphone', 'camera');
    await controlOpens(two);
    const stream = await new Devices().getUserMedia({ video: true });
    caller.transport.setTracks({ camera: stream.getVideoTracks()[0]! });
    const before = two.map(({ transport }) => transport.pc);

    await caller.transport.offerAnew();
    for (const end of two) {
      await up(end);
      expect(arriving(end, 'microphone')).to.deep.equal(['audio', 'video']);
    }
    expect(before.map(({ signalingState }) => signalingState)).to.deep.equal(['closed', 'closed']);
    const [video] = callee.transport.state.streams.camera!.getVideoTracks();
    await until(video!, () => !video!.muted, 'unmute');
    await controlOpens(two);
    await until(callee.news, () => callee.channels[1]?.readyState === 'open');
    expect(two.flatMap(({ faults }) => faults)).to.deep.equal([]);
    for (const track of stream.getTracks()) track.stop();
  });

  it('negotiates over the control channel once that is open', async () => {
    const two = pair();
    await connect(two);
    await controlOpens(two);
    const before = two.map(({ signalled }) => signalled.length);
    two[0].transport.carry('call', both('microphone'), true);
    const { pc } = two[0].transport;
    const negotiated = () => pc.signalingState === 'stable' && pc.getTransceivers()[0]?.mid;
    await until(pc, negotiated, 'signalingstatechange');
    expect(two.map(({ signalled }) => signalled.length)).to.deep.equal(before);
  });

  it('ignores a message that is no control message', async () => {
    const two = pair();
    const [caller, callee] = two;
    await connect(two);
    await controlOpens(two);
    const say = caller.transport.say.bind(caller.transport) as (message: unknown) => boolean;
    say('words');
    say({ type: 'media', microphone: 'yes' });
    say({ type: 'unheard of' });
    say({ type: 'received', count: 7 });
    await until(callee.news, () => callee.heard.length > 0);
    expect(callee.heard).to.deep.equal([{ type: 'received', count: 7 }]);
  });

  it('has no control channel with a basic client', async () => {
    const two = pair(true);
    await connect(two, 'microphone');
    await until(two[1].news, () => two[1].channels[0]?.readyState === 'open');
    expect(two[0].transport.say({ type: 'received', count: 1 })).to.equal(false);
  });
});

describe('the slots of a transport', () => {
  const person = ['microphone', 'camera'] as const;
  const all = [...person, 'screen', 'screen-audio'] as const;

  /** Two in a video call, each of whom shows the screen of the other. */
  async function inCall(): Promise<[End, End]> {
    const two = pair();
    await connect(two, ...person);
    await controlOpens(two);
    for (const { transport } of two) {
      transport.carry('call', { sends: person, takes: all }, false);
    }
    return two;
  }

  const share = ({ transport }: End) =>
    transport.carry('call', { sends: [...person, 'screen'], takes: all }, true);

  const screenOf = ({ transport }: End) => transport.state.streams.screen?.getVideoTracks()[0];

  async function picture(): Promise<MediaStreamTrack> {
    const stream = await new Devices().getUserMedia({ video: true });
    return stream.getVideoTracks()[0]!;
  }

  /** Waits until what one end sends on a slot comes out of that slot at the other. */
  async function shows(from: End, to: End, slot: 'camera' | 'screen'): Promise<void> {
    const track = await picture();
    from.transport.setTracks({ [slot]: track });
    const { pc } = from.transport;
    const sends = () => pc.getTransceivers().find(({ sender }) => sender.track === track);
    const arrives = () => {
      const mid = sends()?.mid;
      const received = to.transport.pc.getTransceivers().find((each) => mid && each.mid === mid);
      const tracks = to.transport.state.streams[slot]?.getVideoTracks() ?? [];
      return received && tracks.includes(received.receiver.track) && !received.receiver.track.muted;
    };
    // Until glare is settled the mid, and so the track, may be another. Nothing tells of the change.
    while (!arrives()) await new Promise(requestAnimationFrame);
    from.transport.setTracks({ [slot]: null });
    track.stop();
  }

  it('tell a screen from a camera, whichever side shares it', async () => {
    const [caller, callee] = await inCall();
    share(callee);
    await shows(callee, caller, 'screen');
    await shows(callee, caller, 'camera');
    await shows(caller, callee, 'camera');
    expect(screenOf(callee)).to.equal(undefined);
    share(caller);
    await shows(caller, callee, 'screen');
    expect(caller.transport.pc.getTransceivers()).to.have.length(3);
  });

  it('tell them apart when both sides begin to share at once', async () => {
    const two = await inCall();
    for (const end of two) share(end);
    await Promise.all([shows(two[0], two[1], 'screen'), shows(two[1], two[0], 'screen')]);
    await Promise.all([shows(two[0], two[1], 'camera'), shows(two[1], two[0], 'camera')]);
    expect(two.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('show a screen no longer when it is no longer shared', async () => {
    const [caller, callee] = await inCall();
    share(callee);
    await until(caller.news, () => screenOf(caller));
    callee.transport.carry('call', { sends: person, takes: all }, false);
    await until(caller.news, () => !screenOf(caller));
    expect(arriving(caller, 'camera')).to.deep.equal(['audio', 'video']);
  });

  it('are by kind at a partner that never says them, as version 0.1', async () => {
    const two = pair();
    for (const { transport } of two) {
      const say = transport.say.bind(transport);
      transport.say = (message) => message.type !== 'slots' && say(message);
    }
    await connect(two, ...person);
    await controlOpens(two);
    await shows(two[0], two[1], 'camera');
    await shows(two[1], two[0], 'camera');
    for (const end of two) expect(arriving(end, 'microphone')).to.deep.equal(['audio', 'video']);
  });

  it('end a transport whose partner says others on and on', async () => {
    const [caller, callee] = await inCall();
    for (let count = 0; count < 100; count++) {
      const slot = count % 2 ? 'camera' : 'screen';
      caller.transport.say({ type: 'slots', slots: [{ mid: '1', slot }] });
    }
    await until(callee.transport, () => callee.faults.length > 0, 'error');
    expect(callee.faults).to.have.length(1);
    expect(callee.faults[0]).to.include({ code: 'partner-floods' });
  });
});
