/** The largest pictures worth sending, in pixels (chapter 10 of the tutorial). */
export const videoSizes = {
  phone: { width: 480, height: 320 },
  desktop: { width: 800, height: 600 },
};

/** The largest picture worth sending from this device. */
export function suggestedVideo(): { width: number; height: number } {
  return /Mobi/.test(navigator.userAgent) ? videoSizes.phone : videoSizes.desktop;
}

/** Constraints that keep the picture within a size, in pixels. */
export function videoConstraints({ width, height }: { width: number; height: number }) {
  return { width: { max: width }, height: { max: height } } satisfies MediaTrackConstraints;
}
