/** The English words for a camera or microphone that is refused, or lost in a call. */
export const media = {
  'media-denied':
    'Camera or microphone is blocked. Allow it in the browser’s settings for this page.',
  'media-forbidden':
    'This page may not use camera or microphone. Its author has to write allow="camera; microphone" on the iframe, or allow both in the Permissions-Policy header.',
  'media-not-found': 'No camera or microphone was found.',
  'camera-not-found': 'No camera was found.',
  'microphone-not-found': 'No microphone was found.',
  'media-in-use': 'Camera or microphone is in use by another program.',
  'media-insecure': 'Camera and microphone need a secure page (https).',
  'media-unsupported': 'This browser gives no access to camera and microphone.',
  'media-failed': 'Camera or microphone could not be opened.',
  'media-lost': 'Camera or microphone was unplugged or taken away.',
};
