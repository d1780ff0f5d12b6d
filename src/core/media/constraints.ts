/** The largest picture worth sending from this device (the course's chapter 10). */
export function suggestedVideo(): { width: number; height: number } {
  return isPhone() ? { width: 480, height: 320 } : { width: 800, height: 600 };
}

/** Constraints that keep the picture within a size, in pixels. */
export function videoConstraints({ width, height }: { width: number; height: number }) {
  return { width: { max: width }, height: { max: height } } satisfies MediaTrackConstraints;
}

function isPhone(): boolean {
  const { userAgentData, userAgent } = navigator as Navigator & {
    userAgentData?: { mobile: boolean };
  };
  return userAgentData?.mobile ?? /Mobi/.test(userAgent);
}
