import type { Candidate, Description } from '../../protocol/messages.js';

export type NegotiationMessage =
  /** `fresh` if a new RTCPeerConnection replaces the previous. */
  | { type: 'offer'; offer: Description; fresh?: boolean }
  | { type: 'answer'; answer: Description }
  | { type: 'candidate'; candidate: Candidate };

/** The interface through which a negotiation uses the transport that owns it. */
export interface NegotiationHost {
  send(message: NegotiationMessage): void;
  /** Puts this side's media in place, before an answer is made. */
  prepare(): void;
  fault(error: unknown): void;
}

/**
 * Descriptions and candidates of one RTCPeerConnection. The first exchange rides with ring and
 * accept: createOffer gathers nothing, so nothing is revealed until it is set locally, at accept.
 * Every later one is perfect negotiation (W3C WebRTC, section 10.7).
 */
export class Negotiation {
  readonly #pc: RTCPeerConnection;
  readonly #polite: boolean;
  readonly #host: NegotiationHost;

  #first: RTCSessionDescriptionInit | undefined;
  #established = false;
  #makingOffer = false;
  #ignoreOffer = false;
  #settingAnswer = false;
  /** Candidates of the partner, until there is a remote description to add them to. */
  #early: Candidate[] = [];
  /** Candidates of this side, until the partner has heard that the call is on. */
  #unsent: NegotiationMessage[] = [];

  constructor(pc: RTCPeerConnection, polite: boolean, host: NegotiationHost) {
    this.#pc = pc;
    this.#polite = polite;
    this.#host = host;
    pc.onnegotiationneeded = () => void this.#renegotiate();
    pc.onicecandidate = ({ candidate }) => {
      if (candidate) this.#sendCandidate({ type: 'candidate', candidate: candidate.toJSON() });
    };
  }

  /** Caller, first half: what to send with the ring. Nothing is gathered. */
  async offer(): Promise<Description> {
    this.#first = await this.#pc.createOffer();
    return this.#first as Description;
  }

  /** Caller, second half: the callee has accepted. */
  async accepted(answer: Description): Promise<void> {
    const local = this.#pc.setLocalDescription(this.#first);
    this.establish();
    // The browser does one after the other, without waiting for this page in between.
    await Promise.all([local, this.#setRemote(answer)]);
  }

  /** Callee: what to send with the accept; gathering begins now. Call `establish` once sent. */
  async answer(offer: Description): Promise<Description> {
    await this.#setRemote(offer);
    this.#host.prepare();
    await this.#pc.setLocalDescription();
    return this.#pc.localDescription as Description;
  }

  /** From here on the partner can be told of candidates and changes. */
  establish(): void {
    this.#established = true;
    this.#unsent.splice(0).forEach((message) => this.#host.send(message));
  }

  async receive(message: NegotiationMessage): Promise<void> {
    try {
      if (message.type === 'candidate') await this.#addCandidate(message.candidate);
      else await this.#takeDescription(message.type === 'offer' ? message.offer : message.answer);
    } catch (error) {
      if (this.#pc.signalingState !== 'closed') this.#host.fault(error);
    }
  }

  async #takeDescription(description: Description): Promise<void> {
    const pc = this.#pc;
    if (!this.#established && description.type === 'answer') return this.accepted(description);
    const ready = !this.#makingOffer && (pc.signalingState === 'stable' || this.#settingAnswer);
    const collision = description.type === 'offer' && !ready;
    this.#ignoreOffer = !this.#polite && collision;
    if (this.#ignoreOffer) return;
    this.#settingAnswer = description.type === 'answer';
    await this.#setRemote(description);
    this.#settingAnswer = false;
    if (description.type !== 'offer') return;
    this.#host.prepare();
    await pc.setLocalDescription();
    this.#host.send({ type: 'answer', answer: pc.localDescription as Description });
  }

  async #renegotiate(): Promise<void> {
    if (!this.#established) return;
    try {
      this.#makingOffer = true;
      await this.#pc.setLocalDescription();
      this.#host.send({ type: 'offer', offer: this.#pc.localDescription as Description });
    } catch (error) {
      if (this.#pc.signalingState !== 'closed') this.#host.fault(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  async #setRemote(description: Description): Promise<void> {
    await this.#pc.setRemoteDescription(description);
    for (const candidate of this.#early.splice(0)) await this.#addCandidate(candidate);
  }

  async #addCandidate(candidate: Candidate): Promise<void> {
    if (!this.#pc.remoteDescription) {
      this.#early.push(candidate);
      return;
    }
    try {
      await this.#pc.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      // Candidates of an offer that was ignored belong to nothing here.
      if (!this.#ignoreOffer) throw error;
    }
  }

  #sendCandidate(message: NegotiationMessage): void {
    if (this.#established) this.#host.send(message);
    else this.#unsent.push(message);
  }
}
