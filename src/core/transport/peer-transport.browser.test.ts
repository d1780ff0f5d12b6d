import { expect } from '@open-wc/testing';
import { Devices } from '../../../test/helpers/browser/devices.js';
import '../../../test/helpers/browser/quiet-console.js';
import { until } from '../../../test/helpers/browser/until.js';
import { systemClock } from '../../hub/clock.js';
import type { ControlMessage } from './control-message.js';
import type { NegotiationMessage } from './negotiation.js';
import { PeerTransport } from './peer-transport.js';

/** One end, and what it has told its session; `news` fires `change` with each of them. */
interface End {
  transport: PeerTransport;
  signalled: NegotiationMessage[];
  heard: ControlMessage[];
  channels: RTCDataChannel[];
  faults: unknown[];
  news: EventTarget;
}

let ends: End[] = [];
afterEach(() => {
  for (const { transport } of ends) transport.close();
  ends = [];
});

function pair(plain = false): [End, End] {
  const make = (initiator: boolean): End => {
    const news = new EventTarget();
    const tell = () => news.dispatchEvent(new Event('change'));
    const end: Omit<End, 'transport'> = {
      signalled: [],
      heard: [],
      channels: [],
      faults: [],
      news,
    };
    const transport = new PeerTransport(initiator, plain, {
      clock: systemClock,
      configuration: () => ({ bundlePolicy: 'max-bundle' }),
      serverThere: () => true,
      signal: (message) => {
        end.signalled.push(message);
        const other = ends.find((each) => each.transport !== transport)!;
        setTimeout(() => void other.transport.negotiation.receive(message));
      },
      control: (message) => {
        end.heard.push(message);
        const isNegotiation = ['offer', 'answer', 'candidate'].includes(message.type);
        if (isNegotiation) void transport.negotiation.receive(message as NegotiationMessage);
        tell();
      },
      changed: tell,
      chat: (channel) => {
        end.channels.push(channel);
        channel.onopen = tell;
      },
      flooded: () => end.faults.push('flooded'),
      fault: (error) => end.faults.push(error),
    });
    return { transport, ...end };
  };
  const both: [End, End] = [make(true), make(false)];
  ends.push(...both);
  return both;
}

async function connect([caller, callee]: [End, End], kinds: ('audio' | 'video')[]): Promise<void> {
  caller.transport.carry(kinds, true);
  callee.transport.carry(kinds, false);
  const offer = await caller.transport.negotiation.offer();
  const answer = await callee.transport.negotiation.answer(offer);
  callee.transport.negotiation.establish();
  await caller.transport.negotiation.accepted(answer);
  const open = ({ transport, news }: End) => until(news, () => transport.state === 'connected');
  await Promise.all([open(caller), open(callee)]);
}

/** Waits until something said directly arrives. */
async function controlOpens(both: [End, End]): Promise<void> {
  for (const [from, to] of [both, both.toReversed()] as [End, End][]) {
    await until(from.news, () => from.transport.say({ type: 'received', count: 0 }));
    await until(to.news, () => to.heard.some(({ type }) => type === 'received'));
    to.heard.length = 0;
  }
}

const directions = ({ transport }: End) =>
  transport.pc.getTransceivers().map((each) => [each.receiver.track.kind, each.currentDirection]);

