/** Between the parts of what a client goes on with. */
const MARK = '.';

/** Makes the ticket with which a client resumes: its session's token, and the directory's epoch. */
export const ticketOf = (token: string, epoch: string) => `${token}${MARK}${epoch}`;

/** The parts of a ticket, signed or not; a token that a client has made itself is of no epoch. */
export function readTicket(ticket: string): { token: string; epoch?: string | undefined } {
  const [token = '', epoch] = ticket.split(MARK);
  return { token, epoch };
}

export const signTicket = (ticket: string, signature: string) => `${ticket}${MARK}${signature}`;

/** Parts a signed ticket. */
export function readSignature(signed: string): { ticket: string; signature: string } {
  const at = signed.lastIndexOf(MARK);
  return { ticket: signed.slice(0, Math.max(at, 0)), signature: signed.slice(at + 1) };
}
