/** Durations of what processes share over Redis, in milliseconds. */
export interface BusSettings {
  /** How often a process gives a sign of life, and looks for what is due. */
  beat: number;
  /** After how long without one a process counts as dead; with two beats well under 10 s. */
  deadAfter: number;
  /** How long Redis may take to answer a sign of life before it counts as away. */
  patience: number;
  /** How often Redis is looked for while it is away. */
  retry: number;
  /** How long new names wait after Redis has lost its data, so that live ones are claimed first. */
  grace: number;
}

export const defaultBusSettings: BusSettings = {
  beat: 1_000,
  deadAfter: 5_000,
  patience: 3_000,
  retry: 250,
  grace: 2_000,
};
