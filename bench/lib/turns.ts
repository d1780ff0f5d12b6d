/**
 * Rounds in which everyone has a turn, each beginning with another.
 * @param warmUps rounds before those that count
 */
export async function takeTurns<T>(
  all: T[],
  { rounds, warmUps }: { rounds: number; warmUps: number },
  turn: (each: T, counts: boolean) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < warmUps + rounds; round++) {
    const first = round % all.length;
    for (const each of [...all.slice(first), ...all.slice(0, first)]) {
      await turn(each, round >= warmUps);
    }
  }
}
