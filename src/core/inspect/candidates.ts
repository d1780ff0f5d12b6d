import { selectedPair, type Stat } from './stats-series.js';

/** A place at which one side may be reached. */
export interface CandidateRow {
  id: string;
  side: 'local' | 'remote';
  /** `host`, `srflx`, `prflx` or `relay` (RFC 8445, 4). */
  type: string;
  protocol: string;
  /** Empty where the browser keeps it to itself. */
  address: string;
  priority: string;
  /** It is an end of the pair that carries the connection. */
  won: boolean;
}

/** Two candidates that were tried together. */
export interface PairRow {
  id: string;
  local: string;
  remote: string;
  /** `frozen`, `waiting`, `in-progress`, `failed` or `succeeded` (RFC 8445, 6.1.2.6). */
  state: string;
  won: boolean;
}

const said = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The candidates of both sides, those of the winning pair first. */
export function candidateRows(stats: readonly Stat[]): CandidateRow[] {
  const pair = selectedPair(stats);
  return stats
    .filter(({ type }) => type === 'local-candidate' || type === 'remote-candidate')
    .map((stat): CandidateRow => {
      const address = said(stat.address ?? stat.ip);
      return {
        id: stat.id,
        side: stat.type === 'local-candidate' ? 'local' : 'remote',
        type: said(stat.candidateType),
        protocol: [said(stat.protocol), said(stat.relayProtocol)].filter(Boolean).join(' / '),
        address: address && `${address}:${said(stat.port)}`,
        priority: said(stat.priority),
        won: stat.id === pair?.localCandidateId || stat.id === pair?.remoteCandidateId,
      };
    })
    .sort((a, b) => Number(b.won) - Number(a.won) || a.side.localeCompare(b.side));
}

/** The pairs of candidates that were tried, the winner first. */
export function pairRows(stats: readonly Stat[]): PairRow[] {
  const winner = selectedPair(stats);
  const places = new Map(candidateRows(stats).map((row) => [row.id, row]));
  const place = (id: unknown) => {
    const { type, address } = places.get(said(id)) ?? {};
    return [type, address].filter(Boolean).join(' ') || '?';
  };
  return stats
    .filter(({ type }) => type === 'candidate-pair')
    .map((pair) => ({
      id: pair.id,
      local: place(pair.localCandidateId),
      remote: place(pair.remoteCandidateId),
      state: said(pair.state),
      won: pair === winner,
    }))
    .sort((a, b) => Number(b.won) - Number(a.won));
}