describe('a connection with one other session', () => {
  it('carries sound, picture and data channels on one transport from the first offer', async () => {
    const both = pair();
    await connect(both, ['audio', 'video']);
    for (const end of both) {
      expect(directions(end)).to.deep.equal([
        ['audio', 'sendrecv'],
        ['video', 'sendrecv'],
      ]);
      const { pc } = end.transport;
      const transports = new Set(pc.getTransceivers().map(({ receiver }) => receiver.transport));
      expect([...transports]).to.deep.equal([pc.sctp!.transport]);
    }
    await controlOpens(both);
  });

  it('has nothing to say before the control channel is open', () => {
    const [{ transport }] = pair();
    expect(transport.say({ type: 'received', count: 1 })).to.equal(false);
  });

  it('puts a track on air, takes it off and changes it without a new negotiation', async () => {
    const both = pair();
    const [caller, callee] = both;
    await connect(both, ['audio', 'video']);
    await controlOpens(both);
    const before = caller.signalled.length;
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
    caller.transport.setTracks({ video: first });
    await until(track, () => !track.muted, 'unmute');
    caller.transport.setTracks({ video: null });
    expect(await sent()).to.deep.equal([null, null]);
    const second = await video();
    caller.transport.setTracks({ video: second });
    expect(await sent()).to.deep.equal([null, second]);
    const said = [...callee.heard, ...caller.signalled.slice(before)];
    expect(said.filter(({ type }) => type === 'offer')).to.deep.equal([]);
    first.stop();
    second.stop();
  });

  it('gives the receiving side one stream with both kinds', async () => {
    const both = pair();
    await connect(both, ['audio', 'video']);
    for (const { transport } of both) {
      const kinds = transport.remote.getTracks().map(({ kind }) => kind);
      expect(kinds).to.deep.equal(['audio', 'video']);
    }
  });

  it('keeps sound and picture together in one stream for the other side', async () => {
    const both = pair();
    await connect(both, ['audio', 'video']);
    for (const { transport } of both) {
      const ids = [...transport.pc.remoteDescription!.sdp.matchAll(/^a=msid:(\S+)/gm)].map(
        ([, id]) => id,
      );
      expect(ids).to.have.length(2);
      expect(new Set(ids).size).to.equal(1);
    }
  });

  it('adds media to a connection that began with text, and takes them off again', async () => {
    const both = pair();
    const [caller, callee] = both;
    await connect(both, []);
    await controlOpens(both);
    callee.transport.carry(['audio'], false);
    caller.transport.carry(['audio'], true);
    const carries = (end: End, direction: string) => {
      const { pc } = end.transport;
      const is = () => pc.signalingState === 'stable' && directions(end)[0]?.[1] === direction;
      return until(pc, is, 'signalingstatechange');
    };
    await Promise.all(both.map((end) => carries(end, 'sendrecv')));
    expect(callee.transport.remote.getTracks()).to.have.length(1);
    for (const { transport } of both) transport.carry([], false);
    await Promise.all(both.map((end) => carries(end, 'inactive')));
    expect(callee.transport.remote.getTracks()).to.have.length(0);
    expect(both.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('begins anew with another RTCPeerConnection, which carries the same', async () => {
    const both = pair();
    const [caller, callee] = both;
    await connect(both, ['audio', 'video']);
    await controlOpens(both);
    const stream = await new Devices().getUserMedia({ video: true });
    caller.transport.setTracks({ video: stream.getVideoTracks()[0]! });
    const before = both.map(({ transport }) => transport.pc);

    caller.transport.renew(true);
    callee.transport.renew(false);
    const offer = await caller.transport.negotiation.offer();
    const answer = await callee.transport.negotiation.answer(offer);
    callee.transport.negotiation.establish();
    await caller.transport.negotiation.receive({ type: 'answer', answer });

    expect(before.map(({ signalingState }) => signalingState)).to.deep.equal(['closed', 'closed']);
    for (const { transport, news } of both) {
      await until(news, () => transport.state === 'connected');
      expect(transport.remote.getTracks().map(({ kind }) => kind)).to.deep.equal([
        'audio',
        'video',
      ]);
    }
    const [, video] = callee.transport.remote.getTracks();
    await until(video!, () => !video!.muted, 'unmute');
    await controlOpens(both);
    await until(callee.news, () => callee.channels[1]?.readyState === 'open');
    expect(both.flatMap(({ faults }) => faults)).to.deep.equal([]);
    for (const track of stream.getTracks()) track.stop();
  });

  it('negotiates over the control channel once that is open', async () => {
    const both = pair();
    await connect(both, []);
    await controlOpens(both);
    const before = both.map(({ signalled }) => signalled.length);
    both[0].transport.carry(['audio'], true);
    await until(both[1].news, () => both[1].heard.some(({ type }) => type === 'offer'));
    await until(both[0].news, () => both[0].heard.some(({ type }) => type === 'answer'));
    expect(both.map(({ signalled }) => signalled.length)).to.deep.equal(before);
  });

  it('passes over what is no control message', async () => {
    const both = pair();
    const [caller, callee] = both;
    await connect(both, []);
    await controlOpens(both);
    const say = caller.transport.say.bind(caller.transport) as (message: unknown) => boolean;
    say('words');
    say({ type: 'media', microphone: 'yes' });
    say({ type: 'unheard of' });
    say({ type: 'received', count: 7 });
    await until(callee.news, () => callee.heard.length > 0);
    expect(callee.heard).to.deep.equal([{ type: 'received', count: 7 }]);
  });

  it('has no control channel with a client of the course', async () => {
    const both = pair(true);
    await connect(both, ['audio']);
    await until(both[1].news, () => both[1].channels[0]?.readyState === 'open');
    expect(both[0].transport.say({ type: 'received', count: 1 })).to.equal(false);
  });
});
