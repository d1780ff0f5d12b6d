/** True where both are the same type, `any` included. */
export type Exact<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Does not compile with anything but true. */
export type Expect<T extends true> = T;

/** `isExactly<Call>()(call)` compiles only where `call` has that very type. */
export declare function isExactly<Expected>(): <Actual>(
  actual: Actual,
  ...mismatch: Exact<Actual, Expected> extends true ? [] : [never]
) => void;
